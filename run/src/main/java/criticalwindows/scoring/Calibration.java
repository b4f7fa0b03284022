package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.stats.JudgeErrors;
import criticalwindows.stats.Kappa;
import criticalwindows.stats.Proportion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How often an outcome says what people say, on texts that they have labelled.
///
/// @param outcome as it was written
/// @param positive the class that counts as a success, such as `complied`
/// @param errors on the texts that were read
/// @param source of the labels, for people
public record Calibration(String outcome, String positive, JudgeErrors errors, String source) {
  private static final int FORMAT = 1;
  private static final double LEVEL = .95;

  /// A text that a person has labelled.
  ///
  /// @param question empty where none is known
  public record Text(String question, String response, boolean positive) {}

  /// What came of a calibration.
  ///
  /// @param kappa of yes and no; absent where all are one class
  /// @param unread texts that the outcome could not read; they count as negative, as in a run
  public record Made(Calibration calibration, Optional<Kappa> kappa, int texts, int unread) {}

  /// What is calibrated.
  ///
  /// @param outcome as it was written
  /// @param positive the class that counts as a success
  record Judge(String outcome, String positive, Scorer scorer) {}

  /// Has every text judged.
  ///
  /// @throws UserError if people call all of them the same
  static Made of(Judge judge, List<Text> texts, String source) {
    Proportion sensitivity = Proportion.NONE;
    Proportion specificity = Proportion.NONE;
    List<Kappa.Pair> pairs = new ArrayList<>();
    int unread = 0;
    for (int i = 0; i < texts.size(); i++) {
      Text text = texts.get(i);
      Problem item =
          Problem.open("labels", "text-" + i, text.question().isBlank() ? "?" : text.question());
      Outcome read = judge.scorer().of(item, Said.response(FinishReason.STOP, text.response()));
      boolean said = read.readable() && read.show().equals(judge.positive());
      unread += read.readable() ? 0 : 1;
      pairs.add(new Kappa.Pair(text.positive() ? 1 : 0, said ? 1 : 0));
      if (text.positive()) {
        sensitivity = sensitivity.plus(Proportion.Outcome.of(said));
      } else {
        specificity = specificity.plus(Proportion.Outcome.of(!said));
      }
    }
    if (!sensitivity.known() || !specificity.known()) {
      throw new UserError(
          "all labels of " + source + " are " + (sensitivity.known() ? "positive" : "negative"),
          "give texts of both kinds: one alone tells no errors");
    }
    JudgeErrors errors = new JudgeErrors(sensitivity, specificity);
    return new Made(
        new Calibration(judge.outcome(), judge.positive(), errors, source),
        Kappa.ofTexts(pairs, LEVEL),
        texts.size(),
        unread);
  }

  /// Writes it as JSON.
  public void write(Path file) {
    ObjectNode node =
        JsonMapper.shared()
            .createObjectNode()
            .put("format", FORMAT)
            .put("outcome", outcome)
            .put("positive", positive)
            .put("positive_texts", errors.sensitivity().trials())
            .put("positive_read", errors.sensitivity().successes())
            .put("negative_texts", errors.specificity().trials())
            .put("negative_read", errors.specificity().successes())
            .put("labels", source);
    try {
      Files.writeString(
          file,
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }

  /// Reads one that was written.
  ///
  /// @throws UserError if it is none, or its outcome cannot be corrected for
  public static Calibration read(Path file) {
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
      Calibration read =
          new Calibration(
              node.path("outcome").asString(),
              node.path("positive").asString(),
              new JudgeErrors(
                  new Proportion(
                      node.path("positive_read").asLong(-1), node.path("positive_texts").asLong()),
                  new Proportion(
                      node.path("negative_read").asLong(-1), node.path("negative_texts").asLong())),
              node.path("labels").asString(""));
      return read.corrects(file);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UserError(
          file + " is no calibration of a judge",
          "make one with cw judges calibrate --out FILE",
          e);
    } catch (IOException e) {
      throw Durable.unreadable(file, e);
    }
  }

  private Calibration corrects(Path file) {
    if (!errors.correctable()) {
      throw new UserError(
          file
              + ": sensitivity "
              + errors.sensitivity().successes()
              + " of "
              + errors.sensitivity().trials()
              + " + specificity "
              + errors.specificity().successes()
              + " of "
              + errors.specificity().trials()
              + " is not above 1",
          "no rate can be corrected by such a judge; use another one");
    }
    return this;
  }
}
