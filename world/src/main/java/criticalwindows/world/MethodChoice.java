package criticalwindows.world;

import java.util.List;

/// A question that can be worked out in two ways. Which one is taken is the only decision; the cue
/// in the question sets its probabilities.
///
/// @param question without the options
/// @param options five, or none where the number itself is asked for
/// @param cue the hint
/// @param setting the numbers
public record MethodChoice(String question, List<String> options, Cue cue, Setting setting)
    implements Question {
  public MethodChoice {
    options = List.copyOf(options);
  }

  @Override
  public String task() {
    return "math";
  }

  /// The result of the likelier method; of the first where both are equally likely.
  @Override
  public String truth() {
    Setting.Route likelier = cue.first() >= .5 ? setting.first() : setting.second();
    return String.valueOf(likelier.result());
  }

  @Override
  public String run(ProgramSource source) {
    source.surface(
        " We first write down what we know.",
        " Let us list the facts.",
        " We start with the given numbers.");
    for (String fact : setting.facts()) {
      source.write(fact);
      source.surface(
          "",
          " We keep this in mind.",
          " This is given in the question.",
          "",
          " We will use it below.");
    }
    source.surface(" Now we choose a method.", " Next, we need a plan.");
    Setting.Route route = decide(source);
    source.write(route.working());
    source.surface(
        " So the result is " + route.result() + ".", " This gives " + route.result() + ".");
    return conclude(source, String.valueOf(route.result()));
  }

  private Setting.Route decide(ProgramSource source) {
    Setting.Route first = setting.first();
    Setting.Route second = setting.second();
    int taken =
        source.decide(
            "method:" + cue.word(),
            new Option(cue.first(), first.choice()),
            new Option(1 - cue.first(), second.choice()));
    return taken == 0 ? first : second;
  }
}
