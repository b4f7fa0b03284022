package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.experiment.WindowFinding;
import criticalwindows.localise.Prior;
import criticalwindows.stats.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table of `cw bench localise`, small: a fixed seed, and room for chance.
class CalibrationTest {
  private static final double ROOM = .03;

  private final List<Calibration.Row> rows =
      new Calibration(Prior.STANDARD, WindowFinding.CLAIM, .9).rows(120);

  @Test
  void intervalsHoldAsOftenAsTheySay() {
    assertThat(rows.stream().filter(row -> row.coverage().size() == 3)).hasSizeGreaterThan(5);
    for (Calibration.Row row : rows) {
      row.coverage()
          .forEach(
              (quantity, coverage) -> {
                Interval chance = coverage.held().wilson(.999);
                assertThat(coverage.stated())
                    .as("%s %s: %s", row.shape(), quantity, coverage)
                    .isBetween(chance.low() - ROOM, chance.high() + ROOM);
              });
    }
  }

  @Test
  void nothingIsClaimedOnFlatCurves() {
    Calibration.Row flat = rows.getFirst();
    assertThat(flat.shape()).isEqualTo("flat");
    assertThat(flat.claimed().successes()).isLessThanOrEqualTo(4);
  }
}
