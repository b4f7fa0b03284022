package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.HubFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MMLU: questions of 57 subjects, with four options.
///
/// *Source:* Hendrycks et al., arXiv 2009.03300.
final class Mmlu implements Layout {
  private static final String NAME = "mmlu";
  private static final int OPTIONS = 4;
  private static final List<String> COLUMNS = List.of("choice0", "choice1", "choice2", "choice3");
  private static final Pattern SUBJECT = Pattern.compile("([a-z_]+)_(test|dev|val)\\.csv");

  static Benchmark benchmark() {
    HubFile test = new HubFile("cais/mmlu", HubFile.MAIN, "all/test-00000-of-00001.parquet");
    Card card =
        new Card(NAME, "57 subjects from school to profession", "14,042", "cais/mmlu, test", "MIT");
    return new Benchmark(card, List.of(test), "test", new Mmlu());
  }

  /// Original: CSV without a header, the question, four options, a letter; the subject in the
  /// file's name. Hub: `question`, `subject`, `choices`, and `answer` as a number from 0. Seen in
  /// the wild: CSV with a header and the options in columns `choice0` to `choice3`, numbered so.
  @Override
  public Problem read(Row row) throws NotAProblem {
    return switch (row) {
      case Row.Cells cells -> original(cells);
      case Row.Fields fields when fields.has("choices") ->
          problem(row, fields, Options.of(fields.texts("choices"), fields.number("answer")));
      case Row.Fields fields -> {
        Options options = Options.of(columns(fields), fields.number("answer"));
        yield problem(row, fields, options);
      }
      case Row.Block block -> throw new NotAProblem("is text, not CSV");
      case Row.Broken broken -> throw new NotAProblem(broken.why());
    };
  }

  private static Problem original(Row.Cells row) throws NotAProblem {
    List<String> cells = row.cells().stream().map(String::strip).toList();
    if (cells.size() != OPTIONS + 2) {
      throw new NotAProblem("has " + cells.size() + " cells, not " + (OPTIONS + 2));
    }
    if (cells.stream().anyMatch(String::isEmpty)) {
      throw new NotAProblem("has an empty cell");
    }
    int right = Options.place(cells.getLast(), 'A');
    Options options = Options.of(cells.subList(1, OPTIONS + 1), right);
    return options.problem(NAME, subject(row.place()), cells.getFirst());
  }

  private static List<String> columns(Row.Fields fields) throws NotAProblem {
    List<String> texts = new ArrayList<>();
    for (String column : COLUMNS) {
      texts.add(fields.text(column));
    }
    return texts;
  }

  private static Problem problem(Row row, Row.Fields fields, Options options) throws NotAProblem {
    if (options.texts().size() != OPTIONS) {
      throw new NotAProblem("has " + options.texts().size() + " options, not " + OPTIONS);
    }
    String subject = fields.has("subject") ? words(fields.text("subject")) : subject(row.place());
    return options.problem(NAME, subject, fields.text("question"));
  }

  private static String subject(Place place) {
    Matcher name = SUBJECT.matcher(String.valueOf(place.file().getFileName()));
    return name.matches() ? words(name.group(1)) : "general knowledge";
  }

  private static String words(String subject) {
    return subject.replace('_', ' ');
  }
}
