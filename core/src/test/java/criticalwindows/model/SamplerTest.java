package criticalwindows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final int DRAWS = 40_000;
  // Probabilities .5, .25, .125, .125 and a token that never comes.
  private static final float[] LOGITS = {
    (float) Math.log(4),
    (float) Math.log(8),
    Float.NEGATIVE_INFINITY,
    (float) Math.log(2),
    (float) Math.log(2)
  };

  private final Sampler sampler = new Sampler(LOGITS.length);

  private double[] shares(Sampling sampling) {
    SplittableRandom random = new SplittableRandom(5);
    int[] counts = new int[LOGITS.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.draw(LOGITS, sampling, random).id()]++;
    }
    return Arrays.stream(counts).mapToDouble(count -> (double) count / DRAWS).toArray();
  }

  /// Five standard deviations of a share of one half.
  private static Offset<Double> noise() {
    return within(5 * .5 / Math.sqrt(DRAWS));
  }

  @Test
  void plainDrawsFollowTheSoftmax() {
    double[] shares = shares(Sampling.PLAIN);
    assertThat(shares).containsExactly(new double[] {.25, .5, 0, .125, .125}, noise());
    assertThat(shares[2]).isZero();
  }

  @Test
  void aTemperatureSharpensTheProbs() {
    // At one half, probabilities are squared: 1/16, 1/4, 0, 1/64, 1/64 of a sum of 22/64.
    assertThat(shares(new Sampling(.5, 1)))
        .containsExactly(new double[] {4 / 22.0, 16 / 22.0, 0, 1 / 22.0, 1 / 22.0}, noise());
  }

  @Test
  void aNucleusKeepsTheLikeliestThatReachItsShare() {
    assertThat(shares(new Sampling(1, .49))).containsExactly(0, 1, 0, 0, 0);
    assertThat(shares(new Sampling(1, .7)))
        .containsExactly(new double[] {1 / 3.0, 2 / 3.0, 0, 0, 0}, noise());
    // Of two that are equally likely, the lower id fills the nucleus.
    assertThat(shares(new Sampling(1, .8)))
        .containsExactly(new double[] {2 / 7.0, 4 / 7.0, 0, 1 / 7.0, 0}, noise());
  }

  @Test
  void greedyTakesTheLikeliestAndTheLowestIdAmongEquals() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(sampler.draw(LOGITS, Sampling.GREEDY, random).id()).isEqualTo(1);
    float[] equal = {0, 3, 1, 3, 3};
    assertThat(sampler.draw(equal, Sampling.GREEDY, random).id()).isEqualTo(1);
    assertThat(random.nextLong()).isEqualTo(new SplittableRandom(1).nextLong());
  }

  @Test
  void logProbabilitiesArePlainWhateverTheSampling() {
    SplittableRandom random = new SplittableRandom(1);
    Sampler.Drawn drawn = sampler.draw(LOGITS, new Sampling(.2, .5), random);
    assertThat(drawn.id()).isEqualTo(1);
    assertThat(drawn.logProb()).isCloseTo((float) Math.log(.5), within(1e-6f));
    assertThat(sampler.probs(LOGITS, Tokens.of(3)).at(0))
        .isCloseTo((float) Math.log(.125), within(1e-6f));
    assertThat(sampler.probs(LOGITS, Tokens.of(2)).at(0)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void oneNumberIsTakenForEachDraw() {
    SplittableRandom random = new SplittableRandom(9);
    SplittableRandom other = new SplittableRandom(9);
    sampler.draw(LOGITS, Sampling.PLAIN, random);
    sampler.draw(LOGITS, new Sampling(.7, .9), random);
    other.nextDouble();
    other.nextDouble();
    assertThat(random.nextLong()).isEqualTo(other.nextLong());
  }

  @Test
  void aBrokenRowIsNamed() {
    SplittableRandom random = new SplittableRandom(1);
    float[] none = {Float.NaN, 1, 2, 3, 4};
    float[] last = {1, 2, 3, 4, Float.NaN};
    float[] empty = new float[LOGITS.length];
    Arrays.fill(empty, Float.NEGATIVE_INFINITY);
    for (float[] row : new float[][] {none, last, empty}) {
      assertThatThrownBy(() -> sampler.draw(row, Sampling.PLAIN, random))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the model gave ");
    }
    assertThatThrownBy(() -> sampler.draw(new float[3], Sampling.PLAIN, random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 logits for a vocabulary of 5");
  }

  @Test
  void aPredictionHasTheEntropyOfThePlainDistribution() {
    float never = Float.NEGATIVE_INFINITY;
    assertThat(entropy(3, 3, 3, 3)).isCloseTo((float) Math.log(4), within(1e-6f));
    assertThat(entropy(never, 7, never, never)).isZero();
    assertThat(entropy((float) Math.log(.5), never, (float) Math.log(.25), (float) Math.log(.25)))
        .isCloseTo((float) (1.5 * Math.log(2)), within(1e-6f));
  }

  private static float entropy(float... logits) {
    return new Sampler(4).prediction(logits, new Sampling(.3, .5), 1).entropy();
  }

  /// Of two that are equally likely, the lower id fills the nucleus: 2/7, 4/7 and 1/7 are left.
  @Test
  void aPredictionKeepsWhatTheSamplerKeeps() {
    List<Prediction> found = sampler.predictions(LOGITS, new Sampling(1, .8), 0, 1, 2, 3, 4);
    assertThat(found.stream().map(Prediction::possible))
        .containsExactly(true, true, false, true, false);
    double[] kept = {2 / 7.0, 4 / 7.0, 0, 1 / 7.0};
    double entropy = 0;
    for (int id : new int[] {0, 1, 3}) {
      entropy -= kept[id] * Math.log(kept[id]);
    }
    assertThat(found).allMatch(one -> one.likeliest() == 1);
    assertThat((double) found.get(3).excess()).isCloseTo(Math.log(1 / 7.0) + entropy, within(1e-6));
    assertThat((double) found.get(3).variance())
        .isCloseTo(26 / 49.0 * Math.pow(Math.log(2), 2), within(1e-6));
  }

  @Test
  void ofGreedyDecodingTheLikeliestAloneIsDrawn() {
    List<Prediction> found =
        sampler.predictions(new float[] {0, 3, 1, 3, 3}, Sampling.GREEDY, 0, 1, 3);
    assertThat(found.stream().map(Prediction::excess))
        .containsExactly(Float.NEGATIVE_INFINITY, 0f, Float.NEGATIVE_INFINITY);
    assertThat(found).allMatch(one -> one.variance() == 0 && one.likeliest() == 1);
    assertThat(found).allMatch(one -> one.ratios().equals(Prediction.Ratios.NONE));
  }

  /// A row of which next to nothing is left but one token has no rounding for a variance.
  @Test
  void whatIsNearlySureHasNearlyNoVariance() {
    Prediction found = new Sampler(3).prediction(new float[] {90, 0, -90}, Sampling.PLAIN, 0);
    assertThat((double) found.variance()).isCloseTo(0, within(1e-30));
    assertThat((double) found.excess()).isCloseTo(0, within(1e-30));
  }
}
