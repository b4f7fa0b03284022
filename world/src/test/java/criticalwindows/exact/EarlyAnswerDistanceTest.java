package criticalwindows.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.EarlyAnswerReading;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EarlyAnswerDistanceTest {
  private static EarlyAnswerCell cell(double own, double exact) {
    return new EarlyAnswerCell(3, Map.of(EarlyAnswerReading.OWN, own), own > .5, exact);
  }

  private final List<List<EarlyAnswerCell>> problems =
      List.of(
          List.of(cell(.7, .5), cell(.9, 1)),
          List.of(cell(.2, .3), new EarlyAnswerCell(4, Map.of(), true, .5)),
          List.of(new EarlyAnswerCell(4, Map.of(EarlyAnswerReading.FORCED, .1), true, .5)));

  @Test
  void itIsTheMeanOverProblemsOfTheMeanOverCuts() {
    EarlyAnswerDistance own =
        EarlyAnswerDistance.of(problems, cell -> cell.apart(EarlyAnswerReading.OWN)).orElseThrow();
    assertThat(own.cells()).isEqualTo(3);
    assertThat(own.apart().estimate()).isCloseTo(((.2 + .1) / 2 + .1) / 2, within(1e-12));
    assertThat(own.worth().orElseThrow().estimate())
        .isCloseTo((.25 + 0 + .21) / (.04 + .01 + .01), within(1e-12));
    EarlyAnswerDistance said =
        EarlyAnswerDistance.of(problems, cell -> OptionalDouble.of(cell.saidApart())).orElseThrow();
    assertThat(said.cells()).isEqualTo(5);
    assertThat(said.apart().estimate())
        .isCloseTo(((.5 + 0) / 2 + (.3 + .5) / 2 + .5) / 3, within(1e-12));
  }

  @Test
  void exactReadingsAreWorthMoreThanAnyNumberOfContinuations() {
    EarlyAnswerDistance exact =
        EarlyAnswerDistance.of(
                List.of(List.of(cell(.5, .5))), cell -> cell.apart(EarlyAnswerReading.OWN))
            .orElseThrow();
    assertThat(exact.apart().estimate()).isZero();
    assertThat(exact.worth()).isEmpty();
    assertThat(
            EarlyAnswerDistance.of(
                problems.subList(0, 2), cell -> cell.apart(EarlyAnswerReading.FORCED)))
        .isEmpty();
  }
}
