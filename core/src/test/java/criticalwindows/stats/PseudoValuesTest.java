package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.PseudoValues.Scored;
import criticalwindows.stats.PseudoValues.Sums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Their mean is the statistic, and their spread its standard error.
class PseudoValuesTest {
  private static List<Sums> drawn(int items, SplittableRandom random) {
    List<Sums> sums = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      List<Double> x = random.doubles(5).boxed().toList();
      List<Double> y = x.stream().map(value -> 2 * value + random.nextGaussian()).toList();
      sums.add(Sums.plain(x, y));
    }
    return sums;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  @Test
  void theirMeanIsTheSlopeAndTheirSpreadThatOfARatio() {
    List<Sums> sums = drawn(40, new SplittableRandom(1));
    Ratio ratio =
        Ratio.of(sums.stream().map(each -> new Ratio.Share(each.xy(), each.xx())).toList());
    List<Double> values = PseudoValues.slope(sums);
    assertThat(mean(values)).isCloseTo(ratio.estimate(), within(1e-12));
    assertThat(Ratio.mean(values).standardError()).isCloseTo(ratio.standardError(), within(1e-12));
  }

  /// Against leaving each item out in turn.
  @Test
  void theirSpreadIsTheJackknifesOfACorrelation() {
    List<Sums> sums = drawn(400, new SplittableRandom(2));
    List<Double> values = PseudoValues.correlation(sums);
    double all = mean(values);
    double xx = sums.stream().mapToDouble(Sums::xx).sum();
    double xy = sums.stream().mapToDouble(Sums::xy).sum();
    double yy = sums.stream().mapToDouble(Sums::yy).sum();
    assertThat(all).isCloseTo(xy / Math.sqrt(xx * yy), within(1e-12));
    List<Double> without =
        sums.stream().map(s -> (xy - s.xy()) / Math.sqrt((xx - s.xx()) * (yy - s.yy()))).toList();
    double centre = mean(without);
    double squares = without.stream().mapToDouble(r -> (r - centre) * (r - centre)).sum();
    double jackknife = Math.sqrt(squares * 399 / 400);
    assertThat(Ratio.mean(values).standardError()).isCloseTo(jackknife, within(.02 * jackknife));
  }

  @Test
  void slopesAroundAnItemsOwnMeansDoNotSeeItsConstant() {
    Sums sums = Sums.centred(List.of(1.0, 2.0, 4.0), List.of(101.0, 103.0, 107.0));
    assertThat(sums.xy() / sums.xx()).isCloseTo(2, within(1e-12));
  }

  /// *Source:* DeLong, DeLong and Clarke-Pearson (1988), eq. (4) and (5), one curve.
  @Test
  void theirMeanIsTheAreaAndTheirSpreadIsDeLongs() {
    SplittableRandom random = new SplittableRandom(3);
    List<Scored> scored =
        IntStream.range(0, 60)
            .mapToObj(i -> new Scored(Math.floor(5 * random.nextDouble() + (i % 3)), i % 3 == 0))
            .toList();
    double[] positives =
        scored.stream().filter(Scored::positive).mapToDouble(Scored::score).toArray();
    double[] negatives =
        scored.stream().filter(s -> !s.positive()).mapToDouble(Scored::score).toArray();
    List<Double> values = PseudoValues.area(scored);
    double area = Roc.of(positives, negatives).area();
    assertThat(mean(values)).isCloseTo(area, within(1e-12));
    double expected = spread(positives, negatives) + spread(negatives, positives);
    double squares = values.stream().mapToDouble(v -> (v - area) * (v - area)).sum();
    assertThat(squares / 60 / 60).isCloseTo(expected, within(1e-12));
  }

  /// The variance of the mean over one kind of its share of the other kind, without the correction
  /// for few.
  private static double spread(double[] own, double[] others) {
    double[] shares = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      for (double other : others) {
        shares[i] += (own[i] > other ? 1 : own[i] < other ? 0 : .5) / others.length;
      }
    }
    double mean = Arrays.stream(shares).average().orElseThrow();
    double squares = Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).sum();
    return squares / own.length / own.length;
  }

  @Test
  void whereNothingVariesThereIsNone() {
    assertThat(PseudoValues.slope(List.of(new Sums(0, 0, 1)))).isEmpty();
    assertThat(PseudoValues.correlation(List.of(new Sums(1, 0, 0)))).isEmpty();
    assertThat(PseudoValues.area(List.of(new Scored(1, true)))).isEmpty();
  }
}
