package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.experiment.WindowFinding;
import criticalwindows.localise.Prior;
import criticalwindows.stats.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The table of `cw bench localise`, small: a fixed seed, and room for chance.
class CalibrationTest {
  private static final double ROOM = .03;

  private final List<Calibration.Row> rows =
      new Calibration(Prior.STANDARD, WindowFinding.CLAIM, .9).rows(120);

  @Test
  void intervalsHoldAsOftenAsTheySay() {
    assertThat(rows.stream().filter(row -> row.coverage().size() == 3)).hasSizeGreaterThan(5);
    rows.forEach(row -> holds(row, row.coverage()));
  }

  /// Averaged over the prior: whatever the number of windows, it is right about it in proportion.
  @Test
  void theWindowThatRisesMostIsAsOftenThereAsItSays() {
    Calibration.Row prior =
        rows.stream()
            .filter(row -> row.shape().equals("as the prior says"))
            .findAny()
            .orElseThrow();
    assertThat(prior.greatest()).hasSize(3);
    assertThat(prior.greatest().get(Calibration.Quantity.PLACE).held().trials())
        .isGreaterThan(prior.counted().successes());
    holds(prior, prior.greatest());
  }

  private static void holds(
      Calibration.Row row, Map<Calibration.Quantity, Calibration.Coverage> coverage) {
    coverage.forEach(
        (quantity, known) -> {
          Interval chance = known.held().wilson(.999);
          assertThat(known.stated())
              .as("%s %s: %s", row.shape(), quantity, known)
              .isBetween(chance.low() - ROOM, chance.high() + ROOM);
        });
  }

  @Test
  void nothingIsClaimedOnFlatCurves() {
    Calibration.Row flat = rows.getFirst();
    assertThat(flat.shape()).isEqualTo("flat");
    assertThat(flat.claimed().successes()).isLessThanOrEqualTo(4);
  }
}
