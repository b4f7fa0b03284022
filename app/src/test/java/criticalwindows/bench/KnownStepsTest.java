package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.localise.Credible;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownStepsTest {
  private static KnownSteps.Trial trial(double rise, double at, Claim claim) {
    Credible place = new Credible(12, new Interval(10, 14), .94);
    return new KnownSteps.Trial(rise, at, claim == Claim.YES, place, 40);
  }

  private enum Claim {
    YES,
    NO
  }

  @Test
  void aRowCountsClaimsAndHowOftenTheirIntervalHoldsTheStep() {
    KnownSteps steps =
        new KnownSteps(
            List.of(
                trial(.6, 11.5, Claim.YES),
                trial(.7, 20.5, Claim.YES),
                trial(1, 11.5, Claim.NO),
                trial(.1, 11.5, Claim.NO)));
    KnownSteps.Row large = steps.rows().getLast();
    assertThat(large.claimed()).isEqualTo(new Proportion(2, 3));
    assertThat(large.held()).isEqualTo(new Proportion(1, 2));
    assertThat(large.stated()).isEqualTo(.94);
    assertThat(large.rollouts()).isEqualTo(40);
    assertThat(steps.row(0, .2).claimed()).isEqualTo(new Proportion(0, 1));
    assertThat(steps.rows().stream().mapToLong(row -> row.claimed().trials()).sum()).isEqualTo(4);
  }

  @Test
  void theTableSaysHowManyAndHowSure() {
    LocaliseTable table = new LocaliseTable();
    table.search(new KnownSteps(List.of(trial(.6, 11.5, Claim.YES))));
    assertThat(table.text()).contains("0.50 to 1.00", "1.000 [0.207, 1.000] of 1", "/ 0.940");
    assertThat(table.json()).contains("\"search\"", "\"held\"");
  }
}
