package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.Key;
import criticalwindows.experiment.Replies;
import criticalwindows.grade.Audit;
import criticalwindows.grade.Grader;
import criticalwindows.report.Plain;
import criticalwindows.store.RunFolder;
import java.io.PrintStream;
import java.nio.file.Path;
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
      run.ledger()
          .forEachReplies(
              (problem, replies) ->
                  replies.replies().forEach(reply -> add(audit, grader, problem, reply)));
    }
    print(audit, console.out());
    return 0;
  }

  private static void add(Audit audit, Grader grader, Problem problem, Replies.Reply reply) {
    Key key = reply.first();
    String place =
        problem.id()
            + " "
            + key.role().toString().toLowerCase(Locale.ROOT)
            + " at "
            + key.kept()
            + ", "
            + key.index()
            + (reply.count() > 1 ? ", " + reply.count() + " times" : "");
    audit.add(
        problem,
        new Audit.Entry(
            place, reply.text(), grader.of(problem, reply.finish(), reply.text()), reply.count()));
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
    out.println(
        Plain.count(audit.unread().stream().mapToInt(Audit.Entry::count).sum()) + " unread");
    audit.unread().forEach(entry -> out.println("  " + show(entry)));
    out.println();
    out.println(
        Plain.count(audit.differences().stream().mapToInt(each -> each.entry().count()).sum())
            + " that the first match would read otherwise");
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
