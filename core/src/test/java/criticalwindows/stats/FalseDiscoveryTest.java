package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {
  /// Benjamini and Hochberg (1995), section 3.2: fifteen p-values, of which four survive at .05.
  @Test
  void fourOfThePaperFifteenSurvive() {
    List<Double> p =
        List.of(
            .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
            .6528, .7590, 1.0);
    List<Double> q = FalseDiscovery.benjaminiHochberg(p);
    assertThat(q).filteredOn(value -> value <= .05).hasSize(4);
    assertThat(q.get(3)).isCloseTo(.0095 * 15 / 4, within(1e-15));
    assertThat(q.get(4)).isCloseTo(.0201 * 3, within(1e-15));
  }

  @Test
  void theOrderOfTheTestsIsKept() {
    assertThat(FalseDiscovery.benjaminiHochberg(List.of(.9, .01, .04)))
        .containsExactly(.9, .03, .06);
  }

  @Test
  void aBayesianQIsTheMeanOverAllThatAreSurer() {
    List<Double> q = FalseDiscovery.bayesian(List.of(.5, .01, .03));
    assertThat(q.get(1)).isCloseTo(.01, within(1e-15));
    assertThat(q.get(2)).isCloseTo(.02, within(1e-15));
    assertThat(q.get(0)).isCloseTo(.18, within(1e-15));
  }
}
