package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.HubFile;
import java.util.ArrayList;
import java.util.List;

/// AQuA-RAT: algebra in words, with five options.
///
/// *Source:* Ling et al., arXiv 1705.04146.
final class AquaRat implements Layout {
  private static final String NAME = "aqua";

  static Benchmark benchmark() {
    HubFile test =
        new HubFile("deepmind/aqua_rat", HubFile.MAIN, "raw/test-00000-of-00001.parquet");
    Card card =
        new Card(
            NAME, "AQuA-RAT: algebra in words", "254", "deepmind/aqua_rat, test", "Apache-2.0");
    return new Benchmark(card, List.of(test), "test", new AquaRat());
  }

  /// The same in both layouts: `question`, `options` as `A)…` to `E)…`, `correct` as a letter.
  @Override
  public Problem read(Row row) throws NotAProblem {
    if (!(row instanceof Row.Fields fields)) {
      throw new NotAProblem("is no object with question, options and correct");
    }
    List<String> texts = new ArrayList<>();
    for (String option : fields.texts("options")) {
      texts.add(without((char) ('A' + texts.size()), option));
    }
    int right = Options.place(fields.text("correct"), 'A');
    return Options.of(texts, right).problem(NAME, "algebra", fields.text("question"));
  }

  private static String without(char letter, String option) throws NotAProblem {
    String text = option.startsWith(letter + ")") ? option.substring(2).strip() : "";
    if (text.isEmpty()) {
      throw new NotAProblem("has an option that is not \"" + letter + ")…\": " + option);
    }
    return text;
  }
}
