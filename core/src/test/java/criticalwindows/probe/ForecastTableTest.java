package criticalwindows.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.probe.PlantedTexts.Shape;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTableTest {
  private static ProbeRow row(int place, String item, int kept, Target target) {
    return new ProbeRow(place, item, "all", "text of " + item, kept, 10, target);
  }

  private static HeldOutForecasts forecasts(String name, List<ProbeRow> rows, double... yes) {
    double[][] both = new double[yes.length][];
    for (int i = 0; i < yes.length; i++) {
      both[i] = new double[] {yes[i], 1 - yes[i]};
    }
    return new HeldOutForecasts(name, rows, both);
  }

  private static ForecastTable.Line line(ForecastTable table, String name, WindowPart part) {
    return table.lines().stream()
        .filter(line -> line.forecaster().equals(name) && line.part() == part)
        .findFirst()
        .orElseThrow();
  }

  private static OutcomeNoise noise(ForecastTable table) {
    return Objects.requireNonNull(table.noise().get(WindowPart.ALL));
  }

  /// Two items with one row each: 3 of 4, and 1 of 2.
  @Test
  void scoresAreThoseOfTheCounts() {
    List<ProbeRow> rows =
        List.of(row(0, "a", 1, Target.counts(3, 1)), row(1, "b", 1, Target.counts(1, 1)));
    HeldOutForecasts probe = forecasts("probe", rows, .8, .4);
    HeldOutForecasts base = forecasts("base rate", rows, .5, .5);
    ForecastTable table = ForecastTable.of(List.of(probe, base), base, Map.of());
    ForecastTable.Line found = line(table, "probe", WindowPart.ALL);
    double brier = (.75 * .04 + .25 * .64 + .5 * .36 + .5 * .16) / 2;
    double noise = (.75 * .25 * 4 / 3 + .25 * 2) / 2;
    assertThat(found.measure(ForecastMeasure.BRIER).orElseThrow().estimate())
        .isCloseTo(brier, within(1e-12));
    assertThat(found.measure(ForecastMeasure.BEYOND).orElseThrow().estimate())
        .isCloseTo(brier - noise, within(1e-12));
    double log = -(.75 * Math.log(.8) + .25 * Math.log(.2) + .5 * Math.log(.4) + .5 * Math.log(.6));
    assertThat(found.measure(ForecastMeasure.LOG).orElseThrow().estimate())
        .isCloseTo(log / 2, within(1e-12));
    assertThat(found.measure(ForecastMeasure.SKILL).orElseThrow().estimate())
        .isCloseTo(1 - log / 2 / Math.log(2), within(1e-12));
    assertThat(noise(table).brier().orElseThrow()).isCloseTo(noise, within(1e-12));
    // k (n − k) ÷ (n² (n − 1)) of each row.
    assertThat(noise(table).shares().orElseThrow())
        .isCloseTo((3 / 48.0 + 1 / 4.0) / 2, within(1e-12));
    assertThat(table.differences())
        .filteredOn(each -> each.measure() == ForecastMeasure.BRIER)
        .singleElement()
        .satisfies(
            each -> assertThat(each.value().estimate()).isCloseTo(brier - .25, within(1e-12)));
  }

  @Test
  void anItemWithManyRowsCountsAsMuchAsOneWithFew() {
    List<ProbeRow> rows =
        List.of(
            row(0, "a", 0, Target.label(0, 2)),
            row(1, "b", 0, Target.label(0, 2)),
            row(2, "b", 1, Target.label(0, 2)));
    HeldOutForecasts probe = forecasts("probe", rows, .5, .8, .8);
    ForecastTable table = ForecastTable.of(List.of(probe), probe, Map.of());
    ForecastTable.Line found = line(table, "probe", WindowPart.ALL);
    assertThat(found.measure(ForecastMeasure.LOG).orElseThrow().estimate())
        .isCloseTo(-(Math.log(.5) + Math.log(.8)) / 2, within(1e-12));
    assertThat(found.measures()).doesNotContainKeys(ForecastMeasure.AREA, ForecastMeasure.BEYOND);
    assertThat(noise(table).brier()).isEmpty();
  }

  @Test
  void placesStandBeforeInOrAfterTheWindowOfTheirText() {
    List<ProbeRow> rows = new ArrayList<>();
    for (int kept = 0; kept < 6; kept++) {
      rows.add(row(kept, "a", kept, Target.label(kept % 2, 2)));
    }
    rows.add(row(6, "b", 3, Target.label(1, 2)));
    double[] half = new double[7];
    java.util.Arrays.fill(half, .5);
    HeldOutForecasts probe = forecasts("probe", rows, half);
    ForecastTable table =
        ForecastTable.of(List.of(probe), probe, Map.of("text of a", new Interval(2, 4)));
    assertThat(line(table, "probe", WindowPart.BEFORE).rows()).isEqualTo(3);
    assertThat(line(table, "probe", WindowPart.IN).rows()).isEqualTo(1);
    assertThat(line(table, "probe", WindowPart.AFTER).rows()).isEqualTo(2);
    assertThat(line(table, "probe", WindowPart.NONE).rows()).isEqualTo(1);
    assertThat(line(table, "probe", WindowPart.ALL).items()).isEqualTo(2);
  }

  /// 100 yes with forecasts .60 to .995, 200 no with .00 to .995: 2 of these pass .985, and 10 pass
  /// .945.
  @Test
  void trueOnesAreCountedWhereFewOthersPass() {
    List<ProbeRow> rows = new ArrayList<>();
    double[] yes = new double[300];
    for (int i = 0; i < 300; i++) {
      rows.add(row(i, "item " + i, 0, Target.label(i < 100 ? 0 : 1, 2)));
      yes[i] = i < 100 ? .6 + .004 * i : .005 * (i - 100);
    }
    HeldOutForecasts probe = forecasts("probe", rows, yes);
    ForecastTable table = ForecastTable.of(List.of(probe), probe, Map.of());
    ForecastTable.Line found = line(table, "probe", WindowPart.ALL);
    Measured one = found.measure(ForecastMeasure.CAUGHT_1).orElseThrow();
    assertThat(one.estimate()).isCloseTo(.03, within(1e-12));
    // Clopper–Pearson of 3 in 100: .0062 to .0852 (their table, and R's binom.test).
    assertThat(one.interval().high()).isCloseTo(.0852, within(1e-4));
    assertThat(found.measure(ForecastMeasure.CAUGHT_5).orElseThrow().estimate())
        .isCloseTo(.13, within(1e-12));
  }

  /// Against the area that exact probabilities really have.
  @Test
  void exactProbabilitiesReachTheCeilingThatCountsForetell() {
    PlantedTexts texts = new PlantedTexts(new Shape(1500, 1, 4, 2, 8), 3);
    List<ProbeRow> rows = texts.input().rows();
    double[] exact = texts.exact().stream().mapToDouble(p -> p).toArray();
    HeldOutForecasts probe = forecasts("probe", rows, exact);
    ForecastTable table = ForecastTable.of(List.of(probe), probe, Map.of());
    ForecastTable.Line found = line(table, "probe", WindowPart.ALL);
    OutcomeNoise noise = noise(table);
    double area = found.measure(ForecastMeasure.AREA).orElseThrow().estimate();
    assertThat(noise.area().orElseThrow().holds(area)).isTrue();
    assertThat(noise.area().orElseThrow().width()).isLessThan(.08);
    // Of eight continuations the entropy is a little too low.
    assertThat(found.measure(ForecastMeasure.LOG).orElseThrow().estimate())
        .isCloseTo(noise.log().orElseThrow() + .015, within(.015));
    assertThat(found.measure(ForecastMeasure.BEYOND).orElseThrow().interval().holds(0)).isTrue();
    assertThat(found.measure(ForecastMeasure.BEYOND).orElseThrow().estimate())
        .isCloseTo(0, within(.003));
  }

  /// Forecasts that are right, of 40 items whose places are alike: how often the intervals hold.
  @Test
  void theIntervalsOfMeansHoldAsOftenAsTheySay() {
    int beyond = 0;
    int studies = 300;
    Random random = new Random(1);
    for (int study = 0; study < studies; study++) {
      List<ProbeRow> rows = new ArrayList<>();
      double[] yes = new double[160];
      for (int i = 0; i < 160; i += 4) {
        double p = random.nextDouble();
        int same = (int) IntStream.range(0, 6).filter(t -> random.nextDouble() < p).count();
        for (int k = 0; k < 4; k++) {
          yes[i + k] = Math.clamp(p, .01, .99);
          rows.add(row(i + k, "item " + i, k, Target.counts(same, 6 - same)));
        }
      }
      HeldOutForecasts probe = forecasts("probe", rows, yes);
      ForecastTable table = ForecastTable.of(List.of(probe), probe, Map.of());
      ForecastTable.Line found = line(table, "probe", WindowPart.ALL);
      beyond += found.measure(ForecastMeasure.BEYOND).orElseThrow().interval().holds(0) ? 1 : 0;
    }
    assertThat(beyond / (double) studies).isBetween(.91, .99);
  }
}
