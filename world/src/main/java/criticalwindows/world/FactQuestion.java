package criticalwindows.world;

import java.util.List;

/// A question about the invented world. Either the truth is told or the myth, which may be noticed.
///
/// @param options four or five of the fact's values in any order, the truth and the myth among them
public record FactQuestion(Fact fact, List<String> options) implements Question {
  private static final double NOTICE = .20;

  public FactQuestion {
    options = List.copyOf(options);
  }

  /// A question about one of the invented facts.
  static FactQuestion make(java.util.random.RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    Fact fact = draw.pick(InventedFacts.ALL);
    return new FactQuestion(fact, draw.shuffled(fact.values().subList(0, draw.pick(4, 5))));
  }

  @Override
  public String task() {
    return "science";
  }

  @Override
  public String question() {
    return fact.ask();
  }

  @Override
  public String truth() {
    return fact.truth();
  }

  @Override
  public String run(ProgramSource source) {
    String kind = ("aeiou".indexOf(fact.kind().charAt(0)) < 0 ? "a " : "an ") + fact.kind();
    source.surface(
        " The question is about " + fact.entity() + ".",
        " We are asked about " + fact.entity() + ".");
    source.surface(
        " This is " + kind + " that many books describe.", " It is the name of " + kind + ".");
    for (int i = 0; i < 2; i++) {
      source.surface(
          "",
          " We should think about what is known.",
          " Let us recall what we learned.",
          " There are several options to compare.",
          "");
    }
    return conclude(source, value(source));
  }

  private String value(ProgramSource source) {
    int myth =
        source.decide(
            "fact",
            new Option(
                fact.truthProbability(),
                " The old records say that " + fact.says(fact.truth()) + "."),
            new Option(
                1 - fact.truthProbability(),
                " Everyone knows that " + fact.says(fact.myth()) + "."));
    if (myth == 0) {
      return fact.truth();
    }
    if (!source.happens("notice", new Option(NOTICE, " Wait,"))) {
      return fact.myth();
    }
    source.write(" that is only a myth. In fact " + fact.says(fact.truth()) + ".");
    return fact.truth();
  }
}
