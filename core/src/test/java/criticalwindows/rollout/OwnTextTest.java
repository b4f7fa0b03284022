package criticalwindows.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Prediction;
import criticalwindows.model.Sampler;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTextTest {
  private static final int VOCABULARY = 12;

  /// What is found of each of the 64 texts of a model.
  private static List<Scored> everyText(Sampling sampling) throws InterruptedException {
    ToyModel model = ToyModel.threeChoices();
    Tokens start = model.vocabulary().encode(":");
    List<Tokens> texts = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < 6; at++) {
        boolean one = (i >> at & 1) == 1;
        text.append(at % 3 == 2 ? one ? '1' : '0' : one ? 'b' : 'a');
      }
      texts.add(model.vocabulary().encode(text.toString()));
    }
    Step step = new Step.Score(texts).withPredictions(sampling);
    return Models.run(model, new Script(start, List.of(step), 0L)).scores().getFirst();
  }

  /// How likely a text is to be drawn: at each place one of two, one of which may be out of reach.
  private static double drawn(Scored text, Sampling sampling) {
    double all = 1;
    for (int i = 0; i < text.logProbs().size(); i++) {
      double p = Math.exp(text.logProbs().at(i));
      double own = Math.pow(p, 1 / sampling.temperature());
      double other = Math.pow(1 - p, 1 / sampling.temperature());
      double share = own / (own + other);
      all *= share >= sampling.topP() ? 1 : 1 - share >= sampling.topP() ? 0 : share;
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", ".7, 1", ".7, .9", ".7, .97", "2, 1", "1, .65"})
  void byEnumerationTheMeanIsZeroAndTheVarianceIsThatOfTheTokens(double temperature, double topP)
      throws InterruptedException {
    Sampling sampling = new Sampling(temperature, topP);
    double all = 0;
    double excess = 0;
    double squares = 0;
    double variance = 0;
    double times = 0;
    for (Scored text : everyText(sampling)) {
      double share = drawn(text, sampling);
      assertThat(text.predictions().stream().allMatch(Prediction::possible)).isEqualTo(share > 0);
      if (share > 0) {
        double sum = sum(text, Prediction::excess);
        all += share;
        excess += share * sum;
        squares += share * sum * sum;
        variance += share * sum(text, Prediction::variance);
        times += share * Math.exp(OwnText.of(text.predictions(), text.logProbs()).evidence());
      }
    }
    assertThat(all).isCloseTo(1, within(1e-6));
    assertThat(excess).isCloseTo(0, within(1e-6));
    assertThat(squares).isCloseTo(variance, within(1e-5));
    assertThat(times).isCloseTo(1, within(1e-5));
  }

  private static double sum(Scored text, ToDoubleFunction<Prediction> value) {
    return text.predictions().stream().mapToDouble(value).sum();
  }

  @Test
  void zAndPerplexityAreByTheirDefinitions() throws InterruptedException {
    Scored text = everyText(new Sampling(.7, 1)).get(5);
    OwnText own = OwnText.of(text.predictions(), text.logProbs());
    double z = sum(text, Prediction::excess) / Math.sqrt(sum(text, Prediction::variance));
    assertThat(own.z()).isCloseTo(z, within(1e-9));
    assertThat(own.perplexity()).isCloseTo(Math.exp(-text.logProbs().sum() / 6), within(1e-9));
    assertThat(own.offPolicy()).isFalse();
  }

  @Test
  void aTextThatCannotBeDrawnIsAnothers() throws InterruptedException {
    // "b" is left out by top-p.
    Scored text = everyText(new Sampling(.7, .9)).get(1);
    OwnText own = OwnText.of(text.predictions(), text.logProbs());
    assertThat(own.impossible()).isEqualTo(1);
    assertThat(own.z()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(own.offPolicy()).isTrue();
  }

  @Test
  void whereThereIsNoChoiceEveryTextIsItsOwnOrImpossible() throws InterruptedException {
    int own = 0;
    for (Scored text : everyText(Sampling.GREEDY)) {
      OwnText seen = OwnText.of(text.predictions(), text.logProbs());
      assertThat(seen.offPolicy()).isEqualTo(seen.impossible() > 0);
      assertThat(seen.z()).isEqualTo(seen.impossible() > 0 ? Double.NEGATIVE_INFINITY : 0);
      own += seen.offPolicy() ? 0 : 1;
    }
    assertThat(own).isEqualTo(1);
  }

  /// Rows of logits, from open ones to ones that are nearly sure of a token.
  private static List<float[]> rows(int count, RandomGenerator random) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double scale = new double[] {1, 3, 9}[random.nextInt(3)];
      float[] row = new float[VOCABULARY];
      for (int id = 0; id < VOCABULARY; id++) {
        row[id] = (float) (scale * random.nextGaussian());
      }
      rows.add(row);
    }
    return rows;
  }

  /// A text drawn from some rows, as it looks to the same rows or others.
  private record Draw(List<float[]> rows, Sampling sampling) {
    OwnText seenBy(Draw judge, Sampler sampler, RandomGenerator random) {
      List<Prediction> predictions = new ArrayList<>();
      float[] logProbs = new float[rows.size()];
      for (int i = 0; i < rows.size(); i++) {
        int id = sampler.draw(rows.get(i), sampling, random).id();
        predictions.add(sampler.prediction(judge.rows.get(i), judge.sampling, id));
        logProbs[i] = sampler.probs(judge.rows.get(i), Tokens.of(id)).at(0);
      }
      return OwnText.of(predictions, LogProbs.of(logProbs));
    }
  }

  private static int offPolicy(int texts, Draw writer, Draw judge) {
    Sampler sampler = new Sampler(VOCABULARY);
    SplittableRandom random = new SplittableRandom(7);
    int off = 0;
    for (int i = 0; i < texts; i++) {
      off += writer.seenBy(judge, sampler, random).offPolicy() ? 1 : 0;
    }
    return off;
  }

  /// At most 1 of 10,000. Of the 40,000 texts of 5 tokens at temperature 1, 142 lie beyond 4
  /// standard deviations: few tokens, some of them nearly sure, are not normal.
  @ParameterizedTest
  @CsvSource({"1, 1, 5", ".7, .9, 5", "1, 1, 60", ".7, .9, 60", ".7, 1, 60"})
  void ofOwnTextsHardlyAnyIsCalledAnothers(double temperature, double topP, int tokens) {
    List<float[]> rows = rows(tokens, new SplittableRandom(tokens));
    Draw own = new Draw(rows, new Sampling(temperature, topP));
    int texts = 200_000 / tokens;
    assertThat(offPolicy(texts, own, own)).isLessThanOrEqualTo(2 + texts / 10_000);
  }

  /// By a temperature that is not the one stated, and by other rows than the model's.
  @Test
  void textsOfOthersAreFound() {
    List<float[]> rows = rows(1_000, new SplittableRandom(1));
    Draw own = new Draw(rows, new Sampling(.7, 1));
    for (Sampling other : List.of(Sampling.PLAIN, Sampling.GREEDY, new Sampling(.35, 1))) {
      assertThat(offPolicy(50, new Draw(rows, other), own)).as("%s", other).isEqualTo(50);
    }
    SplittableRandom random = new SplittableRandom(2);
    List<float[]> changed = rows.stream().map(float[]::clone).toList();
    for (float[] row : changed) {
      for (int id = 0; id < VOCABULARY; id++) {
        row[id] += (float) random.nextGaussian();
      }
    }
    assertThat(offPolicy(50, new Draw(changed, new Sampling(.7, 1)), own)).isEqualTo(50);
    Draw cut = new Draw(rows, new Sampling(.7, .9));
    assertThat(offPolicy(50, own, cut)).isEqualTo(50);
  }
}
