package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.bench.MeanCoverage.Samples;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Intervals of means over problems hold, on every law, about what they state: the bars are .92
/// from 10 problems on and .90 for 5, where problems have equal numbers of samples.
class MeanCoverageTest {
  @Test
  void intervalsHoldOnEveryLaw() {
    // 400 studies at .92 have a standard error of .014.
    check(MeanCoverage.of(List.of(5, 10, 20), 400, 20), .03);
  }

  @Test
  @Tag("soak")
  void intervalsHoldOnEveryLawInManyStudies() {
    check(MeanCoverage.of(List.of(5, 7, 10, 15, 20, 50, 200), 10_000, 21), .003);
  }

  private static void check(List<MeanCoverage> rows, double chance) {
    for (MeanCoverage row : rows) {
      double bar = row.problems() >= 10 ? .92 : .90;
      double least = row.samples() == Samples.UNEQUAL ? 0 : bar - chance;
      assertThat(row.held()).as("%s", row).isGreaterThanOrEqualTo(least);
      assertThat(row.width()).as("%s", row).isBetween(0.0, 1.0);
    }
  }
}
