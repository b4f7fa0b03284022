package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Spending;
import criticalwindows.view.Numbers;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How much one session of a run may spend.
final class BudgetOption {
  @Option(
      names = "--budget",
      paramLabel = "LIMIT",
      description = {
        "Stop cleanly after a time (2h, 1h30m), so many sampled tokens (5M-tokens) or rollouts"
            + " (20k-rollouts), and say what is still needed; resume goes on, with a budget of its"
            + " own (default: no limit)."
      })
  Optional<String> budget = Optional.empty();

  Budget read() {
    return budget.map(BudgetOption::parse).orElse(Budget.NONE);
  }

  private static Budget parse(String text) {
    try {
      return Budget.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--budget " + text + ": " + e.getMessage(), "give 2h, 5M-tokens or 20k-rollouts", e);
    }
  }

  /// Says that the budget ended a session, and what would end the run.
  ///
  /// @param command that goes on
  static void say(Console console, String command, Budget budget, Remaining remaining) {
    console.out().println();
    console
        .out()
        .println("stopped at the budget of " + budget.show() + ", with all that ended kept");
    console.out().println("  spent          " + spent(remaining.spent()));
    console
        .out()
        .println(
            "  still needed   about "
                + remaining
                    .atThisRate()
                    .map(BudgetOption::spent)
                    .orElse(Numbers.count(remaining.rollouts()) + " rollouts")
                + (remaining.atThisRate().isPresent() ? ", at this rate" : ""));
    console.out().println("  go on with     " + command);
  }

  static String spent(Spending spending) {
    return Numbers.count(spending.rollouts())
        + " rollouts, "
        + Numbers.count(spending.tokens())
        + " tokens, "
        + Budget.spoken(spending.elapsed());
  }
}
