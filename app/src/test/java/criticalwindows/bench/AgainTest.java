package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgainTest {
  private static GivenCurve curve(int[] kept, double... values) {
    return new GivenCurve("a", 3, 1000, kept, values, new double[kept.length]);
  }

  /// From 0 to .5: a window is found where at least half of the outcomes after it agree. By
  /// python3: sum(comb(n, k) for k in range(ceil(n / 2), n + 1)) / 2 ** n.
  @Test
  void aWindowIsFoundAsOftenAsTheBinomialSays() {
    List<Again> rows = Again.rows(List.of(curve(new int[] {499, 500}, 0, .5)), 4000);
    assertThat(rows).extracting(Again::each).containsExactly(25, 100, 400, 1600);
    double[] exact = {.5, .539795, .519935, .509973};
    for (int i = 0; i < exact.length; i++) {
      Again row = rows.get(i);
      assertThat(row.found().value()).isCloseTo(exact[i], within(.024));
      assertThat(row.near().value()).isEqualTo(1);
      assertThat(row.rollouts().value()).isEqualTo(2.0 * row.each());
    }
  }

  /// Two rises that pass .5 by as little: whichever passes it, and of both the first, is the
  /// window. With p = P(one passes) it lies at the first in p of p + (1 - p) p.
  @Test
  void ofTwoRisesAlikeItIsTheOneThatPasses() {
    GivenCurve two = curve(new int[] {99, 100, 899, 900}, 0, .5, 0, .5);
    Again row = Again.rows(List.of(two), 4000).get(1);
    double p = .539795;
    assertThat(row.found().value()).isCloseTo(1 - (1 - p) * (1 - p), within(.02));
    assertThat(row.near().value()).isCloseTo(1 / (2 - p), within(.025));
  }

  @Test
  void broadWindowsAndFlatCurvesHaveNone() {
    GivenCurve broad = curve(new int[] {0, 500}, 0, 1);
    GivenCurve flat = curve(new int[] {0, 1000}, .4, .5);
    assertThat(Again.rows(List.of(broad, flat), 10)).isEmpty();
  }
}
