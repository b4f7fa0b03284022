package criticalwindows.hub;

import criticalwindows.benchmark.Row;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Problems as JSON: one object a line, blank lines aside; a list; or objects over several lines.
///
/// ```
/// {"task": "math", "question": "What is 6 * 7?", "choices": [], "answer": "42"}
/// {"task": "science", "question": "Which is a metal?",
///  "choices": [{"label": "A", "text": "tin"}, {"label": "B", "text": "chalk"}], "answer": "A"}
/// {"task": "science", "question": "Which is a metal?", "choices": ["tin", "chalk"], "answer": "tin"}
/// ```
///
/// | field | what |
/// |---|---|
/// | `task` | what kind of question it is, as the prompt calls it |
/// | `question` | without the options |
/// | `choices` | each with `label` and `text`, or its text alone: then A, B … in their order; left out or empty: the answer is a number. A label is one word of letters or digits, such as `A`, `10`, `yes`; no two differ only in case, and no number or longer word is what another choice says |
/// | `answer` | the right choice's label or text, or the number, without dollar signs |
///
/// Other fields are left to their makers.
///
/// @param file for complaints
/// @param name of the data set
record ProblemFile(Path file, String name) {
  /// So many bad records are told by their lines.
  private static final int MOST = 20;

  /// What is wrong with a record.
  ///
  /// @param place such as `line 3`
  /// @param what as the end of "the record …"
  private record Fault(String place, String what, String hint) {}

  /// The problems of a file's records.
  ///
  /// @throws UserError if one cannot be used: it names all that cannot
  List<Problem> read(List<Row> rows) {
    List<Problem> problems = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    Map<String, Problem> byQuestion = new HashMap<>();
    Map<String, String> places = new HashMap<>();
    for (Row row : rows) {
      String place = row.place().unit() + " " + row.place().number();
      try {
        Problem problem = ProblemRecord.of(row).problem(name);
        String question = ProblemRecord.asked(problem);
        Problem earlier = byQuestion.putIfAbsent(question, problem);
        if (earlier != null) {
          throw again(problem, earlier, String.valueOf(places.get(question)));
        }
        places.put(question, place);
        problems.add(problem);
      } catch (ProblemRecord.Unusable e) {
        faults.add(new Fault(place, e.what(), e.hint()));
      }
    }
    if (!faults.isEmpty()) {
      throw failure(faults);
    }
    if (problems.isEmpty()) {
      throw new UserError(file + " holds no problem", "put one JSON object on each line");
    }
    return problems;
  }

  private static ProblemRecord.Unusable again(Problem problem, Problem earlier, String place) {
    return ProblemRecord.gold(problem).equals(ProblemRecord.gold(earlier))
        ? new ProblemRecord.Unusable("is the problem of " + place + " again", "remove one of them")
        : new ProblemRecord.Unusable(
            "asks what "
                + place
                + " asks, with another answer: "
                + ProblemRecord.gold(problem)
                + ", not "
                + ProblemRecord.gold(earlier),
            "remove the one that is wrong");
  }

  private UserError failure(List<Fault> faults) {
    StringBuilder what = new StringBuilder(file.toString()).append(", ");
    Set<String> hints = new LinkedHashSet<>();
    for (Fault fault : faults.subList(0, Math.min(MOST, faults.size()))) {
      what.append(hints.isEmpty() ? "" : "; ")
          .append(fault.place)
          .append(": the record ")
          .append(fault.what);
      hints.add(fault.hint);
    }
    if (faults.size() > MOST) {
      what.append("; and ").append(faults.size() - MOST).append(" records more");
    }
    return new UserError(what.toString(), String.join("; ", hints));
  }
}
