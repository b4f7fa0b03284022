package criticalwindows.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Programs of each family, for tests of what holds for all of them.
enum Family {
  ARITHMETIC,
  METHOD,
  ORDERING,
  SYLLOGISM,
  FACTS,
  FORMS,
  REQUESTS_TO_BASE,
  REQUESTS_TO_ALIGNED,
  REPEATED_WORDS;

  /// Some programs, always the same.
  List<Program> programs(int count) {
    RandomGenerator random = new SplittableRandom(41);
    return IntStream.range(0, count).mapToObj(i -> make(random)).toList();
  }

  private Program make(RandomGenerator random) {
    return switch (this) {
      case ARITHMETIC -> WordProblems.make(random);
      case METHOD -> MethodChoices.make(random);
      case ORDERING -> Orderings.make(random);
      case SYLLOGISM -> Syllogisms.make(random);
      case FACTS -> FactQuestion.make(random);
      case FORMS -> Forms.make(random);
      case REQUESTS_TO_BASE -> request(random).answeredBy(Policy.BASE);
      case REQUESTS_TO_ALIGNED -> request(random).answeredBy(Policy.ALIGNED);
      case REPEATED_WORDS -> RepeatedWords.make(random);
    };
  }

  private static Request request(RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    Attack attack = draw.pick(Attack.values());
    return draw.chance(.8) ? Requests.forbidden(attack, random) : Requests.harmless(attack, random);
  }
}
