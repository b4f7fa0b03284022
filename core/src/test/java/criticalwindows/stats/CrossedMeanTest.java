package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.CrossedMean.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Means over items and repetitions: the formula by hand, and how often intervals hold.
class CrossedMeanTest {
  private static final int REPETITIONS = 6;
  private static final int ITEMS = 30;

  @Test
  void theVarianceIsByItemsPlusByRepetitionsLessBySingleValues() {
    List<Value> values =
        List.of(
            new Value("1", "a", 1),
            new Value("1", "b", 3),
            new Value("2", "a", 2),
            new Value("2", "b", 10));
    CrossedMean mean = CrossedMean.of(values);
    assertThat(mean.estimate()).isEqualTo(4);
    // Sums around 4: repetitions −4 and 4, items −5 and 5, single values −3, −1, −2 and 6.
    double variance = 2 * (16 + 16) + 2 * (25 + 25) - (9 + 1 + 4 + 36);
    assertThat(mean.standardError()).isCloseTo(Math.sqrt(variance) / 4, within(1e-12));
    assertThat(mean.interval(.95).high())
        .isCloseTo(4 + Student.quantile(.975, 1) * Math.sqrt(variance) / 4, within(1e-9));
    assertThat(mean.pValue())
        .isCloseTo(2 * (1 - Student.cumulative(16 / Math.sqrt(variance), 1)), within(1e-12));
  }

  @Test
  void itIsNeverLessThanThatOfItemsAlone() {
    List<Value> values = new ArrayList<>();
    for (int item = 0; item < 10; item++) {
      for (int repetition = 0; repetition < 4; repetition++) {
        values.add(new Value("r" + repetition, "i" + item, item));
      }
    }
    double byItems = Math.sqrt(10 / 9.0 * 82.5 * 16) / 40;
    assertThat(CrossedMean.of(values).standardError()).isCloseTo(byItems, within(1e-12));
  }

  @Test
  void oneRepetitionTellsNothing() {
    CrossedMean alone = CrossedMean.of(List.of(new Value("1", "a", 1), new Value("1", "b", 2)));
    assertThat(alone.interval(.95).width()).isInfinite();
    assertThat(alone.pValue()).isEqualTo(1);
  }

  /// Effects of items, of repetitions and of both together, some of which are absent.
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 0, 1", "0, 1, 1", "0, 0, 1", "3, 0.3, 1"})
  void intervalsHoldAsOftenAsTheyState(double items, double repetitions, double single) {
    SplittableRandom random = new SplittableRandom(11);
    int held = 0;
    int rounds = 1500;
    for (int round = 0; round < rounds; round++) {
      List<Value> values = drawn(new double[] {items, repetitions, single}, random);
      Interval interval = CrossedMean.of(values).interval(.95);
      held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }
    assertThat((double) held / rounds).isBetween(.935, 1.0);
  }

  /// What is lost without the repetitions: with an effect of theirs as large as the noise of single
  /// values, half of the intervals over items alone miss.
  @Test
  void intervalsOverItemsAloneHoldHalfAsOften() {
    SplittableRandom random = new SplittableRandom(12);
    int held = 0;
    int rounds = 1500;
    for (int round = 0; round < rounds; round++) {
      Map<String, Double> items = new TreeMap<>();
      for (Value value : drawn(new double[] {1, 1, 1}, random)) {
        items.merge(value.item(), value.value() / REPETITIONS, Double::sum);
      }
      Interval interval =
          Ratio.mean(List.copyOf(items.values()))
              .interval(.95, new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
      held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }
    assertThat((double) held / rounds).isBetween(.4, .75);
  }

  private static List<Value> drawn(double[] spread, RandomGenerator random) {
    double[] items = random.doubles(ITEMS).map(p -> spread[0] * Normal.quantile(p)).toArray();
    List<Value> values = new ArrayList<>();
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      double own = spread[1] * random.nextGaussian();
      for (int item = 0; item < ITEMS; item++) {
        double value = own + items[item] + spread[2] * random.nextGaussian();
        values.add(new Value("r" + repetition, "i" + item, value));
      }
    }
    return values;
  }
}
