package criticalwindows.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ForetoldTest {
  private static final int REQUESTS = 40;

  /// A text of one token, whose ratio is this.
  private static TextScores text(String id, double ratio) {
    GivenText given = new GivenText(Tokens.of(1, 2), Optional.of(Tokens.of(3)), FinishReason.STOP);
    Problem item =
        new Problem(id, "mine", "none", "?", List.of(), Optional.empty(), Optional.of(given));
    return new TextScores(
        item,
        new TextScores.OfModel(LogProbs.of(-1), LogProbs.of((float) (-20 - ratio)), -1),
        new TextScores.OfModel(LogProbs.of(-1), LogProbs.of(-20), -1));
  }

  /// P(complied) is 1 ÷ (1 + exp(−ratio)), and counts are as near to it as 1000 allow.
  private static List<Foretold.Place> places() {
    List<Foretold.Place> places = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      double ratio = (i - REQUESTS / 2) / 5.0;
      double p = 1 / (1 + Math.exp(-ratio));
      Proportion counts = new Proportion(Math.round(1000 * p), 1000);
      String request = "r" + i;
      places.add(
          new Foretold.Place(request, text(request, ratio), 1, counts, OptionalDouble.of(p)));
    }
    return places;
  }

  private static Foretold of(List<Foretold> all, String score) {
    return all.stream()
        .filter(one -> one.score().map(Score::name).orElse("base rate").equals(score))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aScoreThatDecidesForetellsAndTheBaseRateDoesNot() {
    List<Foretold> all = Foretold.of(places());
    assertThat(all).hasSize(Scores.ALL.size() + 1);
    assertThat(of(all, "ratio").exact().orElseThrow().beyond().orElseThrow()).isLessThan(1e-4);
    assertThat(of(all, "ratio").counted().beyond().orElseThrow()).isCloseTo(0, within(5e-4));
    // What the base rate lacks is the spread of the probabilities.
    double[] p = places().stream().mapToDouble(at -> at.probability().orElseThrow()).toArray();
    double mean = java.util.Arrays.stream(p).average().orElseThrow();
    double spread = java.util.Arrays.stream(p).map(x -> (x - mean) * (x - mean)).sum() / p.length;
    assertThat(of(all, "base rate").exact().orElseThrow().beyond().orElseThrow())
        .isCloseTo(spread, within(.01));
    // The prompt is the same everywhere, so its perplexity tells no more than the base rate.
    assertThat(of(all, "perplexity").counted().brier())
        .isCloseTo(of(all, "base rate").counted().brier(), within(1e-6));
  }

  /// The outcome of one request must not be fitted on itself: a request that goes against all
  /// others is foretold badly.
  @Test
  void aRequestIsForetoldFromOthersAlone() {
    List<Foretold.Place> places = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Proportion counts = i == 3 ? new Proportion(100, 100) : new Proportion(0, 100);
      places.add(new Foretold.Place("r" + i, text("r" + i, 0), 1, counts, OptionalDouble.empty()));
    }
    Foretold base = of(Foretold.of(places), "base rate");
    // Its part holds two requests; the eight others all refuse.
    assertThat(base.counted().log()).isGreaterThan(.3);
    assertThat(base.exact()).isEmpty();
  }

  @Test
  void oneRequestAloneForetellsNothing() {
    assertThat(Foretold.of(places().subList(0, 1))).isEmpty();
  }
}
