package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.HubFile;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// ARC: science questions of school tests, with three to five options.
///
/// *Source:* Clark et al., arXiv 1803.05457.
///
/// @param name of the one of the two sets
record Arc(String name) implements Layout {
  static Benchmark challenge() {
    return set("arc-challenge", "ARC-Challenge", "hard science questions of school", "1,172");
  }

  static Benchmark easy() {
    return set("arc-easy", "ARC-Easy", "easier science questions of school", "2,376");
  }

  private static Benchmark set(String name, String config, String about, String size) {
    HubFile test =
        new HubFile("allenai/ai2_arc", HubFile.MAIN, config + "/test-00000-of-00001.parquet");
    Card card = new Card(name, about, size, "allenai/ai2_arc, test", "CC BY-SA 4.0");
    return new Benchmark(card, List.of(test), config + ".*test", new Arc(name));
  }

  /// Original: `question` with `stem` and `choices` as a list of `text` and `label`. Hub:
  /// `question` as a text, `choices` with the lists `text` and `label`. In both `answerKey` is a
  /// label; some records are labelled 1, 2, 3, … in place of letters.
  @Override
  public Problem read(Row row) throws NotAProblem {
    if (!(row instanceof Row.Fields fields)) {
      throw new NotAProblem("is no object with question and answerKey");
    }
    JsonNode question = fields.get("question");
    List<String> labels = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    if (question.isObject()) {
      original(question, labels, texts);
    } else {
      labels.addAll(Row.Fields.texts(fields.get("choices").path("label"), "choices.label"));
      texts.addAll(Row.Fields.texts(fields.get("choices").path("text"), "choices.text"));
    }
    requireLabels(labels, texts.size());
    int right = labels.indexOf(fields.text("answerKey"));
    JsonNode stem = question.isObject() ? question.path("stem") : question;
    return Options.of(texts, right).problem(name, "science", Row.Fields.text(stem, "question"));
  }

  private static void original(JsonNode question, List<String> labels, List<String> texts)
      throws NotAProblem {
    for (JsonNode choice : question.path("choices").values()) {
      labels.add(Row.Fields.text(choice.path("label"), "label"));
      texts.add(Row.Fields.text(choice.path("text"), "text"));
    }
  }

  private static void requireLabels(List<String> labels, int texts) throws NotAProblem {
    if (labels.size() != texts || labels.stream().distinct().count() != texts) {
      throw new NotAProblem("has " + texts + " options under the labels " + labels);
    }
  }
}
