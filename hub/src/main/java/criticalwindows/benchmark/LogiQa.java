package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.HubFile;
import java.util.List;
import java.util.Locale;

/// LogiQA: reading and logic from civil service exams, with four options, in English.
///
/// *Source:* Liu et al., arXiv 2007.08124.
final class LogiQa implements Layout {
  private static final String NAME = "logiqa";
  private static final int OPTIONS = 4;
  private static final int LINES = OPTIONS + 3;

  static Benchmark benchmark() {
    // The repository holds a program; the hub keeps what it gives as Parquet in a branch.
    HubFile test =
        new HubFile("lucasmccabe/logiqa", "refs/convert/parquet", "default/test/0000.parquet");
    Card card =
        new Card(
            NAME,
            "reading and logic from exams of the civil service",
            "651",
            "lucasmccabe/logiqa, test",
            "not stated");
    return new Benchmark(card, List.of(test), "test", new LogiQa());
  }

  /// Original: blocks of seven lines, an answer from a to d, context, question, four options that
  /// mostly begin with "A." to "D.". Hub: `context`, `query`, `options`, and `correct_option` as a
  /// number from 0.
  @Override
  public Problem read(Row row) throws NotAProblem {
    return switch (row) {
      case Row.Block block -> original(block.lines());
      case Row.Fields fields -> {
        Options options = Options.of(fields.texts("options"), fields.number("correct_option"));
        yield problem(options, fields.text("context"), fields.text("query"));
      }
      case Row.Cells cells -> throw new NotAProblem("is CSV");
      case Row.Broken broken -> throw new NotAProblem(broken.why());
    };
  }

  private static Problem original(List<String> lines) throws NotAProblem {
    if (lines.size() != LINES) {
      throw new NotAProblem("has " + lines.size() + " lines, not " + LINES);
    }
    int right = Options.place(lines.getFirst().toLowerCase(Locale.ROOT), 'a');
    List<String> texts = LetteredLines.texts(lines.subList(LINES - OPTIONS, LINES));
    return problem(Options.of(texts, right), lines.get(1), lines.get(2));
  }

  private static Problem problem(Options options, String context, String query) throws NotAProblem {
    if (options.texts().size() != OPTIONS) {
      throw new NotAProblem("has " + options.texts().size() + " options, not " + OPTIONS);
    }
    return options.problem(NAME, "logic", context + "\n" + query);
  }
}
