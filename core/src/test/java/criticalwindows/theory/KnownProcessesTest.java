package criticalwindows.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.model.ToyModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Three processes whose windows are known by hand.
class KnownProcessesTest {
  /// Decisions at 2, 5, 8, 11 and 14 with P(1) = .7, .6, .6, .5, .8; the target is 1, 1, 0, 1, 1.
  private static final FiniteLaw DECISIONS =
      FiniteLaw.of(new ToyModel.OrderedDecisions(List.of(.7, .6, .6, .5, .8)));

  private static final int TARGET = 0b11011;

  @Test
  void theStaircaseOfOrderedDecisions() {
    double[] plateaus = {.0672, .0960, .16, .40, .80, 1};
    for (int kept = 0; kept <= 15; kept++) {
      int made = kept == 15 ? 5 : kept / 3;
      assertThat(DECISIONS.consistency(Set.of("$27$"), kept))
          .as("%s tokens kept", kept)
          .isEqualTo(plateaus[made], within(1e-12));
    }
  }

  @Test
  void onAPlateauNoisingTheTargetGivesTheLawOfTheSubTree() {
    for (int made = 0; made <= 5; made++) {
      Set<String> subTree = subTree(made);
      int last = made == 5 ? 15 : 3 * made + 2;
      for (int kept = 3 * made; kept <= last; kept++) {
        assertThat(DECISIONS.distanceAfter(Set.of("$27$"), subTree, kept))
            .isEqualTo(0, within(1e-12));
      }
      if (made > 0) {
        assertThat(DECISIONS.distanceAfter(Set.of("$27$"), subTree, 3 * made - 1))
            .isGreaterThan(.1);
      }
    }
  }

  @Test
  void eachWindowIsOneToken() {
    for (double epsilon : new double[] {.01, .1}) {
      Windows windows = new Windows(DECISIONS, epsilon);
      for (int made = 1; made <= 5; made++) {
        assertThat(windows.apart(subTree(made))).isEqualTo(3 * made);
        assertThat(windows.before(subTree(made), subTree(made - 1))).contains(3 * made - 1);
        Windows.Claim claim = windows.claim(Set.of("$27$"), subTree(made));
        assertThat(claim.from()).isEqualTo(3 * made);
        assertThat(claim.to()).isEqualTo(made == 5 ? 15 : 3 * made + 2);
      }
    }
  }

  @Test
  void theTheoremHoldsForEveryPairOfSubTreesAndLeaves() {
    Windows windows = new Windows(DECISIONS, .2);
    for (int made = 0; made <= 5; made++) {
      for (int other = 0; other <= 5; other++) {
        Windows.Claim claim = windows.claim(subTree(made), subTree(other));
        for (int kept = claim.from(); kept <= claim.to(); kept++) {
          assertThat(DECISIONS.distanceAfter(subTree(made), subTree(other), kept))
              .isLessThanOrEqualTo(claim.bounds().sharper())
              .isLessThanOrEqualTo(claim.bounds().published());
        }
      }
    }
  }

  /// The answers that agree with the target's first decisions.
  private static Set<String> subTree(int made) {
    return IntStream.range(0, 32)
        .filter(leaf -> leaf >> (5 - made) == TARGET >> (5 - made))
        .mapToObj(leaf -> "$" + leaf + "$")
        .collect(Collectors.toSet());
  }

