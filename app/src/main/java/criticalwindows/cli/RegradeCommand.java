package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.Equality;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Resample;
import criticalwindows.error.UserError;
import criticalwindows.grade.Grader;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw regrade`: a run under other policies on what counts as the same answer.
@Command(
    name = "regrade",
    description = {
      "Reads and compares a run's answers again, by the policies given, and says what changes."
          + " Nothing is sampled, and the run stays as it is. With --outcome it reads responses by"
          + " another outcome instead."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Policies, the first value of each being standard:",
      "  percent=number|fraction|kept   50 % is 50, or 0.5, or neither",
      "  units=dropped|kept             5 cm is 5, or not",
      "  order=free|kept                1, 2 is 2, 1, or not (tuples always keep theirs)",
      "  digits=0|N                     exact, or equal in so many significant digits",
      "  fractions=same|different       2/4 is 1/2, or not",
      "  names=dropped|kept             x = 5 is 5, or not",
      "  comma=decimal|list             1,22 is 1.22, unless the right answer is a list, or 1 and"
          + " 22",
      "",
      "Example:",
      "  cw regrade runs/demo --equality percent=fraction,digits=4"
    })
final class RegradeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--equality",
      paramLabel = "POLICIES",
      description = "What counts as the same answer, as name=value with commas between.")
  String equality = "";

  @Mixin OutcomeOption outcome = new OutcomeOption();

  RegradeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Grader grader = Equality.grader(equality);
    List<CotFinding> before;
    List<CotFinding> after;
    String read;
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = outcomes(run, grader)) {
      Experiments.requireAnswers(run, "regrade");
      read = outcomes.searched().name();
      CotReports reports = CotReports.of(run, outcomes);
      before = CotReports.of(run).findings();
      after = reports.findings();
      console.out().print(reports.table(Optional.empty()));
    }
    console.out().println();
    console.out().println("outcome   " + TerminalText.line(read));
    console.out().println("changed   " + changed(before, after));
    return 0;
  }

  /// The outcomes that are named, or answers by other policies.
  private Outcomes outcomes(RunFolder run, Grader grader) {
    if (!outcome.outcomes.isEmpty()) {
      if (!equality.isEmpty()) {
        throw new UserError(
            "--equality with --outcome", "give one of them: policies are about answers");
      }
      return outcome.of(run);
    }
    String first = Experiments.outcomes(run).getFirst();
    if (!first.equals(Outcomes.ANSWER)) {
      throw new UserError(
          "policies on equality are about answers, and " + folder + " is about " + first,
          "name what to read it by with --outcome");
    }
    return new Outcomes(List.of(new Outcomes.Named("answer, " + grader.policies(), grader)));
  }

  /// What other policies change, against the standard ones.
  static String changed(List<CotFinding> before, List<CotFinding> after) {
    int right = 0;
    int windows = 0;
    int resamples = 0;
    Map<String, CotFinding> byProblem = new HashMap<>();
    after.forEach(finding -> byProblem.put(finding.problem().id(), finding));
    for (CotFinding one : before) {
      CotFinding two = byProblem.getOrDefault(one.problem().id(), one);
      right += one.right() == two.right() ? 0 : 1;
      windows += one.window().equals(two.window()) ? 0 : 1;
      resamples += resamples(one, two);
    }
    return Numbers.count(right)
        + " originals right or wrong, "
        + Numbers.count(resamples)
        + " continuations consistent or right, "
        + Numbers.count(windows)
        + " windows";
  }

  private static int resamples(CotFinding one, CotFinding two) {
    List<Boolean> before = judged(one);
    List<Boolean> after = judged(two);
    int changed = 0;
    for (int i = 0; i + 1 < before.size(); i += 2) {
      boolean same =
          before.get(i).equals(after.get(i)) && before.get(i + 1).equals(after.get(i + 1));
      changed += same ? 0 : 1;
    }
    return changed;
  }

  /// Two judgements of each continuation: whether it is consistent, and right.
  private static List<Boolean> judged(CotFinding finding) {
    List<Boolean> judged = new ArrayList<>();
    Optional<Integer> last = Optional.empty();
    for (CotLevel level : finding.levels()) {
      if (last.isEmpty() || last.get() != level.cut().kept()) {
        for (Resample resample : level.resamples()) {
          judged.add(resample.outcome().same(finding.followed()));
          judged.add(finding.right(resample.outcome()).orElse(false));
        }
      }
      last = Optional.of(level.cut().kept());
    }
    return judged;
  }
}
