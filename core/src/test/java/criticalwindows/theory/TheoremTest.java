package criticalwindows.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the theory says, on random trees: every pair of sets of meanings, every cut, three ε.
class TheoremTest {
  private static final int TREES = 25;
  private static final double[] EPSILONS = {.05, .2, .5};
  private static final double ROOM = 1e-9;

  /// What is asserted of one law.
  private interface Fact {
    void of(FiniteLaw law, Set<String> one, Set<String> other, int kept);
  }

  private static void everywhere(Fact fact) {
    for (int seed = 1; seed <= TREES; seed++) {
      FiniteLaw law = RandomLaws.of(seed);
      List<Set<String>> subsets = RandomLaws.subsets(law.meanings());
      for (Set<String> one : subsets) {
        for (Set<String> other : subsets) {
          for (int kept = 0; kept <= law.length(); kept++) {
            fact.of(law, one, other, kept);
          }
        }
      }
    }
  }

  @Test
  void theDistanceToATargetFollowsFromValuesAlone() {
    everywhere(
        (law, start, target, kept) ->
            assertThat(law.distanceByValues(start, target, kept))
                .isEqualTo(law.distanceAfter(start, target, kept), within(ROOM)));
  }

  @Test
  void meanSelfConsistencyIsOneMinusTheDistanceToTheClassItself() {
    everywhere(
        (law, one, other, kept) ->
            assertThat(law.consistency(one, kept))
                .isEqualTo(1 - law.distanceAfter(one, one, kept), within(ROOM)));
  }

  @Test
  void selfConsistencyNeverFallsAndBeginsAtTheShare() {
    everywhere(
        (law, one, other, kept) -> {
          double before = kept == 0 ? law.probability(one) : law.consistency(one, kept - 1);
          assertThat(law.consistency(one, kept)).isGreaterThanOrEqualTo(before - ROOM);
        });
  }

  @Test
  void valuesAreAMartingaleSoThatMeanAccuracyIsFlat() {
    everywhere(
        (law, one, other, kept) -> {
          double mean = 0;
          for (int i = 0; i < law.texts().size(); i++) {
            mean += law.texts().get(i).probability() * law.value(one, i, kept);
          }
          assertThat(mean).isEqualTo(law.probability(one), within(ROOM));
        });
  }

  @Test
  void theSquaredJumpsSumToTheVarianceOfTheMeaning() {
    for (int seed = 1; seed <= TREES; seed++) {
      FiniteLaw law = RandomLaws.of(seed);
      for (Set<String> one : RandomLaws.subsets(law.meanings())) {
        double share = law.probability(one);
        assertThat(squaredJumps(law, one)).isEqualTo(share * (1 - share), within(ROOM));
      }
    }
  }

  private static double squaredJumps(FiniteLaw law, Set<String> one) {
    double sum = 0;
    for (int i = 0; i < law.texts().size(); i++) {
      for (int kept = 1; kept <= law.length(); kept++) {
        double jump = law.value(one, i, kept) - law.value(one, i, kept - 1);
        sum += law.texts().get(i).probability() * jump * jump;
      }
    }
    return sum;
  }

  @Test
  void selfConsistencyIsTheShareTimesOnePlusChiSquared() {
    everywhere(
        (law, one, other, kept) -> {
          double square = 0;
          for (int i = 0; i < law.texts().size(); i++) {
            double ratio = law.value(one, i, kept) / law.probability(one) - 1;
            square += law.texts().get(i).probability() * ratio * ratio;
          }
          assertThat(law.consistency(one, kept))
              .isEqualTo(law.probability(one) * (1 + square), within(ROOM));
        });
  }

  @Test
  void distancesLieInTheBracketOfSelfConsistency() {
    everywhere(
        (law, one, other, kept) -> {
          Set<String> rest = law.rest(one);
          Bracket bracket = Bracket.of(law.consistency(one, kept), law.probability(one));
          if (!rest.isEmpty()) {
            assertInside(law.distance(one, rest, kept), bracket.apart());
          }
          assertInside(law.distance(one, law.meanings(), kept), bracket.alike());
        });
  }

  private static void assertInside(double value, criticalwindows.stats.Interval interval) {
    assertThat(value).isBetween(interval.low() - ROOM, interval.high() + ROOM);
  }

  @Test
  void theoremTwoAndTheSharperBoundHoldAtEveryCutTheyNameAndOftenSaySomething() {
    int[] said = new int[2];
    double[] tightest = {0, 0};
    for (double epsilon : EPSILONS) {
      for (int seed = 1; seed <= TREES; seed++) {
        FiniteLaw law = RandomLaws.of(seed);
        Windows windows = new Windows(law, epsilon);
        for (Set<String> start : RandomLaws.subsets(law.meanings())) {
          for (Set<String> target : RandomLaws.subsets(law.meanings())) {
            Windows.Claim claim = windows.claim(start, target);
            said[claim.vacuous() ? 0 : 1]++;
            for (int kept = claim.from(); kept <= claim.to(); kept++) {
              double distance = law.distanceAfter(start, target, kept);
              Bounds bounds = claim.bounds();
              assertThat(distance).isLessThanOrEqualTo(bounds.published() + ROOM);
              assertThat(distance).isLessThanOrEqualTo(bounds.sharper() + ROOM);
              tightest[0] = Math.max(tightest[0], distance / bounds.sharper());
              tightest[1] = Math.max(tightest[1], distance / bounds.published());
            }
          }
        }
      }
    }
    assertThat(said[0]).isGreaterThan(100);
    assertThat(said[1]).isGreaterThan(100);
    // A bound with a constant that is too small would have been caught: some trees come this near.
    assertThat(tightest[0]).isGreaterThan(.9);
    assertThat(tightest[1]).isGreaterThan(.5);
  }

  @Test
  void noConstantOfTheBracketCanBeSmaller() {
    double[] tightest = new double[2];
    everywhere(
        (law, one, other, kept) -> {
          Set<String> rest = law.rest(one);
          if (!rest.isEmpty()) {
            double near = 1 - law.distance(one, rest, kept);
            double lost = 1 - law.consistency(one, kept);
            double weight = (1 - law.probability(one)) / law.probability(one);
            if (near > 1e-6) {
              tightest[0] = Math.max(tightest[0], lost / near / Math.max(1, weight));
              tightest[1] = Math.max(tightest[1], Math.min(1, weight) * near / 2 / lost);
            }
          }
        });
    assertThat(tightest[0]).isBetween(.95, 1 + 1e-9);
    assertThat(tightest[1]).isBetween(.95, 1 + 1e-9);
  }

  @Test
  void classesOnlyComeApartAsMoreIsKept() {
    everywhere(
        (law, one, other, kept) -> {
          if (kept > 0) {
            assertThat(law.distance(one, other, kept))
                .isGreaterThanOrEqualTo(law.distance(one, other, kept - 1) - ROOM);
          }
        });
  }
}
