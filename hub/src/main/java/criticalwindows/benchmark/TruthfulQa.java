package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.Digests;
import criticalwindows.download.HubFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/// TruthfulQA, the questions with one right option (mc1).
///
/// The right option comes first in every published record. Here the options are in an order that
/// follows from the question alone: one problem has one order, in every sample, run and layout.
///
/// *Source:* Lin, Hilton and Evans, arXiv 2109.07958.
final class TruthfulQa implements Layout {
  private static final String NAME = "truthfulqa";
  private static final String TARGETS = "mc1_targets";

  static Benchmark benchmark() {
    HubFile validation =
        new HubFile(
            "truthfulqa/truthful_qa",
            HubFile.MAIN,
            "multiple_choice/validation-00000-of-00001.parquet");
    Card card =
        new Card(
            NAME,
            "questions that people often answer wrongly",
            "817",
            "truthfulqa/truthful_qa, validation",
            "Apache-2.0");
    return new Benchmark(
        card, List.of(validation), "validation|(^|/)mc_task\\.json$", new TruthfulQa());
  }

  /// Original: `mc1_targets` with each option as a name, 1 for the right one. Hub: `mc1_targets`
  /// with the lists `choices` and `labels`.
  @Override
  public Problem read(Row row) throws NotAProblem {
    if (!(row instanceof Row.Fields fields)) {
      throw new NotAProblem("is no object with question and " + TARGETS);
    }
    JsonNode targets = fields.get(TARGETS);
    List<String> texts = new ArrayList<>();
    List<Integer> truths = new ArrayList<>();
    if (targets.path("choices").isArray()) {
      texts.addAll(Row.Fields.texts(targets.path("choices"), TARGETS + ".choices"));
      targets.path("labels").values().forEach(truth -> truths.add(truth.asInt(-1)));
    } else {
      targets.propertyNames().forEach(text -> texts.add(text.strip()));
      targets.values().forEach(truth -> truths.add(truth.asInt(-1)));
    }
    return problem(fields.text("question"), texts, right(texts, truths));
  }

  private static String right(List<String> texts, List<Integer> truths) throws NotAProblem {
    boolean known = truths.stream().allMatch(truth -> truth == 0 || truth == 1);
    if (!known || truths.size() != texts.size() || Collections.frequency(truths, 1) != 1) {
      throw new NotAProblem("has not one right option, but the truths " + truths);
    }
    if (texts.stream().distinct().count() < texts.size()) {
      throw new NotAProblem("has an option twice");
    }
    return texts.get(truths.indexOf(1));
  }

  private static Problem problem(String question, List<String> texts, String right)
      throws NotAProblem {
    // Sorted first, so that nothing is left of the order in the file.
    List<String> shuffled = new ArrayList<>(texts.stream().sorted().toList());
    long seed = Long.parseUnsignedLong(Digests.sha256(question).substring(0, 16), 16);
    Collections.shuffle(shuffled, new Random(seed));
    return Options.of(shuffled, shuffled.indexOf(right)).problem(NAME, "factual", question);
  }
}
