package criticalwindows.bench;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.grade.Reading;
import criticalwindows.hub.Datasets;
import criticalwindows.view.TerminalText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How often a reply that names one choice is read as that choice, over many problems and every one
/// of [Phrasings#ALL].
///
/// @param problems how many there were
/// @param rows one for each phrasing, in order
record PhrasingBench(int problems, List<Row> rows) {
  private static final int EXAMPLES = 3;

  /// The folders of the benchmarks with choices, by the names of their data sets.
  private static final Map<String, String> FOLDERS =
      new TreeMap<>(
          Map.of(
              "aqua", "aqua_rat",
              "arc-challenge", "arc",
              "arc-easy", "arc",
              "mmlu", "mmlu",
              "truthfulqa", "truthfulqa",
              "logiqa", "logiqa"));

  /// What became of a phrasing.
  ///
  /// @param replies how many were read
  /// @param meant read as the choice they name
  /// @param other read as another choice
  /// @param examples the first few that were not read as meant, for people
  record Row(String phrasing, int replies, int meant, int other, List<String> examples) {}

  /// The problems with choices in a folder of public data, each once.
  static List<Problem> problems(Path data) {
    Map<String, Problem> problems = new TreeMap<>();
    FOLDERS.forEach(
        (name, folder) -> {
          Path path = data.resolve(folder);
          if (Files.isDirectory(path)) {
            Datasets.draw(name + ":" + path, Datasets.ALL, 1).problems().stream()
                .filter(problem -> problem.form() == Problem.Form.CHOICE)
                .forEach(problem -> problems.put(problem.id(), problem));
          }
        });
    return List.copyOf(problems.values());
  }

  /// All phrasings of all problems, each naming another choice of the problem in turn.
  static PhrasingBench of(List<Problem> problems, Grader grader) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < Phrasings.ALL.size(); i++) {
      rows.add(row(Phrasings.ALL.get(i), i, problems, grader));
    }
    return new PhrasingBench(problems.size(), List.copyOf(rows));
  }

  private static Row row(String phrasing, int index, List<Problem> problems, Grader grader) {
    int replies = 0;
    int meant = 0;
    int other = 0;
    List<String> examples = new ArrayList<>();
    for (int i = 0; i < problems.size(); i++) {
      Problem problem = problems.get(i);
      int choice = (i + index) % problem.choices().size();
      if (!Phrasings.names(phrasing, problem, choice)) {
        continue;
      }
      String reply = Phrasings.reply(phrasing, problem, choice);
      Reading reading = grader.read(problem, reply);
      replies++;
      Answer answer = new Answer.Label(problem.choices().get(choice).label());
      if (reading.answer().equals(answer)) {
        meant++;
      } else {
        other += reading.answer().readable() ? 1 : 0;
        if (examples.size() < EXAMPLES) {
          examples.add(
              TerminalText.line(reply, 160)
                  + "  meant "
                  + answer.show()
                  + ", "
                  + reading.answer().show());
        }
      }
    }
    return new Row(phrasing, replies, meant, other, List.copyOf(examples));
  }

  int replies() {
    return rows.stream().mapToInt(Row::replies).sum();
  }

  int meant() {
    return rows.stream().mapToInt(Row::meant).sum();
  }

  int other() {
    return rows.stream().mapToInt(Row::other).sum();
  }

  /// A line for each phrasing, and what was not read as meant.
  String text() {
    StringBuilder text = new StringBuilder("\nPhrasings: replies, read as meant, as another\n\n");
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%6d %6d %4d  %s%n",
              row.replies(),
              row.meant(),
              row.other(),
              TerminalText.line(row.phrasing(), 100)));
      row.examples().forEach(each -> text.append("        ").append(each).append('\n'));
    }
    return text.toString();
  }
}
