package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.Equality;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Audit;
import criticalwindows.grade.Grader;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Replies;
import criticalwindows.run.Experiments;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw audit`: how a run's answers were read.
@Command(
    name = "audit",
    description = {
      "Shows how a run's answers were read: counts by class and by rule, examples of each, the"
          + " unread ones, and where reading the first match would differ."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw audit runs/demo",
      "  cw audit runs/demo --all     every unread answer of a large run"
    })
final class AuditCommand implements Callable<Integer> {
  /// Of a list that has a line for each answer, and so thousands of them in a large run.
  private static final int LINES = 40;

  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(names = "--equality", paramLabel = "POLICIES", description = "As for regrade.")
  String equality = "";

  @Option(
      names = "--all",
      description =
          "Every unread answer and every difference, not the first " + LINES + " of each.")
  boolean all;

  AuditCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Grader grader = Equality.grader(equality);
    Audit audit = new Audit(grader);
    try (RunFolder run = RunFolder.open(folder)) {
      Experiments.requireReplies(run, "audit");
      run.ledger()
          .forEachReplies(
              (problem, replies) ->
                  replies.replies().forEach(reply -> add(audit, grader, problem, reply)));
    }
    new Page(console.out(), all ? Integer.MAX_VALUE : LINES).print(audit);
    return 0;
  }

  private static void add(Audit audit, Grader grader, Problem problem, Replies.Reply reply) {
    Key key = reply.first();
    String place =
        problem.id()
            + " "
            + key.arm()
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

  /// What is printed.
  ///
  /// @param lines the most of a list
  private record Page(PrintStream out, int lines) {
    void print(Audit audit) {
      out.println(Numbers.count(audit.readings()) + " answers by class");
      new TreeMap<>(audit.classes())
          .forEach((name, n) -> out.println("  " + Numbers.count(n) + "  " + name));
      out.println();
      out.println("by rule");
      new TreeMap<>(audit.rules()).forEach((rule, n) -> rule(rule, n, audit.examples(rule)));
      out.println();
      list("unread", audit.unread(), Function.identity(), Page::show);
      out.println();
      list(
          "that the first match would read otherwise",
          audit.differences(),
          Audit.Difference::entry,
          Page::show);
    }

    private void rule(String name, int count, List<Audit.Entry> examples) {
      out.println("  " + Numbers.count(count) + "  " + name);
      examples.forEach(entry -> out.println("      " + show(entry)));
    }

    /// Counts all, and shows as many as fit.
    private <T> void list(
        String title, List<T> all, Function<T, Audit.Entry> entry, Function<T, String> line) {
      int answers = all.stream().map(entry).mapToInt(Audit.Entry::count).sum();
      out.println(Numbers.count(answers) + " " + title);
      all.stream().limit(lines).forEach(each -> out.println("  " + line.apply(each)));
      if (all.size() > lines) {
        out.println("  … " + Numbers.count(all.size() - lines) + " more; --all shows them");
      }
    }

    private static String show(Audit.Difference difference) {
      String second = TerminalText.line(difference.second().show(), 40);
      return show(difference.entry()) + "  first match: " + second;
    }

    private static String show(Audit.Entry entry) {
      return entry.place()
          + ": "
          + TerminalText.line(entry.reading().answer().show(), 40)
          + " from: "
          + TerminalText.line(entry.text(), 80);
    }
  }
}
