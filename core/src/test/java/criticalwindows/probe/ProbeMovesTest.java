package criticalwindows.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Interval;
import criticalwindows.stats.MedianEstimate;
import criticalwindows.stats.Proportion;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProbeMovesTest {
  private static ProbeCurve curve(double... probability) {
    return new ProbeCurve(
        "one",
        "p",
        "yes",
        IntStream.range(0, probability.length).boxed().toList(),
        DoubleStream.of(probability).boxed().toList());
  }

  private static ProbeMoves.Beside beside(ProbeCurve curve, double centre) {
    return new ProbeMoves.Beside(curve, centre, new Interval(centre - 1, centre + 1));
  }

  @Test
  void aStepIsFoundWhereItIs() {
    assertThat(ProbeMove.of(curve(.25, .25, .25, .75, .75))).contains(new ProbeMove(2.5, .25, .75));
    ProbeMove sparse =
        ProbeMove.of(new ProbeCurve("one", "p", "yes", List.of(0, 10, 40), List.of(.25, .25, .75)))
            .orElseThrow();
    assertThat(sparse).isEqualTo(new ProbeMove(25, .25, .75));
  }

  @Test
  void aSpikeIsNoStep() {
    ProbeMove move = ProbeMove.of(curve(.1, .9, .1, .1, .1, .1, .8, .8, .8, .8)).orElseThrow();
    assertThat(move.kept()).isEqualTo(5.5);
    assertThat(move.after()).isCloseTo(.8, within(1e-12));
  }

  @Test
  void whatFallsOrStaysDoesNotRise() {
    assertThat(ProbeMove.of(curve(.9, .9, .1, .1))).isEmpty();
    assertThat(ProbeMove.of(curve(.5, .5, .55, .55))).isEmpty();
    assertThat(ProbeMove.of(curve(.5))).isEmpty();
  }

  @Test
  void noiseMovesItLittle() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 200; round++) {
      int at = random.nextInt(10, 50);
      double[] values = new double[60];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.clamp((i < at ? .2 : .8) + .1 * random.nextGaussian(), 0, 1);
      }
      assertThat(ProbeMove.of(curve(values)).orElseThrow().kept()).isCloseTo(at - .5, within(1.));
    }
  }

  @Test
  void aStudySaysWhetherItMovesBeforeAtOrAfter() {
    ProbeCurve rises = curve(.1, .1, .1, .9, .9, .9);
    ProbeMoves moves =
        ProbeMoves.of(
            List.of(
                beside(rises, 5.5),
                beside(rises, 3.5),
                beside(rises, .5),
                beside(curve(.5, .5), 1)));
    assertThat(moves.before()).isEqualTo(new Proportion(1, 4));
    assertThat(moves.at()).isEqualTo(new Proportion(1, 4));
    assertThat(moves.after()).isEqualTo(new Proportion(1, 4));
    assertThat(moves.still()).isEqualTo(new Proportion(1, 4));
    assertThat(moves.lag()).contains(new MedianEstimate(-1, new Interval(-3, 2), 3));
    assertThat(ProbeMoves.of(List.of()).lag()).isEmpty();
  }

  @Test
  void theMediansIntervalIsThatOfItsRanks() {
    // n = 20: ranks 6 and 15 leave .0207 on either side, exactly.
    double[] values = IntStream.rangeClosed(1, 20).asDoubleStream().toArray();
    assertThat(MedianEstimate.of(values))
        .contains(new MedianEstimate(10.5, new Interval(6, 15), 20));
  }

  @Test
  void aCurveIsRefusedThatCannotBe() {
    assertThatThrownBy(() -> curve()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> curve(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProbeCurve("one", "p", "yes", List.of(3, 3), List.of(.1, .2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