  @Test
  void aClaimSaysWhyItSaysNothing() {
    Windows windows = new Windows(DECISIONS, .1);
    assertThat(windows.claim(Set.of("$27$"), Set.of("$27$")).words()).isEqualTo("holds");
    assertThat(windows.claim(Set.of("$0$"), Set.of("$27$")).words())
        .isEqualTo("vacuous: T_end > T_start");
    assertThat(new Windows(DECISIONS, .6).claim(Set.of("$27$"), Set.of("$27$")).words())
        .isEqualTo("vacuous: the bound is 1 or more");
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 4", "3, 5", "5, 5"})
  void maskedTextsByEveryMask(int differing, int length) {
    for (double hidden : new double[] {0, .1, .5, .9, 1}) {
      Map<String, double[]> seen = new HashMap<>();
      for (int mask = 0; mask < 1 << length; mask++) {
        double probs =
            Math.pow(hidden, Integer.bitCount(mask))
                * Math.pow(1 - hidden, length - Integer.bitCount(mask));
        for (int which = 0; which < 2; which++) {
          seen.computeIfAbsent(shown(mask, which, differing, length), name -> new double[2])[
                  which] +=
              probs;
        }
      }
      double apart = 0;
      double kept = 0;
      for (double[] probs : seen.values()) {
        apart += Math.abs(probs[0] - probs[1]) / 2;
        kept += probs[0] + probs[1] > 0 ? probs[0] * probs[0] / (probs[0] + probs[1]) : 0;
      }
      MaskedPair pair = new MaskedPair(differing);
      assertThat(pair.distance(hidden)).isEqualTo(apart, within(1e-12));
      assertThat(pair.distanceAfter(hidden)).isEqualTo(1 - kept, within(1e-12));
    }
  }

  private static String shown(int mask, int which, int differing, int length) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      shown.add((mask >> i & 1) == 1 ? "?" : i < differing ? "" + which : "x");
    }
    return String.join("", shown);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9})
  void theBinomialLawOfAWalkIsTheLawOfItsPaths(int steps) {
    DriftingWalk walk = new DriftingWalk(.1);
    double sum = 0;
    for (int path = 0; path < 1 << steps; path++) {
      int up = Integer.bitCount(path);
      double one = Math.pow(.6, up) * Math.pow(.4, steps - up);
      double other = Math.pow(.4, up) * Math.pow(.6, steps - up);
      sum += Math.abs(one - other) / 2;
    }
    assertThat(walk.distance(steps)).isEqualTo(sum, within(1e-12));
  }

  /// The paper's times: ε² ÷ Δ² − 2 and ln(2 ÷ ε²) ÷ (2 Δ²) steps kept.
  @ParameterizedTest
  @CsvSource({".2, .05", ".3, .05", ".2, .02", ".1, .02"})
  void thePublishedTimesOfAWalkHoldAndItsWindowIsAsWideAsTheyTell(double epsilon, double drift) {
    DriftingWalk walk = new DriftingWalk(drift);
    int before = (int) Math.floor(epsilon * epsilon / (drift * drift) - 2);
    int after = (int) Math.ceil(Math.log(2 / (epsilon * epsilon)) / (2 * drift * drift));
    assertThat(walk.distance(before)).isBetween(epsilon, 1.6 * epsilon);
    assertThat(walk.distance(after)).isGreaterThanOrEqualTo(1 - epsilon * epsilon);
    assertThat(walk.before(epsilon)).isGreaterThanOrEqualTo(before);
    assertThat(walk.after(epsilon)).isLessThanOrEqualTo(after);
    DriftingWalk half = new DriftingWalk(drift / 2);
    double ratio =
        (double) (half.after(epsilon) - half.before(epsilon))
            / (walk.after(epsilon) - walk.before(epsilon));
    assertThat(ratio).isBetween(3.7, 4.3);
  }

  @Test
  void whatIsNoLawIsRefused() {
    assertThatThrownBy(() -> new FiniteLaw(List.of(new FiniteLaw.Text(List.of(1), .5, "a"))))
        .hasMessage("probabilities that sum to 0.5, not to 1");
    assertThatThrownBy(() -> new Bounds(0, 1)).hasMessage("epsilon 0.0, weight 1.0");
    assertThatThrownBy(() -> DECISIONS.distance(Set.of("$99$"), Set.of("$1$"), 3))
        .hasMessage("no text has one of the meanings [$99$]");
    assertThatThrownBy(() -> new MaskedPair(0)).hasMessageContaining("0 tokens");
    assertThatThrownBy(() -> new DriftingWalk(.5)).hasMessage("a drift of 0.5");
  }
}
