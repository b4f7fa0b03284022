package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.PairedMeans.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Contrasts of paired measurements: tests against going through every order, and intervals by how
/// often they hold.
class PairedMeansTest {
  private static final Contrast SLOPE = Contrast.slope(List.of(100.0, 200.0, 400.0));

  private static PairedMeans means(Contrast contrast, List<List<Double>> items) {
    return new PairedMeans(contrast, Scale.SHARE, items);
  }

  private static double p(Contrast contrast, List<List<Double>> items) {
    PValue p = means(contrast, items).pValue(new SplittableRandom(1));
    assertThat(p.error()).isEmpty();
    return p.value();
  }

  private static List<List<Double>> drawn(int items, int runs, RandomGenerator random) {
    List<List<Double>> drawn = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      drawn.add(random.doubles(runs).boxed().toList());
    }
    return drawn;
  }

  /// Every order of every item, one by one.
  private static double byHand(Contrast contrast, List<List<Double>> items) {
    double size = Math.abs(items.stream().mapToDouble(contrast::of).sum());
    List<Double> sums = List.of(0.0);
    for (List<Double> item : items) {
      List<Double> longer = new ArrayList<>();
      for (List<Double> order : orders(item)) {
        sums.forEach(sum -> longer.add(sum + contrast.of(order)));
      }
      sums = longer;
    }
    long beyond = sums.stream().filter(sum -> Math.abs(sum) >= size - 1e-9).count();
    return (double) beyond / sums.size();
  }

  private static List<List<Double>> orders(List<Double> values) {
    if (values.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Double>> orders = new ArrayList<>();
    for (int first = 0; first < values.size(); first++) {
      List<Double> rest = new ArrayList<>(values);
      double taken = rest.remove(first);
      for (List<Double> order : orders(rest)) {
        List<Double> whole = new ArrayList<>(List.of(taken));
        whole.addAll(order);
        orders.add(whole);
      }
    }
    return orders;
  }

  @Test
  void aTestCountsEveryOrder() {
    SplittableRandom random = new SplittableRandom(3);
    for (int items = 1; items <= 9; items++) {
      List<List<Double>> pairs = drawn(items, 2, random);
      assertThat(p(Contrast.DIFFERENCE, pairs))
          .isCloseTo(byHand(Contrast.DIFFERENCE, pairs), within(1e-12));
    }
    for (int items = 1; items <= 6; items++) {
      List<List<Double>> series = drawn(items, 3, random);
      assertThat(p(SLOPE, series)).isCloseTo(byHand(SLOPE, series), within(1e-12));
    }
    List<List<Double>> ties =
        List.of(
            List.of(.2, .4, .4), List.of(.1, .1, .1), List.of(0.0, 1.0, 1.0), List.of(.3, .2, .1));
    assertThat(p(SLOPE, ties)).isCloseTo(byHand(SLOPE, ties), within(1e-12));
  }

  @Test
  void ofYesAndNoItIsMcNemarsExactTest() {
    for (int first = 0; first <= 6; first++) {
      for (int second = 0; second <= 6; second++) {
        List<List<Double>> items = new ArrayList<>(List.of(List.of(1.0, 1.0), List.of(0.0, 0.0)));
        IntStream.range(0, first).forEach(i -> items.add(List.of(1.0, 0.0)));
        IntStream.range(0, second).forEach(i -> items.add(List.of(0.0, 1.0)));
        assertThat(p(Contrast.DIFFERENCE, items))
            .isCloseTo(new PairedProportions(1, first, second, 1).pValue(), within(1e-12));
      }
    }
    // Too many to go through one by one, and still exact: their sums are few.
    List<List<Double>> many = new ArrayList<>();
    IntStream.range(0, 240).forEach(i -> many.add(i < 100 ? List.of(1.0, 0.0) : List.of(0.0, 1.0)));
    assertThat(p(Contrast.DIFFERENCE, many))
        .isCloseTo(new PairedProportions(0, 100, 140, 0).pValue(), within(1e-12));
  }

  /// Where the runs are alike, each order is as likely, and so is each p-value.
  @Test
  void itsSizeIsAtMostWhatItStates() {
    SplittableRandom random = new SplittableRandom(4);
    List<List<Double>> ties = new ArrayList<>(drawn(5, 2, random));
    ties.addAll(List.of(List.of(0.0, 1.0), List.of(1.0, 0.0), List.of(.5, .5)));
    assertSize(Contrast.DIFFERENCE, drawn(8, 2, random));
    assertSize(Contrast.DIFFERENCE, ties);
    assertSize(SLOPE, drawn(4, 3, random));
  }

  private static void assertSize(Contrast contrast, List<List<Double>> items) {
    List<List<List<Double>>> studies = List.of(List.of());
    for (List<Double> item : items) {
      List<List<List<Double>>> longer = new ArrayList<>();
      for (List<List<Double>> study : studies) {
        for (List<Double> order : orders(item)) {
          List<List<Double>> more = new ArrayList<>(study);
          more.add(order);
          longer.add(more);
        }
      }
      studies = longer;
    }
    List<Double> ps = studies.stream().map(study -> p(contrast, study)).toList();
    for (double alpha : List.of(.01, .05, .1, .3, 1.0)) {
      double size = (double) ps.stream().filter(p -> p <= alpha).count() / ps.size();
      assertThat(size).isLessThanOrEqualTo(alpha + 1e-12);
    }
    // It is no empty promise: the sizes are those that there can be.
    assertThat(ps.stream().mapToDouble(p -> p).min().orElseThrow())
        .isLessThanOrEqualTo(2.01 / ps.size() * 2);
  }

  @Test
  void whereThereAreTooManyOrdersSomeAreDrawnAndTheErrorIsSaid() {
    SplittableRandom random = new SplittableRandom(5);
    Contrast slope = Contrast.slope(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0));
    List<List<Double>> series =
        List.of(List.of(.1, .2, .15, .4, .3, .5), List.of(0.0, 0.0, 0.0, 1.0, 0.0, 1.0));
    PValue p = means(slope, series).pValue(random);
    assertThat(p.error()).isPresent();
    assertThat(p.value()).isCloseTo(byHand(slope, series), within(5 * p.error().orElseThrow()));
    // Sixty differences have 2^60 sums.
    PValue many = means(Contrast.DIFFERENCE, drawn(60, 2, random)).pValue(random);
    assertThat(many.error().orElseThrow()).isBetween(0.0, .004);
    List<List<Double>> apart = new ArrayList<>();
    drawn(60, 1, random).forEach(one -> apart.add(List.of(0.0, one.getFirst())));
    // No p-value from draws is 0.
    assertThat(means(Contrast.DIFFERENCE, apart).pValue(random).value()).isEqualTo(1 / 20_000.0);
  }

  @Test
  void equalMeasurementsDoNotDiffer() {
    PairedMeans same = means(Contrast.DIFFERENCE, List.of(List.of(.3, .3), List.of(1.0, 1.0)));
    assertThat(same.estimate()).isZero();
    assertThat(same.pValue(new SplittableRandom(1)).value()).isEqualTo(1);
    // Rare items that differ may not have been met.
    Interval interval = same.interval(.95).orElseThrow();
    assertThat(interval.holds(0)).isTrue();
    assertThat(interval.low()).isNegative().isCloseTo(-interval.high(), within(1e-12));
    PairedMeans places =
        new PairedMeans(
            Contrast.DIFFERENCE, Scale.PLACE, List.of(List.of(.3, .3), List.of(.5, .5)));
    assertThat(places.interval(.95)).isEmpty();
  }

  @Test
  void oneItemHasNoInterval() {
    for (Scale scale : Scale.values()) {
      PairedMeans one = new PairedMeans(Contrast.DIFFERENCE, scale, List.of(List.of(.2, .9)));
      assertThat(one.estimate()).isCloseTo(.7, within(1e-12));
      assertThat(one.interval(.95)).isEmpty();
      assertThat(one.pValue(new SplittableRandom(1)).value()).isEqualTo(1);
    }
  }

  /// By hand: x̄ is 700/3, the squares sum to 46,666.7, and so on.
  @Test
  void aSlopeIsThatOfTheLeastSquaresLine() {
    assertThat(SLOPE.of(List.of(.1, .2, .4))).isCloseTo(.001, within(1e-15));
    assertThat(Contrast.slope(List.of(1.0, 2.0, 3.0)).of(List.of(5.0, 100.0, 9.0)))
        .isCloseTo(2, within(1e-12));
    assertThatThrownBy(() -> Contrast.slope(List.of(2.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Contrast(List.of(1.0, 1.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> means(SLOPE, List.of(List.of(1.0, 2.0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Holm's procedure by hand.
  @Test
  void adjustedValuesGrowAndKeepTheirOrder() {
    assertThat(Holm.adjusted(List.of(.04, .01, .03))).containsExactly(.06, .03, .06);
    assertThat(Holm.adjusted(List.of(.6, .7))).containsExactly(1.0, 1.0);
    assertThat(Holm.adjusted(List.of())).isEmpty();
  }

  /// How often intervals at .95 hold.
  @Test
  void intervalsHold() {
    assertHold(400, .03);
  }

  @Test
  @Tag("soak")
  void intervalsHoldInManyStudies() {
    assertHold(10_000, .003);
  }

  private static void assertHold(int studies, double chance) {
    SplittableRandom random = new SplittableRandom(6);
    for (int items : List.of(5, 10, 30)) {
      double bar = (items == 5 ? .90 : .92) - chance;
      // Two shares of ten continuations each, of problems most of which are decided: no difference.
      assertThat(held(Scale.SHARE, 0, items, studies, random, PairedMeansTest::decided))
          .isGreaterThan(bar);
      // One of ten problems goes from right to wrong.
      assertThat(held(Scale.SHARE, -.1, items, studies, random, PairedMeansTest::rarelyWorse))
          .isGreaterThan(bar);
      // Places with a skew, .1 later on average.
      assertThat(held(Scale.PLACE, .1, items, studies, random, PairedMeansTest::later))
          .isGreaterThan(bar);
    }
  }

  private static double held(
      Scale scale,
      double truth,
      int items,
      int studies,
      RandomGenerator random,
      Function<RandomGenerator, List<Double>> draw) {
    int held = 0;
    for (int study = 0; study < studies; study++) {
      List<List<Double>> values = new ArrayList<>();
      IntStream.range(0, items).forEach(i -> values.add(draw.apply(random)));
      held +=
          new PairedMeans(Contrast.DIFFERENCE, scale, values)
                  .interval(.95)
                  .orElseThrow()
                  .holds(truth)
              ? 1
              : 0;
    }
    return (double) held / studies;
  }

  private static List<Double> decided(RandomGenerator random) {
    double share = random.nextDouble() < .7 ? .98 : random.nextDouble();
    return List.of(tenth(share, random), tenth(share, random));
  }

  private static double tenth(double share, RandomGenerator random) {
    return IntStream.range(0, 10).filter(i -> random.nextDouble() < share).count() / 10.0;
  }

  private static List<Double> rarelyWorse(RandomGenerator random) {
    return random.nextDouble() < .1 ? List.of(1.0, 0.0) : List.of(1.0, 1.0);
  }

  private static List<Double> later(RandomGenerator random) {
    double place = random.nextDouble() * .6;
    double shift = .4 * random.nextDouble() * random.nextDouble();
    return List.of(place, place + shift);
  }
}
