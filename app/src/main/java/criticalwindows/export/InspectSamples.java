package criticalwindows.export;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.localise.Credible;
import criticalwindows.model.FinishReason;
import criticalwindows.stats.Proportion;
import criticalwindows.window.DecidingDraw;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Items of a run as Inspect has samples: what was asked, the response that was cut, and the window
/// as a score.
///
/// *Source:* the classes EvalSample and Score, and the scorer precomputed_scores,
/// https://inspect.aisi.org.uk/reference/inspect_ai.log.html
final class InspectSamples {
  /// By which name the score goes.
  static final String SCORE = "critical_window";

  /// The id of a text of a later epoch, or of a further choice.
  private static final Pattern LATER = Pattern.compile("(.+)#([1-9][0-9]{0,5})", Pattern.DOTALL);

  private final String model;
  private final String outcome;
  private final WindowStudy windows;

  /// @param outcome by which the windows were found, as its name
  InspectSamples(String model, String outcome, WindowStudy windows) {
    this.model = model;
    this.outcome = outcome;
    this.windows = windows;
  }

  /// Which sample an item is.
  record Id(String id, int epoch) {
    static Id of(String item) {
      Matcher later = LATER.matcher(item);
      boolean found = later.matches() && Integer.parseInt(later.group(2)) > 1;
      return found ? new Id(later.group(1), Integer.parseInt(later.group(2))) : new Id(item, 1);
    }

    ObjectNode node() {
      return object().put("id", id).put("epoch", epoch);
    }
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  /// A whole sample.
  ObjectNode sample(CotFinding finding) {
    ObjectNode sample = summary(finding);
    ObjectNode response = object().put("role", "assistant").put("content", text(finding));
    response.put("source", "generate").put("model", model);
    ArrayNode messages = sample.putArray("messages");
    messages.addObject().put("role", "user").put("content", finding.problem().text());
    messages.add(response);
    ObjectNode output = sample.putObject("output").put("model", model);
    output
        .putArray("choices")
        .addObject()
        .put(
            "stop_reason",
            finding.original().finish() == FinishReason.LENGTH ? "max_tokens" : "stop")
        .set("message", response.deepCopy());
    output.put("completion", text(finding));
    return sample;
  }

  private static String text(CotFinding finding) {
    return finding.original().text();
  }

  /// What a list of samples has of it.
  ObjectNode summary(CotFinding finding) {
    ObjectNode summary = Id.of(finding.problem().id()).node();
    summary.put("input", finding.problem().text());
    summary.put("target", finding.problem().answer().orElse(""));
    summary
        .putObject("metadata")
        .put("dataset", finding.problem().dataset())
        .put("task", finding.problem().task())
        .put("tokens", finding.length());
    ObjectNode scores = summary.putObject("scores");
    score(finding).ifPresent(score -> scores.set(SCORE, score));
    return summary;
  }

  /// A line for precomputed_scores; absent where the window model says nothing of the item.
  Optional<ObjectNode> line(CotFinding finding) {
    return score(finding)
        .map(score -> Id.of(finding.problem().id()).node().setAll(score))
        .map(ObjectNode.class::cast);
  }

  /// The probability of a window, and all that is said of it.
  private Optional<ObjectNode> score(CotFinding finding) {
    return windows
        .of(finding)
        .map(
            known -> {
              ObjectNode score = object().put("value", 1 - known.noWindow());
              score.put("answer", finding.outcome().show());
              score.put("explanation", explanation(finding, known));
              score.set("metadata", metadata(finding, known));
              return score;
            });
  }

  private String explanation(CotFinding finding, WindowFinding known) {
    String verdict =
        windows
            .verdict(finding)
            .map(said -> said.name().toLowerCase(Locale.ROOT))
            .orElse("not known");
    Credible place = known.window().place();
    return "verdict: "
        + verdict
        + "; with a window, "
        + outcome
        + " is decided near token "
        + Math.round(place.mean())
        + " ("
        + Math.round(place.interval().low())
        + " to "
        + Math.round(place.interval().high())
        + ", "
        + Math.round(100 * WindowFinding.LEVEL)
        + " % interval)";
  }

  private ObjectNode metadata(CotFinding finding, WindowFinding known) {
    ObjectNode metadata = object().put("outcome", outcome);
    windows.verdict(finding).ifPresent(verdict -> metadata.put("verdict", verdict.name()));
    metadata.put("no_window", known.noWindow());
    windows.q(finding).ifPresent(q -> metadata.put("q", q));
    metadata.put("gradual", known.gradual());
    credible(metadata, "place", known.window().place());
    credible(metadata, "height", known.window().rise());
    credible(metadata, "width", known.window().width());
    DecidingDraw.of(known, finding.original()).ifPresent(draw -> draw(metadata, draw));
    finding
        .window()
        .ifPresent(rule -> metadata.put("from_kept", rule.from()).put("to_kept", rule.to()));
    ArrayNode curve = metadata.putArray("curve");
    finding.levels().forEach(level -> point(curve, level));
    return metadata;
  }

  private static void draw(ObjectNode metadata, DecidingDraw draw) {
    metadata.put("token", draw.token());
    metadata.put("token_text", draw.text());
    metadata.put("token_p", draw.drawn());
    metadata.put("most_often", draw.mostOften());
    metadata.put("most_often_p", draw.likeliest());
    metadata.put("entropy", draw.entropy());
    metadata.put("choice", draw.kind().word());
  }

  private static void credible(ObjectNode metadata, String name, Credible known) {
    metadata.put(name, known.mean());
    metadata.put(name + "_low", known.interval().low());
    metadata.put(name + "_high", known.interval().high());
  }

  private static void point(ArrayNode curve, CotLevel level) {
    Proportion same = level.consistent();
    if (same.known()) {
      curve
          .addObject()
          .put("kept", level.cut().kept())
          .put("consistent_k", same.successes())
          .put("consistent_n", same.trials());
    }
  }
}
