package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorldsTest {
  static List<String> names() {
    return Worlds.names();
  }

  @Test
  void theNamesAreKnown() {
    assertThat(Worlds.names())
        .containsExactly(
            "world",
            "world:arithmetic",
            "world:method",
            "world:ordering",
            "world:syllogism",
            "world:facts");
    assertThat(Worlds.cards()).extracting(Card::name).isEqualTo(Worlds.names());
  }

  @Test
  void theMixTakesTheFamiliesInTurn() {
    List<Question> mix = Worlds.read(Worlds.MIX, 10, 7).questions();
    assertThat(mix.subList(0, 5))
        .hasExactlyElementsOfTypes(
            WordProblem.class,
            MethodChoice.class,
            Ordering.class,
            Syllogism.class,
            FactQuestion.class);
    assertThat(mix.subList(5, 10))
        .extracting(Object::getClass)
        .isEqualTo(mix.subList(0, 5).stream().map(Object::getClass).toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSmallerSetIsTheBeginningOfALargerOne(String name) {
    List<Problem> larger = Worlds.dataset(name, 300, 7).problems();
    assertThat(larger).hasSize(300);
    assertThat(Worlds.dataset(name, 100, 7).problems()).isEqualTo(larger.subList(0, 100));
    assertThat(Worlds.dataset(name, 300, 8).problems()).isNotEqualTo(larger);
  }

  @ParameterizedTest
  @MethodSource("names")
  void noProblemComesTwice(String name) {
    List<Problem> problems = Worlds.dataset(name, 3000, 7).problems();
    assertThat(new HashSet<>(problems.stream().map(Problem::id).toList())).hasSize(3000);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aProblemLeadsBackToItsProgram(String name) {
    WorldSet set = Worlds.read(name, 200, 7);
    Map<String, Question> byId = set.byId();
    for (Problem problem : set.dataset().problems()) {
      Question question = Objects.requireNonNull(byId.get(problem.id()));
      assertThat(question.problem(name)).isEqualTo(problem);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theRightAnswerIsAmongTheOptionsOnce(String name) {
    WorldSet set = Worlds.read(name, 500, 7);
    for (Question question : set.questions()) {
      assertThat(question.options()).doesNotHaveDuplicates();
      if (!question.options().isEmpty()) {
        assertThat(question.options()).contains(question.truth());
      }
      assertThat(question.valueOf(question.answerNaming(question.truth())))
          .isEqualTo(question.truth());
      assertThat(Posterior.of(question, "").answers())
          .containsKey(question.answerNaming(question.truth()));
    }
  }

  /// *Source:* the Python generator, 20,000 questions a family (12,000 of ordering), seed 99: mean
  /// and standard deviation of the exact P(truth), share of multiple choice, mean length of the
  /// question with its options, mean number of options, mean length of a reply. Syllogisms:
  /// `organism/reference.py`.
  @ParameterizedTest
  @CsvSource({
    "world:arithmetic, .6925, .128, .4956, 229.00, 2.478, 379.79",
    "world:method, .6710, .114, .4985, 158.20, 2.493, 356.98",
    "world:ordering, .8165, .108, 1, 211.15, 4.007, 501.19",
    "world:syllogism, .8146, .148, 1, 191.15, 3, 321.47",
    "world:facts, .7483, .151, 1, 90.13, 4.499, 244.34"
  })
  void questionsAreDistributedAsInTheReference(
      String name,
      double mean,
      double deviation,
      double choice,
      double length,
      double options,
      double reply) {
    Summary summary = Summary.of(Worlds.read(name, 4000, 7).questions());
    assertThat(summary.mean).isCloseTo(mean, within(.008));
    assertThat(summary.deviation).isCloseTo(deviation, within(.008));
    assertThat(summary.choice).isCloseTo(choice, within(.03));
    assertThat(summary.length / length).isCloseTo(1, within(.02));
    assertThat(summary.options).isCloseTo(options, within(.15));
    assertThat(summary.reply / reply).isCloseTo(1, within(.02));
  }

  private record Summary(
      double mean, double deviation, double choice, double length, double options, double reply) {
    static Summary of(List<Question> questions) {
      java.util.SplittableRandom random = new java.util.SplittableRandom(1);
      double[] sums = new double[6];
      for (Question question : questions) {
        double right =
            Posterior.of(question, "").probability(question.answerNaming(question.truth()));
        sums[0] += right;
        sums[1] += right * right;
        sums[2] += question.options().isEmpty() ? 0 : 1;
        sums[3] += question.problem("any").text().length();
        sums[4] += question.options().size();
        sums[5] += WrittenReply.sample(question, random).text().length();
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] /= questions.size();
      }
      double deviation = Math.sqrt(sums[1] - sums[0] * sums[0]);
      return new Summary(sums[0], deviation, sums[2], sums[3], sums[4], sums[5]);
    }
  }

  @Test
  void countsOnTheWayAreNeverBroken() {
    for (Question question : Worlds.read("world:arithmetic", 1000, 3).questions()) {
      WordProblem problem = (WordProblem) question;
      assertThat(problem.reachable()).allSatisfy(count -> assertThat(count).isBetween(1, 599));
    }
  }

  @Test
  void anUnknownNameIsOfferedTheNearestOnes() {
    assertThatThrownBy(() -> Worlds.dataset("world:logic", 10, 1))
        .isInstanceOf(UserError.class)
        .hasMessage("no data set named world:logic");
  }

  @Test
  void moreProblemsThanThereAreIsAUserError() {
    assertThatThrownBy(() -> Worlds.dataset("world:facts", 29_000, 1))
        .isInstanceOf(UserError.class)
        .hasMessageMatching("world:facts has only about 28\\d{3} different problems")
        .satisfies(e -> assertThat(((UserError) e).hint()).isEqualTo("ask for fewer of them"));
  }
}
