package criticalwindows.bench;

import static criticalwindows.bench.Replays.Group.ALL;
import static criticalwindows.bench.Replays.Group.BROAD;
import static criticalwindows.bench.Replays.Group.EVERY;
import static criticalwindows.bench.Replays.Group.NARROW;
import static criticalwindows.bench.Replays.Group.SIMULATED;
import static criticalwindows.bench.Replays.Group.SIMULATED_ENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Localiser;
import criticalwindows.localise.Move;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplaysTest {
  private static final GivenCurve SHARP =
      new GivenCurve(
          "sharp",
          2,
          1000,
          new int[] {0, 429, 430},
          new double[] {.02, .02, .98},
          new double[] {9, 9, 4});

  private static final GivenCurve STEP =
      new GivenCurve(
          "step", 1, 1000, new int[] {0, 430}, new double[] {.02, .98}, new double[] {9, 4});

  static List<Localiser> localisers() {
    return List.of(
        AdaptiveSearch.STANDARD,
        new Baselines.Cuts(Baselines.Cuts.TWENTY, 50),
        new Baselines.Original(25),
        new Baselines.Stride(50, 25),
        new Baselines.Bisection(25),
        new Baselines.Recursive(.2, 50));
  }

  @ParameterizedTest
  @MethodSource("localisers")
  void everyLocaliserFindsAClearStep(Localiser localiser) {
    ReplayedSearch replay = ReplayedSearch.of(localiser, STEP, new Draws(2));
    assertThat(replay.found()).isPresent();
    assertThat(replay.found().orElseThrow().place().mean()).isCloseTo(430, within(60.0));
  }

  @ParameterizedTest
  @MethodSource("localisers")
  void noLocaliserClaimsAWindowWhereNothingVaries(Localiser localiser) {
    GivenCurve one =
        new GivenCurve("one", 1, 1000, new int[] {0}, new double[] {1}, new double[] {5});
    assertThat(ReplayedSearch.of(localiser, one, new Draws(2)).found()).isEmpty();
  }

  @Test
  void recursiveBisectionHalvesDownToAThousandth() {
    ReplayedSearch replay = ReplayedSearch.of(new Baselines.Recursive(.2, 50), STEP, new Draws(2));
    assertThat(replay.rollouts()).isEqualTo(50 * (2 + 10));
  }

  @Test
  void theOriginalCostsSixLevels() {
    ReplayedSearch replay = ReplayedSearch.of(new Baselines.Original(25), STEP, new Draws(2));
    assertThat(replay.rollouts()).isEqualTo(150);
    assertThat(replay.tokens()).isEqualTo(25 * (3 * 9.0 + 3 * 4.0));
  }

  @Test
  void rowsAreTheSameEveryTime() {
    Replays.Named named = new Replays.Named("bisection", new Baselines.Bisection(25));
    List<Replays.Row> rows = Replays.of(named, List.of(STEP), 20, 20).rows();
    assertThat(Replays.of(named, List.of(STEP), 20, 20).rows()).isEqualTo(rows);
    assertThat(rows).hasSize(Replays.Group.values().length);
  }

  /// Between given positions a curve is a step, but a window lies between positions that are given:
  /// a rise from 0 to 430 of 1,000 is broad, one from 429 to 430 narrow.
  @Test
  void aRowIsAboutTheCurvesOfItsKind() {
    for (GivenCurve curve : List.of(STEP, SHARP)) {
      List<Replays.Group> its =
          curve.id().equals("step") ? List.of(BROAD, ALL, EVERY) : List.of(NARROW, ALL, EVERY);
      Replays.Named named = new Replays.Named("bisection", new Baselines.Bisection(25));
      for (Replays.Row row : Replays.of(named, List.of(curve), 20, 20).rows()) {
        if (its.contains(row.group())) {
          assertThat(row.curves()).isEqualTo(1);
          assertThat(row.figure(Replays.Measure.FOUND).orElseThrow().value()).isEqualTo(1);
          // Both ends and seven halvings.
          assertThat(row.figure(Replays.Measure.ROLLOUTS).orElseThrow().value()).isEqualTo(25 * 9);
        } else if (row.group() == SIMULATED || row.group() == SIMULATED_ENDED) {
          assertThat(row.curves()).isEqualTo(20);
        } else {
          assertThat(row.curves()).isZero();
          assertThat(row.figures()).isEmpty();
        }
      }
    }
  }

  /// Claims two places, whatever it sees: one within 5 % of the window, one without a rise.
  private static final class TwoPlaces implements Localiser {
    @Override
    public Move next(Curve counts, int length) {
      return new Move.Stop("enough");
    }

    @Override
    public Optional<Found> found(Curve counts, int length) {
      return Optional.of(
          new Found(
              List.of(
                  new Credible(800, new Interval(790, 810), .5),
                  new Credible(400, new Interval(390, 410), .25))));
    }
  }

  /// The window is from 429 to 430 of 1,000; places from 379 to 480 are near to it, and those from
  /// 380 to 479.5 or so have the rise near to them.
  @Test
  void placesThatAreNamedAreHeldAgainstChance() {
    Replays.Named named = new Replays.Named("two", new TwoPlaces());
    Replays.Row row = Replays.of(named, List.of(SHARP), 3, 1).rows().getFirst();
    assertThat(row.group()).isEqualTo(NARROW);
    assertThat(value(row, Replays.Measure.NEAR)).isEqualTo(0);
    assertThat(value(row, Replays.Measure.HELD)).isEqualTo(0);
    assertThat(value(row, Replays.Measure.ONE)).isEqualTo(1);
    assertThat(value(row, Replays.Measure.PLACES)).isEqualTo(2);
    assertThat(value(row, Replays.Measure.STATED)).isEqualTo(.75);
    assertThat(value(row, Replays.Measure.CHANCE)).isCloseTo(1 - .899 * .899, within(1e-9));
    assertThat(value(row, Replays.Measure.RISE)).isEqualTo(.5);
    assertThat(value(row, Replays.Measure.RISE_CHANCE)).isCloseTo(.1, within(.003));
  }

  private static double value(Replays.Row row, Replays.Measure measure) {
    return row.figure(measure).orElseThrow().value();
  }

  @Test
  void anIntervalOverClustersIsThatOfTheirSpread() {
    Clusters clusters = new Clusters();
    for (int i = 0; i < 20; i++) {
      clusters.add(i % 2 * 10, 10);
    }
    assertThat(clusters.ratio()).isEqualTo(.5);
    // The share of 20 clusters has a standard error of √(.25 / 20) = .112.
    assertThat(clusters.interval().low()).isCloseTo(.5 - 1.96 * .112, within(.04));
    assertThat(clusters.interval().high()).isCloseTo(.5 + 1.96 * .112, within(.04));
    assertThat(Arrays.asList(clusters.known(), new Clusters().known()))
        .containsExactly(true, false);
  }

  /// A rise behind the last position that is given counts like any other, once its end is known.
  @Test
  void aCurveThatHasEndedRisesToOne() {
    GivenCurve late =
        new GivenCurve("late", 1, 100, new int[] {0, 50}, new double[] {.3, .35}, new double[2]);
    assertThat(late.kind()).isEqualTo(GivenCurve.Kind.FLAT);
    assertThat(late.ended().window()).hasValue(new GivenCurve.Stretch(50, 100));
    assertThat(late.ended().end()).hasValue(new Curve.End(100, true));
    Localiser cuts = new Baselines.Cuts(Baselines.Cuts.SIX, 25);
    assertThat(ReplayedSearch.of(cuts, late.ended(), new Draws(3)).found()).isPresent();
    assertThat(ReplayedSearch.of(cuts, late, new Draws(3)).found()).isEmpty();
  }

  /// A localiser that claims the beginning misses the step, and the miss says what is there.
  @Test
  void aMissSaysWhatWasTakenAndWhatWasThere() {
    Localiser beginning =
        new Localiser() {
          @Override
          public Move next(Curve counts, int length) {
            return new Baselines.Cuts(Baselines.Cuts.TWENTY, 10).next(counts, length);
          }

          @Override
          public Optional<Found> found(Curve counts, int length) {
            return Optional.of(new Found(List.of(new Credible(100, new Interval(50, 150), .9))));
          }
        };
    Replays.Named named = new Replays.Named("beginning", beginning);
    assertThat(Replays.of(named, List.of(STEP), 2, 1).misses()).hasSize(0);
    Miss miss = Replays.of(named, List.of(SHARP), 2, 1).misses().getFirst();
    assertThat(miss.misses()).isEqualTo(2);
    assertThat(miss.taken().at()).isEqualTo(.1);
    assertThat(miss.taken().rise()).isZero();
    assertThat(miss.window().rise()).isGreaterThan(.9);
    assertThat(miss.window().after().estimate()).isGreaterThan(.9);
    assertThat(miss.window().before().estimate()).isLessThan(.1);
  }
}
