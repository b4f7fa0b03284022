package criticalwindows.finetune;

import criticalwindows.error.UserError;
import java.util.List;

/// The objectives by name.
public final class Objectives {
  private Objectives() {}

  /// Numbers that some of them have.
  ///
  /// @param beta of preferences, above 0
  /// @param low the β of a token without weight in `saturating`, above 0
  /// @param high the β of the token with most weight, at least `low`
  public record Numbers(double beta, double low, double high) {
    /// Of Rafailov et al. for preferences, and those of Qi et al. for late and early tokens.
    public static final Numbers STANDARD = new Numbers(.1, .1, 2);

    public Numbers {
      if (!(beta > 0 && low > 0 && high >= low) || Double.isInfinite(beta + high)) {
        throw new UserError(
            "β of " + beta + ", from " + low + " to " + high,
            "give numbers above 0, the second range in ascending order");
      }
    }
  }

  private static List<Objective> all(Numbers numbers) {
    return List.of(
        new CrossEntropy("cross-entropy", Example.Kind.WEIGHTED),
        new Saturating(numbers.low(), numbers.high()),
        new Dpo("dpo", numbers.beta(), Dpo.Span.ALL),
        new Dpo("dpo-token", numbers.beta(), Dpo.Span.FIRST),
        new CrossEntropy("counts", Example.Kind.COUNTED));
  }

  /// All of them, for [Numbers#STANDARD].
  public static List<Objective> standard() {
    return all(Numbers.STANDARD);
  }

  /// The one of a name.
  ///
  /// @throws UserError if there is none
  public static Objective named(String name, Numbers numbers) {
    List<Objective> all = all(numbers);
    return all.stream()
        .filter(objective -> objective.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> UserError.unknown("objective", name, all.stream().map(Objective::name).toList()));
  }

  /// The first one that takes examples of a kind.
  public static Objective usual(Example.Kind kind, Numbers numbers) {
    return all(numbers).stream()
        .filter(objective -> objective.kind() == kind)
        .findFirst()
        .orElseThrow();
  }
}
