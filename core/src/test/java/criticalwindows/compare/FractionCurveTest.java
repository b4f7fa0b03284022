package criticalwindows.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.compare.FractionCurve.Point;
import criticalwindows.dataset.Problem;
import criticalwindows.outcome.Continued;
import criticalwindows.outcome.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FractionCurveTest {
  private static final FractionCurve CURVE =
      new FractionCurve(List.of(new Point(.25, .2), new Point(.5, .6), new Point(1, 1)));

  private record Kind(String show) implements Outcome {
    @Override
    public boolean readable() {
      return true;
    }
  }

  @Test
  void betweenCutsItIsStraightAndOutsideOfThemNothing() {
    assertThat(CURVE.at(.25).getAsDouble()).isEqualTo(.2);
    assertThat(CURVE.at(.375).getAsDouble()).isCloseTo(.4, within(1e-12));
    assertThat(CURVE.at(.75).getAsDouble()).isCloseTo(.8, within(1e-12));
    assertThat(CURVE.at(1).getAsDouble()).isEqualTo(1);
    assertThat(CURVE.at(.2)).isEmpty();
    assertThat(new FractionCurve(List.of()).at(.5)).isEmpty();
  }

  @Test
  void itsMeanIsTheAreaUnderItByItsLength() {
    // .25 · .4 + .5 · .8 of a length of .75.
    assertThat(CURVE.mean(.25, 1).getAsDouble()).isCloseTo(.5 / .75, within(1e-12));
    assertThat(CURVE.mean(.375, .75).getAsDouble())
        .isCloseTo((.125 * .5 + .25 * .7) / .375, within(1e-12));
    assertThat(CURVE.mean(0, 1)).isEmpty();
    assertThat(CURVE.mean(.5, .5)).isEmpty();
  }

  @Test
  void ofAResponseItEndsAtOne() {
    SortedMap<Integer, List<? extends Outcome>> byCut = new TreeMap<>();
    byCut.put(0, Collections.nCopies(4, new Kind("no")));
    byCut.put(10, List.of(new Kind("yes"), new Kind("no"), new Kind("yes"), new Kind("yes")));
    Problem item = Problem.open("mine", "talk", "Will you?");
    FractionCurve curve = FractionCurve.of(new Continued(item, 40, new Kind("yes"), byCut));
    assertThat(curve.points())
        .containsExactly(new Point(0, 0), new Point(.25, .75), new Point(1, 1));
  }

  @Test
  void fractionsGrow() {
    assertThatThrownBy(() -> new FractionCurve(List.of(new Point(.5, 1), new Point(.5, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
