package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Curve;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteepestTest {
  private static final Curve EPISODES =
      WindowPosteriorTest.curve(0, 1, 8, 20, 7, 8, 45, 2, 8, 60, 8, 8, 100, 7, 8);

  private static List<DrawnCurve> draws(Curve curve) {
    return CurveDraws.of(new Chain(curve, 100, Prior.STANDARD));
  }

  /// 200 draws: a mean of values in [0, 1] is off by .035 or less with a probability of .68.
  @Test
  void curvesAreDrawnFromThePosterior() {
    List<DrawnCurve> draws = draws(EPISODES);
    List<WindowPosterior.Point> exact = WindowPosterior.of(EPISODES, 100).curve(.9);
    for (int i = 0; i < exact.size(); i++) {
      int place = i;
      assertThat(draws.stream().mapToDouble(curve -> curve.at[place]).average().orElseThrow())
          .isCloseTo(exact.get(i).mean(), within(.06));
    }
  }

  @Test
  void theSameCountsGiveTheSameCurves() {
    List<DrawnCurve> again = draws(EPISODES);
    List<DrawnCurve> draws = draws(EPISODES);
    for (int i = 0; i < draws.size(); i++) {
      assertThat(draws.get(i).at).containsExactly(again.get(i).at);
      assertThat(draws.get(i).steepest()).isEqualTo(again.get(i).steepest());
    }
  }

  @Test
  void theSteepestStretchIsTheShortestThatRisesByHalf() {
    DrawnCurve curve = new DrawnCurve(2);
    curve.ramp(new DrawnCurve.Stretch(0, 40), 0, .8);
    curve.ramp(new DrawnCurve.Stretch(50, 60), .8, .2);
    curve.ramp(new DrawnCurve.Stretch(70, 80), .2, .6);
    curve.ramp(new DrawnCurve.Stretch(85, 90), .6, 1);
    // From .2 at 70 to 1 at 90 there are .3 too much; the flatter ramp rises by so much in 7.5.
    assertThat(curve.steepest()).contains(new DrawnCurve.Stretch(77.5, 90));
  }

  @Test
  void aRampThatRisesFurtherIsSteepestInItsMiddle() {
    DrawnCurve curve = new DrawnCurve(2);
    curve.ramp(new DrawnCurve.Stretch(10, 30), 0, 1);
    assertThat(curve.steepest()).contains(new DrawnCurve.Stretch(15, 25));
  }

  @Test
  void whatOnlyFallsHasNoSteepestRise() {
    DrawnCurve curve = new DrawnCurve(2);
    curve.ramp(new DrawnCurve.Stretch(10, 30), 1, 0);
    Steepest steepest = new Steepest(List.of(curve), 5);
    assertThat(curve.steepest()).isEmpty();
    assertThat(steepest.rises()).isZero();
    assertThat(steepest.place(.9, 100)).isEmpty();
  }

  /// Three of four curves rise between 40 and 51, one at 90; 5 tokens from a stretch is near.
  @Test
  void thePlaceIsNearToTheMost() {
    Steepest steepest = new Steepest(List.of(step(40), step(46), step(50), step(90)), 5);
    assertThat(steepest.sure()).isEqualTo(.75);
    assertThat(steepest.place(.7, 100).orElseThrow().mean()).isBetween(45.0, 46.0);
    assertThat(steepest.place(.7, 100).orElseThrow().probability()).isEqualTo(.75);
    Credible all = steepest.place(.9, 100).orElseThrow();
    assertThat(all.probability()).isEqualTo(1);
    assertThat(all.interval().holds(90)).isTrue();
  }

  /// At the first place all curves agree; at the second the outcome is what tells 40 from 90.
  @Test
  void anOutcomeIsWorthWhatItSaysOfThePlace() {
    DrawnCurve early = step(40);
    DrawnCurve late = step(90);
    early.at[1] = 1 - 1e-9;
    late.at[1] = 1e-9;
    early.at[0] = .5;
    late.at[0] = .5;
    Steepest steepest = new Steepest(List.of(early, late), 5);
    assertThat(steepest.at(0).where()).isCloseTo(0, within(1e-9));
    assertThat(steepest.at(1).where()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(steepest.at(1).curve()).isCloseTo(Math.log(2), within(1e-6));
  }

  private static DrawnCurve step(double at) {
    DrawnCurve curve = new DrawnCurve(2);
    curve.ramp(new DrawnCurve.Stretch(at, at + 1), 0, 1);
    return curve;
  }
}
