package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteepestTest {
  private static final Curve EPISODES =
      WindowPosteriorTest.curve(0, 1, 8, 20, 7, 8, 45, 2, 8, 60, 8, 8, 100, 7, 8);

  private static List<DrawnCurve> draws(Curve curve) {
    return CurveDraws.of(Chain.of(curve, 100, Prior.STANDARD), 3);
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

  /// The lowest level stands for .0025; a rise from there to .5 is one of .5 all the same.
  @Test
  void aRiseFromTheLowestLevelCountsInFull() {
    Prior certain = new Prior(.5, .25, 1, 2, .2, .5, 0, .5, 1e6, 1);
    Curve counts =
        WindowPosteriorTest.curve(
            0, 10, 4000, 50, 10, 4000, 51, 2000, 4000, 60, 2000, 4000, 90, 3800, 4000);
    for (DrawnCurve curve : CurveDraws.of(Chain.of(counts, 100, certain), 7)) {
      assertThat(curve.steepest()).contains(new DrawnCurve.Stretch(50, 51));
    }
  }

  @Test
  void whatOnlyFallsHasNoSteepestRise() {
    DrawnCurve curve = new DrawnCurve(2);
    curve.ramp(new DrawnCurve.Stretch(10, 30), 1, 0);
    Steepest steepest = steepest(List.of(curve), 5);
    assertThat(curve.steepest()).isEmpty();
    assertThat(steepest.rises()).isZero();
    assertThat(steepest.places(.9, 100)).isEmpty();
  }

  /// Three of four curves rise between 40 and 51, one at 90; 5 tokens from a stretch is near.
  @Test
  void thePlaceIsNearToTheMost() {
    Steepest steepest = steepest(List.of(step(40), step(46), step(50), step(90)), 5);
    assertThat(steepest.sure()).isEqualTo(.75);
    List<Credible> enough = steepest.places(.75, 100);
    assertThat(enough).hasSize(1);
    assertThat(enough.getFirst().mean()).isBetween(45.0, 46.0);
    assertThat(enough.getFirst().interval()).isEqualTo(new Interval(40, 51));
    List<Credible> all = steepest.places(.9, 100);
    assertThat(all).extracting(Credible::probability).containsExactly(.75, .25);
    assertThat(all.getLast().interval().holds(90)).isTrue();
  }

  /// Of 100 curves 90 rise at 40, 6 at 90, and four elsewhere, each by itself.
  @Test
  void aPlaceThatAddsLessThanMayBeMissingIsNotNamed() {
    List<DrawnCurve> curves = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      curves.add(step(i < 90 ? 40 : i < 96 ? 90 : 10 * (i - 96) - .5));
    }
    Steepest steepest = steepest(curves, 2);
    assertThat(steepest.places(.95, 100)).hasSize(2);
    assertThat(steepest.places(.97, 100)).hasSize(2);
    assertThat(steepest.places(.995, 100)).hasSize(6);
  }

  /// Curves drawn from the prior, one outcome at each place: the steepest rise is near to one of
  /// the places named as often as these say.
  @Test
  void onePlaceIsRightAsOftenAsStated() {
    SplittableRandom random = new SplittableRandom(11);
    Chain prior = Chain.of(new Curve(List.of()), 320, AdaptiveSearch.STANDARD.prior());
    double held = 0;
    double stated = 0;
    int rising = 0;
    for (int seed = 1; seed <= 5; seed++) {
      for (DrawnCurve truth : CurveDraws.of(prior, 100 + seed)) {
        for (DrawnCurve.Stretch rise : truth.steepest().stream().toList()) {
          List<Credible> places = seen(prior, truth, random).places(.95, 320);
          rising++;
          held += places.stream().anyMatch(place -> rise.distance(place.mean()) <= 15.5) ? 1 : 0;
          stated += places.stream().mapToDouble(Credible::probability).sum();
        }
      }
    }
    // A share of .85 of 400 has a standard error of .018.
    assertThat(rising).isGreaterThan(400);
    assertThat(held / rising).isCloseTo(stated / rising, within(.045));
    assertThat(stated / rising).isBetween(.75, .95);
  }

  private static Steepest seen(Chain prior, DrawnCurve truth, SplittableRandom random) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < prior.places; i++) {
      boolean same = random.nextDouble() < truth.at[i];
      points.add(new Curve.Point(prior.lattice.place(i), new Proportion(same ? 1 : 0, 1)));
    }
    return WindowPosterior.of(new Curve(points), 320, prior.prior).steepest(15.5);
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
    Steepest steepest = steepest(List.of(early, late), 5);
    assertThat(steepest.at(0).where()).isCloseTo(0, within(1e-9));
    assertThat(steepest.at(1).where()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(steepest.at(1).curve()).isCloseTo(Math.log(2), within(1e-6));
  }

  private static Steepest steepest(List<DrawnCurve> curves, double near) {
    return new Steepest(curves, curves, near);
  }

  private static DrawnCurve step(double at) {
    DrawnCurve curve = new DrawnCurve(2);
    curve.ramp(new DrawnCurve.Stretch(at, at + 1), 0, 1);
    return curve;
  }
}
