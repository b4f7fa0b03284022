package criticalwindows.weight;

import criticalwindows.error.UserError;
import java.util.List;

/// The rules by name.
public final class Rules {
  /// All of them, the controls last.
  public static final List<Rule> ALL =
      List.of(
          new DecidingTokens(),
          new Rise(),
          new CurveHeight(),
          new TokenProbability(),
          new Entropies(),
          new RatioSize(),
          new Uniform(),
          new RandomTokens(),
          new Shuffled(),
          new TopEntropy());

  private Rules() {}

  /// The rule of that name.
  ///
  /// @throws UserError if there is none
  public static Rule named(String name) {
    return ALL.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(() -> UserError.unknown("rule", name, ALL.stream().map(Rule::name).toList()));
  }
}
