package criticalwindows.form;

import criticalwindows.theory.FiniteLaw;
import criticalwindows.theory.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The theory's times at each choice of a target, exact for the law of the scored texts, in tokens
/// kept of the target's text.
///
/// @param epsilon in (0, 1)
/// @param choices one for each choice, in order
public record FormTimes(double epsilon, List<Choice> choices) {
  public FormTimes {
    choices = List.copyOf(choices);
  }

  /// One choice: from the combinations that agree with the target before it (`before`) to those
  /// that agree with it behind it (`after`).
  ///
  /// @param share π of `after`
  /// @param before T_before, at most the length of the target's text; empty where the theory says
  ///   nothing
  /// @param after T_after
  /// @param claim of Theorem 2: which cuts of the target's text give texts of `after`
  /// @param distance the largest that there is at any of those cuts; 0 where there is none
  /// @param consistency c̄ of `after` by tokens kept, from 0 to the length of the target's text
  public record Choice(
      double share,
      Optional<Integer> before,
      int after,
      Windows.Claim claim,
      double distance,
      List<Double> consistency) {
    public Choice {
      consistency = List.copyOf(consistency);
    }
  }

  /// The times of a target.
  public static FormTimes of(ScoredForm scored, Combination target, double epsilon) {
    FiniteLaw law = scored.law();
    Windows windows = new Windows(law, epsilon);
    int length = scored.of(target).tokens().size();
    Set<String> goal = Set.of(ScoredForm.meaning(target));
    List<Choice> choices = new ArrayList<>();
    for (int made = 1; made <= target.size(); made++) {
      Set<String> before = named(scored, target.first(made - 1));
      Set<String> after = named(scored, target.first(made));
      Windows.Claim claim = windows.claim(goal, after);
      double distance = 0;
      List<Double> consistency = new ArrayList<>();
      for (int kept = 0; kept <= length; kept++) {
        consistency.add(law.consistency(after, kept));
        if (claim.from() <= kept && kept <= claim.to()) {
          distance = Math.max(distance, law.distanceAfter(goal, after, kept));
        }
      }
      choices.add(
          new Choice(
              law.probability(after),
              windows.before(after, before).map(kept -> Math.min(kept, length)),
              windows.apart(after),
              new Windows.Claim(claim.from(), Math.min(claim.to(), length), claim.bounds()),
              distance,
              consistency));
    }
    return new FormTimes(epsilon, choices);
  }

  private static Set<String> named(ScoredForm scored, Combination begun) {
    return scored.texts().stream()
        .map(ScoredForm.Scored::choices)
        .filter(choices -> choices.startsWith(begun))
        .map(ScoredForm::meaning)
        .collect(Collectors.toSet());
  }
}
