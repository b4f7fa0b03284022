package criticalwindows.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.StumpReading;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StumpDistanceTest {
  private static StumpCell cell(double own, double exact) {
    return new StumpCell(3, Map.of(StumpReading.OWN, own), own > .5, exact);
  }

  private final List<List<StumpCell>> problems =
      List.of(
          List.of(cell(.7, .5), cell(.9, 1)),
          List.of(cell(.2, .3), new StumpCell(4, Map.of(), true, .5)),
          List.of(new StumpCell(4, Map.of(StumpReading.FORCED, .1), true, .5)));

  @Test
  void itIsTheMeanOverProblemsOfTheMeanOverCuts() {
    StumpDistance own =
        StumpDistance.of(problems, cell -> cell.apart(StumpReading.OWN)).orElseThrow();
    assertThat(own.cells()).isEqualTo(3);
    assertThat(own.apart().estimate()).isCloseTo(((.2 + .1) / 2 + .1) / 2, within(1e-12));
    assertThat(own.worth().orElseThrow().estimate())
        .isCloseTo((.25 + 0 + .21) / (.04 + .01 + .01), within(1e-12));
    StumpDistance said =
        StumpDistance.of(problems, cell -> OptionalDouble.of(cell.saidApart())).orElseThrow();
    assertThat(said.cells()).isEqualTo(5);
    assertThat(said.apart().estimate())
        .isCloseTo(((.5 + 0) / 2 + (.3 + .5) / 2 + .5) / 3, within(1e-12));
  }

  @Test
  void exactReadingsAreWorthMoreThanAnyNumberOfContinuations() {
    StumpDistance exact =
        StumpDistance.of(List.of(List.of(cell(.5, .5))), cell -> cell.apart(StumpReading.OWN))
            .orElseThrow();
    assertThat(exact.apart().estimate()).isZero();
    assertThat(exact.worth()).isEmpty();
    assertThat(StumpDistance.of(problems.subList(0, 2), cell -> cell.apart(StumpReading.FORCED)))
        .isEmpty();
  }
}
