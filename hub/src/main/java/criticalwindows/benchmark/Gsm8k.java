package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.HubFile;
import java.util.List;

/// GSM8K: word problems of grade school, each with one number for an answer.
///
/// *Source:* Cobbe et al., arXiv 2110.14168.
final class Gsm8k implements Layout {
  private static final String NAME = "gsm8k";
  private static final String MARK = "####";
  private static final String NUMBER = "-?\\$?[0-9][0-9,]*(\\.[0-9]+)?";

  static Benchmark benchmark() {
    HubFile test = new HubFile("openai/gsm8k", HubFile.MAIN, "main/test-00000-of-00001.parquet");
    Card card =
        new Card(NAME, "word problems of grade school", "1,319", "openai/gsm8k, test", "MIT");
    return new Benchmark(card, List.of(test), "test", new Gsm8k());
  }

  /// The same in both layouts: `question`, and `answer` with the number behind `####` at its end.
  @Override
  public Problem read(Row row) throws NotAProblem {
    if (!(row instanceof Row.Fields fields)) {
      throw new NotAProblem("is no object with question and answer");
    }
    String answer = fields.text("answer");
    int mark = answer.lastIndexOf(MARK);
    String number = mark < 0 ? "" : answer.substring(mark + MARK.length()).strip();
    if (!number.matches(NUMBER)) {
      throw new NotAProblem("has no number behind " + MARK);
    }
    return Problem.of(NAME, "math", fields.text("question"), List.of(), number);
  }
}
