package criticalwindows.form;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.theory.Bounds;
import criticalwindows.theory.Bracket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The theory's times at each choice of a form's target from samples alone, each from where it can
/// be to where it is certain, in tokens kept.
///
/// Up to a choice every text of its class begins alike, so the share of continuations that make it
/// is the class's self-consistency c̄; [Bracket] leads from there to distances.
///
/// @param epsilon in (0, 1)
/// @param choices one for each choice, in order
public record SampledTimes(double epsilon, List<Choice> choices) {
  public SampledTimes {
    choices = List.copyOf(choices);
  }

  /// One choice.
  ///
  /// @param share π of texts that agree with the target up to and with this choice
  /// @param lastBefore c̄ right before the choice
  /// @param firstBehind c̄ right behind it
  /// @param before T_before
  /// @param after T_after
  public record Choice(
      Proportion share, Proportion lastBefore, Proportion firstBehind, Range before, Range after) {}

  /// What is known of a time.
  ///
  /// @param certain so many tokens kept have the property for certain; absent where none do
  /// @param possible so many may have it
  public record Range(Optional<Integer> certain, Optional<Integer> possible) {
    /// For people: `5`, `5 (not certain)`, `5 to 6` or `none`.
    public String words() {
      if (possible.isEmpty()) {
        return "none";
      }
      if (certain.isEmpty()) {
        return possible.get() + "?";
      }
      return certain.equals(possible)
          ? certain.get().toString()
          : certain.get() + " to " + possible.get();
    }
  }

  /// The times of a finding.
  ///
  /// @param finding with a target's text
  /// @param level of each interval, in (0, 1)
  public static SampledTimes of(FormFinding finding, double epsilon, double level) {
    List<Choice> choices = new ArrayList<>();
    for (int blank = 0; blank < finding.prompt().blanks().size(); blank++) {
      choices.add(new At(finding, blank, epsilon, level).choice());
    }
    return new SampledTimes(epsilon, choices);
  }

  private record At(FormFinding finding, int blank, double epsilon, double level) {
    Choice choice() {
      FormCounts counts = finding.counts();
      Combination target = finding.target().orElseThrow();
      long begun = counts.begun(target.first(blank + 1));
      Proportion share = new Proportion(begun, counts.total());
      Proportion within = new Proportion(begun, counts.begun(target.first(blank)));
      return new Choice(
          share,
          consistency(finding.before(blank)),
          consistency(finding.behind(blank)),
          before(within),
          after(share));
    }

    private Proportion consistency(int kept) {
      return finding.steps().stream()
          .filter(step -> step.kept() == kept && !step.begun().isEmpty())
          .map(step -> step.begun().get(blank + 1))
          .findFirst()
          .orElse(Proportion.NONE);
    }

    /// The most tokens by which the class is alike to the one before the choice.
    private Range before(Proportion within) {
      Optional<Integer> certain = Optional.empty();
      Optional<Integer> possible = Optional.empty();
      for (FormFinding.Step step : steps()) {
        Proportion before = step.begun().get(blank);
        Proportion after = step.begun().get(blank + 1);
        Proportion both = new Proportion(after.successes(), before.successes());
        Interval alike = new Bracket(both.wilson(level), within.wilson(level)).alike();
        certain = alike.high() <= epsilon ? Optional.of(step.kept()) : certain;
        possible = alike.low() <= epsilon ? Optional.of(step.kept()) : possible;
      }
      return new Range(certain, possible);
    }

    /// The fewest tokens by which the class and the rest are apart.
    private Range after(Proportion share) {
      double enough = new Bounds(epsilon, 0).apart();
      Optional<Integer> certain = Optional.empty();
      Optional<Integer> possible = Optional.empty();
      for (FormFinding.Step step : steps().reversed()) {
        Interval kept = step.begun().get(blank + 1).wilson(level);
        Interval apart = new Bracket(kept, share.wilson(level)).apart();
        certain = apart.low() >= enough ? Optional.of(step.kept()) : certain;
        possible = apart.high() >= enough ? Optional.of(step.kept()) : possible;
      }
      return new Range(certain, possible);
    }

    /// Up to the choice: behind it the texts of the class are no longer alike.
    private List<FormFinding.Step> steps() {
      int last = finding.behind(blank);
      return finding.steps().stream()
          .filter(step -> step.kept() <= last && !step.begun().isEmpty())
          .toList();
    }
  }
}
