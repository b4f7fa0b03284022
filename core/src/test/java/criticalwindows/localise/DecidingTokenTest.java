package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecidingTokenTest {
  private static Curve curve(int... counts) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < counts.length; i += 2) {
      points.add(new Curve.Point(counts[i], new Proportion(counts[i + 1], 20)));
    }
    return new Curve(points);
  }

  /// Of sharp windows alone the centre is in the middle of the token that decides: what is said of
  /// centres is known from writing down every curve.
  @Test
  void theMassOfSharpWindowsIsThatOfTheirCentres() {
    Prior sharp = new Prior(.5, .25, 1, 2, .2, 1, 0, .25, 100, 1);
    WindowPosterior posterior =
        WindowPosterior.of(curve(0, 3, 10, 8, 20, 15, 30, 17, 40, 20), 40, sharp);
    double[] deciding = posterior.deciding();
    assertThat(deciding).hasSize(40);
    Credible place = posterior.greatest(.9).place();
    double mean = IntStream.range(0, 40).mapToDouble(t -> (t + .5) * deciding[t]).sum();
    assertThat(mean).isCloseTo(place.mean(), within(1e-9));
    int from = (int) place.interval().low();
    int to = (int) place.interval().high();
    assertThat(Arrays.stream(deciding, from, to).sum())
        .isCloseTo(place.probability(), within(1e-9));
  }

  @Test
  void whatDecidesEvenlyIsSpreadEvenly() {
    Prior broad = new Prior(.5, .25, 1, 1, .2, .01, .98, .25, 100, 1);
    WindowPosterior posterior =
        WindowPosterior.of(curve(0, 0, 10, 5, 20, 10, 30, 15, 40, 20), 40, broad);
    double[] deciding = posterior.deciding();
    assertThat(Arrays.stream(deciding).sum()).isCloseTo(1, within(1e-9));
    assertThat(posterior.greatest(.9).gradual()).isGreaterThan(.9);
    // Its edges are not known exactly, so the first and last few have less.
    assertThat(Arrays.stream(deciding, 10, 30)).allMatch(each -> each > .8 / 40 && each < 1.5 / 40);
  }
}
