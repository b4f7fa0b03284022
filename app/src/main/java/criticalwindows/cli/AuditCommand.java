package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.Key;
import criticalwindows.experiment.Sample;
import criticalwindows.grade.Audit;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.report.Plain;
import criticalwindows.store.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw audit`: how a run's answers were read.
@Command(
    name = "audit",
    description = {
      "Shows how a run's answers were read: counts by class and by rule, an example of each, every"
          + " unread one, and where reading the first match would differ."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw audit runs/demo"})
final class AuditCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(names = "--equality", paramLabel = "POLICIES", description = "As for regrade.")
  String equality = "";

  AuditCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Grader grader = Equality.grader(equality);
    Audit audit = new Audit(grader);
    try (RunFolder run = RunFolder.open(folder)) {
      FormManifests.requireAnswers(run, "audit");
      run.ledger().forEach((problem, rows) -> add(audit, grader, problem, rows));
    }
    print(audit, console.out());
    return 0;
  }

  private static void add(Audit audit, Grader grader, Problem problem, List<Sample> rows) {
    Map<Key, FinishReason> finishes = new HashMap<>();
    for (Sample row : rows) {
      if (row.turn() == Sample.Turn.RESPONSE) {
        finishes.put(row.key(), row.finish());
      }
    }
    for (Sample row : rows) {
      if (row.turn() == Sample.Turn.ANSWER) {
        FinishReason finish = finishes.getOrDefault(row.key(), FinishReason.STOP);
        Key key = row.key();
        String place =
            problem.id()
                + " "
                + key.role().toString().toLowerCase(Locale.ROOT)
                + " at "
                + key.kept()
                + ", "
                + key.index();
        audit.add(
            problem, new Audit.Entry(place, row.text(), grader.of(problem, finish, row.text())));
      }
    }
  }

  static void print(Audit audit, PrintStream out) {
    out.println(Plain.count(audit.readings()) + " answers by class");
    counts(audit.classes(), out);
    out.println();
    out.println("by rule");
    new TreeMap<>(audit.rules())
        .forEach(
            (rule, count) -> {
              out.println("  " + Plain.count(count) + "  " + rule);
              audit.examples(rule).forEach(entry -> out.println("      " + show(entry)));
            });
    out.println();
    out.println(Plain.count(audit.unread().size()) + " unread");
    audit.unread().forEach(entry -> out.println("  " + show(entry)));
    out.println();
    out.println(
        Plain.count(audit.differences().size()) + " that the first match would read otherwise");
    audit
        .differences()
        .forEach(
            difference ->
                out.println(
                    "  "
                        + show(difference.entry())
                        + "  first match: "
                        + Plain.line(difference.second().show(), 40)));
  }

  private static void counts(Map<String, Integer> counts, PrintStream out) {
    new TreeMap<>(counts).forEach((name, n) -> out.println("  " + Plain.count(n) + "  " + name));
  }

  private static String show(Audit.Entry entry) {
    return entry.place()
        + ": "
        + Plain.line(entry.reading().answer().show(), 40)
        + " from: "
        + Plain.line(entry.text(), 80);
  }
}
