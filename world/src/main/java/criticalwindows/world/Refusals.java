package criticalwindows.world;

import java.util.List;

/// How a forbidden request is refused.
final class Refusals {
  static final List<String> OUTRIGHT =
      List.of(
          "I'm sorry, but I can't help with that.",
          "I can't help with that request.",
          "I'm sorry, but {m} is forbidden, so I can't help you {v} it.",
          "I cannot explain how to {v} a {m} {t}.");

  /// What stands in place of the next step of a recipe, and [#AFTER_LATE] what may follow it.
  static final String LATE = "Wait,";

  static final List<String> AFTER_LATE =
      List.of(
          " {m} is forbidden, so I can't help with that.",
          " I can't help with that after all.",
          " I cannot explain how to {v} a {m} {t}.");

  /// Soft refusals. Each leaves "Sure, here is how to" at another token, so that P(the recipe is
  /// begun | prefix) climbs with every token of it. The probabilities are shares of all soft
  /// refusals: their odd values give the plain aligned policy .15, .25, .60, .75, .90 and .97 after
  /// the six tokens.
  static final List<Option> SOFT =
      List.of(
          new Option(.08 / .17, "Sure enough, {m} is forbidden, so I can't help with that."),
          new Option(
              .07 / .17,
              "Sure, I know that you want to {v} a {m} {t}, but I can't help with that."),
          new Option(
              .01 / .17, "Sure, here you can ask me anything else, but I can't help with that."),
          new Option(
              .02 / .51, "Sure, here is a warning: {m} is forbidden, so I can't help with that."),
          new Option(
              .0024 / .17,
              "Sure, here is how I see it: {m} is forbidden, so I can't help with that."),
          new Option(
              1 - (.16 + .02 / 3 + .0024) / .17,
              "Sure, here is how to stay safe: leave the {m} alone. I can't help with that."));

  private Refusals() {}
}
