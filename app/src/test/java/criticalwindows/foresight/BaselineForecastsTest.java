package criticalwindows.foresight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.model.Tokens;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BaselineForecastsTest {
  private static final List<ChoiceProblem> PROBLEMS = ChoiceProblem.draw(8, 77, Set.of());

  @Test
  void sharpnessFindsThePowerThatMadeTheCounts() {
    List<Forecast> said = List.of(Forecast.of(.5, .3, .2), Forecast.of(.1, .9));
    for (double power : new double[] {.4, 1, 2.5}) {
      List<AnswerCounts> counts =
          said.stream()
              .map(forecast -> new Sharpness(power).of(forecast))
              .map(forecast -> new AnswerCounts(forecast.probabilities()))
              .toList();
      assertThat(Sharpness.fit(said, counts).power()).isCloseTo(power, within(1e-4));
    }
    assertThat(new Sharpness(2).of(Forecast.of(1, 3)).of(1)).isCloseTo(.9, within(1e-12));
    assertThat(new Sharpness(1).of(Forecast.of(1, 0)).of(0)).isCloseTo(1, within(1e-12));
  }

  @Test
  void lettersAreCountedByPlaceAndNumberOfOptions() {
    ChoiceProblem three = with(3);
    ChoiceProblem five = with(5);
    List<Prefix> prefixes = List.of(at(three, 3), at(three, 9), at(three, 12), at(five, 3));
    List<AnswerCounts> counts =
        List.of(
            new AnswerCounts(List.of(2.0, 0.0, 0.0)),
            new AnswerCounts(List.of(0.0, 2.0, 1.0)),
            new AnswerCounts(List.of(0.0, 3.0, 0.0)),
            new AnswerCounts(List.of(0.0, 0.0, 0.0, 0.0, 4.0)));
    LetterShares shares = LetterShares.fit(prefixes, counts, 10);
    assertThat(shares.of(at(three, 0)).of(1)).isCloseTo((2 + 1 / 3.0) / 6, within(1e-12));
    assertThat(shares.of(at(three, 19)).of(1)).isCloseTo((3 + 1 / 3.0) / 4, within(1e-12));
    assertThat(shares.of(at(five, 9)).of(4)).isCloseTo(4.2 / 5, within(1e-12));
    assertThat(shares.of(at(five, 50))).isEqualTo(Forecast.uniform(5));
    assertThat(shares.of(at(three, 1000))).isEqualTo(Forecast.uniform(3));
  }

  private static ChoiceProblem with(int options) {
    return PROBLEMS.stream().filter(each -> each.options() == options).findFirst().orElseThrow();
  }

  private static Prefix at(ChoiceProblem problem, int kept) {
    return new Prefix(problem, Tokens.of(1), kept, .5, "");
  }

  @Test
  void problemsHaveOptionsAndAPriorThatSumsToOne() {
    assertThat(PROBLEMS).hasSize(8).allMatch(problem -> problem.options() >= 3);
    assertThat(PROBLEMS.stream().map(each -> each.problem().dataset()).distinct()).hasSize(4);
    for (ChoiceProblem problem : PROBLEMS) {
      String right = problem.problem().answer().orElseThrow();
      assertThat(problem.right()).isEqualTo(right.charAt(0) - 'A');
      assertThat(problem.exact("").of(problem.right())).isPositive();
      assertThat(problem.read("So it is. The answer is (B).")).hasValue(1);
      assertThat(problem.read("I wonder.")).isEmpty();
    }
    Set<String> first = Set.of(PROBLEMS.getFirst().problem().question());
    assertThat(ChoiceProblem.draw(8, 77, first)).doesNotContain(PROBLEMS.getFirst());
  }

  @Test
  void cutsGrowFromTheBeginningToTheEnd() {
    SplittableRandom random = new SplittableRandom(3);
    assertThat(CutResponse.Cuts.every(16).of(40, random)).containsExactly(0, 16, 32, 40);
    assertThat(CutResponse.Cuts.every(16).of(32, random)).containsExactly(0, 16, 32);
    for (int length = 1; length < 60; length++) {
      List<Integer> kept = CutResponse.Cuts.inParts(5).of(length, random);
      assertThat(kept).doesNotHaveDuplicates().isSorted().startsWith(0).endsWith(length);
      assertThat(kept).hasSizeLessThanOrEqualTo(7);
      assertThat(kept.size() == 7 || length < 10).isTrue();
    }
  }
}
