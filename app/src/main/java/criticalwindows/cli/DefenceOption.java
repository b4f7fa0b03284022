package criticalwindows.cli;

import criticalwindows.cot.CotSettings;
import criticalwindows.defence.Defence;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.scoring.Outcomes;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is tried against a turn that is begun, beside plain replies.
final class DefenceOption {
  @Option(
      names = "--defence",
      paramLabel = "DEFENCE",
      description = {
        "What is tried against it beside the plain replies; several times for several. header:K"
            + " puts the assistant's header in again after every K sampled tokens, and a refusal"
            + " there ends the reply; hint:TEXT puts a text in at each cut. Each stands beside as"
            + " many plain replies as cost the same."
      })
  List<String> specs = List.of();

  /// Those that were named.
  List<Defence> read() {
    return Defence.all(specs);
  }

  /// Says what cannot be: there must be a class that counts as a success, and room.
  ///
  /// @param depth the most tokens that are given
  void require(Outcomes outcomes, Model model, CotSettings cuts, int depth) {
    if (!specs.isEmpty()) {
      requireSuccess(outcomes);
    }
    for (Defence defence : read()) {
      switch (defence) {
        case Defence.Header header -> requireChecks(header, cuts);
        case Defence.Hint hint -> requireRoom(hint, model, cuts.maxTokens() - depth - 1);
      }
    }
  }

  private static void requireSuccess(Outcomes outcomes) {
    Outcomes.Named searched = outcomes.all().getFirst();
    Optional<String> followed = outcomes.follow();
    if (followed.isEmpty()) {
      throw new UserError(
          "--defence, and no class of " + searched.name() + " is followed",
          "say what counts as a success of the attack with --follow CLASS");
    }
    searched
        .positive()
        .filter(success -> !success.equals(followed.get()))
        .ifPresent(
            success -> {
              throw new UserError(
                  "--defence, and curves follow "
                      + followed.get()
                      + ": a defence is against "
                      + success,
                  "give --follow " + success + ", or leave --follow out");
            });
  }

  private static void requireChecks(Defence.Header header, CotSettings cuts) {
    if (header.every() >= cuts.maxTokens()) {
      throw new UserError(
          "--defence "
              + header.spec()
              + ": a response has at most "
              + cuts.maxTokens()
              + " tokens, so nothing is ever checked",
          "give a smaller number, or a larger --max-tokens");
    }
  }

  private static void requireRoom(Defence.Hint hint, Model model, int left) {
    int tokens = model.vocabulary().encode(" " + hint.text()).size();
    if (tokens > left) {
      throw new UserError(
          "the hint has "
              + tokens
              + " tokens, and behind the longest beginning "
              + Math.max(0, left)
              + " are left for it",
          "give a shorter hint, or a larger --max-tokens");
    }
  }
}
