package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class AdaptiveSearchTest {
  private final AdaptiveSearch search = AdaptiveSearch.STANDARD;

  /// A search on a curve, move by move; the last curve is all that was seen.
  private List<Curve> searched(int length, IntToDoubleFunction p, long seed) {
    return searched(search, length, p, seed);
  }

  private static List<Curve> searched(
      AdaptiveSearch search, int length, IntToDoubleFunction p, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, Proportion> counts = new TreeMap<>();
    List<Curve> seen = new ArrayList<>(List.of(new Curve(List.of())));
    while (search.next(seen.getLast(), length) instanceof Move.Sample sample) {
      for (Move.Draw draw : sample.draws()) {
        for (int i = 0; i < draw.count(); i++) {
          boolean same = random.nextDouble() < p.applyAsDouble(draw.position());
          counts.merge(draw.position(), new Proportion(same ? 1 : 0, 1), Proportion::plus);
        }
      }
      List<Curve.Point> points = new ArrayList<>();
      counts.forEach((position, count) -> points.add(new Curve.Point(position, count)));
      seen.add(new Curve(points));
    }
    return seen;
  }

  private static long rollouts(Curve curve) {
    return curve.points().stream().mapToLong(point -> point.proportion().trials()).sum();
  }

  @Test
  void aStepIsFoundWhereItIs() {
    for (long seed = 1; seed <= 5; seed++) {
      Curve seen = searched(600, kept -> kept < 437 ? .15 : .95, seed).getLast();
      Credible place = search.found(seen, 600).orElseThrow().place();
      assertThat(place.mean()).isBetween(437 - 30.0, 437 + 30.0);
      assertThat(rollouts(seen)).isLessThanOrEqualTo(search.settings().budget());
    }
  }

  @Test
  void aFlatCurveIsLeftEarlyAndNothingIsClaimed() {
    Curve seen = searched(600, kept -> .97, 3).getLast();
    assertThat(search.found(seen, 600)).isEmpty();
    assertThat(rollouts(seen)).isLessThan(search.settings().budget() / 2);
    assertThat(search.next(seen, 600)).isEqualTo(new Move.Stop("no window"));
  }

  /// At one half every outcome is as open as can be, and yet says nothing of a window.
  @Test
  void whereNoOutcomeIsWorthItsPriceTheSearchEnds() {
    for (long seed = 1; seed <= 5; seed++) {
      Curve seen = searched(600, kept -> .5, seed).getLast();
      AdaptiveSearch.Choice last = search.choose(seen, 600);
      assertThat(last.move()).isEqualTo(new Move.Stop("no window"));
      assertThat(last.belief().orElseThrow().nats()).isLessThan(1.5 / 120);
      assertThat(search.found(seen, 600)).isEmpty();
      assertThat(rollouts(seen)).isLessThan(search.settings().budget());
    }
  }

  /// A search that is never content with a place goes on until it is not worth more, and claims it.
  @Test
  void aWindowIsClaimedWhereNoOutcomeWouldSayMoreOfIt() {
    AdaptiveSearch.Settings never = new AdaptiveSearch.Settings(120, .05, .95, -1, .5, 24, 1, 4);
    AdaptiveSearch discontent = new AdaptiveSearch(search.prior(), never);
    Curve seen = searched(discontent, 600, kept -> kept < 437 ? .05 : .95, 1).getLast();
    assertThat(discontent.next(seen, 600)).isEqualTo(new Move.Stop("no outcome would say enough"));
    assertThat(discontent.found(seen, 600)).isPresent();
    assertThat(rollouts(seen)).isLessThan(120);
  }

  @Test
  void whoAllowsMoreRolloutsPaysMoreForAnOutcomeAndWhoAllowsFewerNoLess() {
    Curve seen = searched(600, kept -> .5, 1).getLast();
    assertThat(AdaptiveSearch.of(.05, .95, 1000).next(seen, 600)).isInstanceOf(Move.Sample.class);
    List<Curve> all = searched(600, kept -> kept < 200 ? .3 : .7, 2);
    AdaptiveSearch few = AdaptiveSearch.of(.05, .95, 60);
    for (Curve curve : all.subList(1, all.size())) {
      assertThat(few.next(curve, 600) instanceof Move.Stop)
          .isEqualTo(rollouts(curve) >= 60 || search.next(curve, 600) instanceof Move.Stop);
    }
  }

  @Test
  void replayedFromItsCountsItTakesTheSameSteps() {
    List<Curve> seen = searched(300, kept -> kept < 100 ? .3 : .7, 4);
    assertThat(seen).hasSizeGreaterThan(3);
    for (Curve curve : seen) {
      assertThat(search.next(curve, 300))
          .isEqualTo(new AdaptiveSearch(search.prior(), search.settings()).next(curve, 300));
    }
  }

  /// The end is known, and what was decided at the very end is found in front of it.
  @Test
  void anEndThatIsKnownIsNeverSampled() {
    for (int step : new int[] {150, 299, 301}) {
      SplittableRandom random = new SplittableRandom(step);
      Map<Integer, Proportion> counts = new TreeMap<>();
      Curve seen = new Curve(List.of()).endingAt(new Curve.End(301, true));
      while (search.next(seen, 301) instanceof Move.Sample sample) {
        for (Move.Draw draw : sample.draws()) {
          assertThat(draw.position()).isLessThan(301);
          for (int i = 0; i < draw.count(); i++) {
            boolean same = random.nextDouble() < (draw.position() < step ? .2 : .97);
            counts.merge(draw.position(), new Proportion(same ? 1 : 0, 1), Proportion::plus);
          }
        }
        List<Curve.Point> points = new ArrayList<>();
        counts.forEach((position, count) -> points.add(new Curve.Point(position, count)));
        seen = new Curve(points).endingAt(new Curve.End(301, true));
      }
      assertThat(search.found(seen, 301).orElseThrow().place().mean())
          .isBetween(step - 16.0, step + 16.0);
    }
  }

  @Test
  void aResponseOfOneTokenHasTwoPositions() {
    Move.Sample first = (Move.Sample) search.next(new Curve(List.of()), 1);
    assertThat(first.draws()).extracting(Move.Draw::position).containsExactly(0, 1);
    assertThat(searched(1, kept -> kept == 0 ? .1 : .9, 1)).hasSizeGreaterThan(1);
  }

  @Test
  void aBudgetIsNeverOverspentByAMove() {
    AdaptiveSearch.Settings settings = new AdaptiveSearch.Settings(7, .05, .9, .05, .15, 3, 2, 4);
    Curve seen = WindowPosteriorTest.curve(0, 1, 2, 50, 2, 2, 100, 2, 2);
    Move.Sample move = (Move.Sample) new AdaptiveSearch(Prior.STANDARD, settings).next(seen, 100);
    assertThat(move.draws()).extracting(Move.Draw::count).containsExactly(1);
  }
}
