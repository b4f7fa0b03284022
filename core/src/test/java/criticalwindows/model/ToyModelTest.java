package criticalwindows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToyModelTest {
  private static final double EXACT = 1e-15;

  private final ToyModel model = ToyModel.orderedDecisions();
  private final Vocabulary vocabulary = model.vocabulary();

  @Test
  void valuesOfTheTargetAreThoseOfTheory() {
    // Target leaf (1, 1, 0, 1, 1) = 27; values by characters kept, from the product of the
    // probabilities.
    String target = "aa1aa1aa0aa1aa1";
    double[] byDecisions = {
      .7 * .6 * .4 * .5 * .8, .6 * .4 * .5 * .8, .4 * .5 * .8, .5 * .8, .8, 1
    };
    assertThat(byDecisions[0]).isCloseTo(.0672, within(EXACT));
    for (int kept = 0; kept <= target.length(); kept++) {
      assertThat(model.answers(target.substring(0, kept)).get("$27$"))
          .as("%d kept", kept)
          .isCloseTo(byDecisions[kept / 3], within(EXACT));
    }
  }

  @Test
  void fillersCarryNoInformation() {
    assertThat(model.answers("ab1bb")).isEqualTo(model.answers("aa1aa"));
  }

  @Test
  void valuesAreAMartingale() {
    Map<String, Double> now = model.answers("aa1aa");
    for (String answer : now.keySet()) {
      double next =
          .6 * model.answers("aa1aa1").getOrDefault(answer, 0.0)
              + .4 * model.answers("aa1aa0").getOrDefault(answer, 0.0);
      assertThat(next).isCloseTo(now.get(answer), within(EXACT));
    }
  }

  @Test
  void sameSeedSameTextOtherSeedOtherText() throws InterruptedException {
    assertThat(written(1)).isEqualTo(written(1));
    assertThat(List.of(written(1), written(2), written(3), written(4)).stream().distinct().count())
        .isGreaterThan(1);
  }

  @Test
  void logProbabilitiesOfASampleAreThoseOfScoring() throws InterruptedException {
    Tokens start = start();
    Sampled sampled = sample(new Script(start, List.of(Step.sample(Sampling.PLAIN, 15)), 5));
    LogProbs scored = Models.score(model, start, sampled.tokens());
    assertThat(sampled.finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(sampled.logProbs().sum()).isCloseTo(scored.sum(), within(1e-6));
  }

  @Test
  void asksForNoMoreThanItsContext() {
    Script script = new Script(start(), List.of(Step.sample(Sampling.PLAIN, 5000)), 0);
    assertThatThrownBy(() -> Models.run(model, script))
        .hasMessageContaining("5012 tokens, and the context of toy holds 4096");
  }

  @Test
  void interruptionStopsIt() {
    Thread.currentThread().interrupt();
    Script script = new Script(start(), List.of(Step.sample(Sampling.PLAIN, 5)), 0);
    assertThatThrownBy(() -> Models.run(model, script)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private String written(long seed) throws InterruptedException {
    return vocabulary.decode(
        sample(new Script(start(), List.of(Step.sample(Sampling.PLAIN, 20)), seed)).tokens());
  }

  private Sampled sample(Script script) throws InterruptedException {
    return Models.run(model, script).last();
  }

  private Tokens start() {
    return Tokens.of(vocabulary.begin().getAsInt())
        .plus(Tokens.of(vocabulary.control("<|header|>")))
        .plus(vocabulary.encode("assistant"))
        .plus(Tokens.of(vocabulary.control("<|header_end|>")));
  }
}
