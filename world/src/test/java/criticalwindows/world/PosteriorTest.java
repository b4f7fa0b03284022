package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PosteriorTest {
  private static final double TOLERANCE = 1e-9;

  /// One wording that tells nothing, one decision, and a wording that is twice as likely.
  private static final Program COIN =
      source -> {
        source.surface("a", "b");
        source.surface("", "-", "");
        int tails = source.decide("coin", new Option(.75, "heads"), new Option(.25, "tails"));
        return tails == 0 ? "h" : "t";
      };

  @Test
  void aWordingCountsAsOftenAsItIsGiven() {
    assertThat(Posterior.of(COIN, "ah").textProbability())
        .isCloseTo(.5 * 2 / 3 * .75, within(TOLERANCE));
    assertThat(Posterior.of(COIN, "a-t").textProbability())
        .isCloseTo(.5 / 3 * .25, within(TOLERANCE));
  }

  @Test
  void thePriorIsTheProbsThemselves() {
    assertThat(Posterior.of(COIN, "").answers()).isEqualTo(Map.of("h", .75, "t", .25));
    assertThat(Posterior.of(COIN, "b").probability("t")).isCloseTo(.25, within(TOLERANCE));
  }

  @Test
  void whatCannotComeHasNoProbability() {
    assertThat(Posterior.of(COIN, "a-h").answers()).containsOnlyKeys("h");
    assertThat(Posterior.of(COIN, "a-h").probability("t")).isZero();
    assertThat(Posterior.of(COIN, "c").inSupport()).isFalse();
    assertThat(Posterior.of(COIN, "c").answers()).isEmpty();
    assertThat(Posterior.of(COIN, "aheads!").inSupport()).isFalse();
  }

  @Test
  void whatComesAfterTellsAboutWhatWasBefore() {
    Program reader =
        source -> {
          source.write("step");
          // Both ways look the same; only one of them is ever mended.
          int wrong = source.decide("trap", new Option(.6, "."), new Option(.4, "."));
          boolean noticed = wrong == 1 && source.happens("notice", new Option(.5, " Wait"));
          source.write(noticed ? ", no." : " Done.");
          return wrong == 1 && !noticed ? "wrong" : "right";
        };
    assertThat(Posterior.of(reader, "step.").probability("wrong")).isCloseTo(.2, within(TOLERANCE));
    assertThat(Posterior.of(reader, "step. D").probability("wrong"))
        .isCloseTo(.25, within(TOLERANCE));
    assertThat(Posterior.of(reader, "step. W").probability("wrong")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void thePriorSumsToOne(Family family) {
    for (Program program : family.programs(30)) {
      Posterior prior = Posterior.of(program, "");
      assertThat(prior.textProbability()).isCloseTo(1, within(TOLERANCE));
      assertThat(sum(prior)).isCloseTo(1, within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePosteriorIsTheMeanOfTheNextOnes(Family family) {
    RandomGenerator random = new SplittableRandom(1);
    for (Program program : family.programs(6)) {
      WrittenReply reply = WrittenReply.sample(program, random);
      for (int i = 0; i < 6; i++) {
        // Half of the prefixes end right before a decision.
        List<ProgramDecision> decisions = reply.decisions();
        boolean anywhere = i % 2 == 0 || decisions.isEmpty();
        int kept =
            anywhere
                ? random.nextInt(reply.text().length())
                : decisions.get(random.nextInt(decisions.size())).offset();
        assertMartingale(
            program, reply.text().substring(0, Math.min(kept, reply.text().length() - 1)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sampledAnswersAreAsFrequentAsThePriorSays(Family family) {
    RandomGenerator random = new SplittableRandom(2);
    for (Program program : family.programs(4)) {
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i < 3000; i++) {
        counts.merge(WrittenReply.sample(program, random).answer(), 1, Integer::sum);
      }
      assertFrequencies(counts, Posterior.of(program, ""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void continuedAnswersAreAsFrequentAsThePosteriorSays(Family family) {
    RandomGenerator random = new SplittableRandom(3);
    for (Program program : family.programs(4)) {
      String text = WrittenReply.sample(program, random).text();
      String prefix = text.substring(0, random.nextInt(text.length() / 2));
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i < 400; i++) {
        WrittenReply reply = WrittenReply.sample(program, prefix, random).orElseThrow();
        assertThat(reply.text()).startsWith(prefix);
        counts.merge(reply.answer(), 1, Integer::sum);
      }
      assertFrequencies(counts, Posterior.of(program, prefix));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFinishedTextHasItsAnswerForSure(Family family) {
    RandomGenerator random = new SplittableRandom(4);
    for (Program program : family.programs(60)) {
      WrittenReply reply = WrittenReply.sample(program, random);
      Posterior posterior = Posterior.of(program, reply.text());
      assertThat(posterior.inSupport()).isTrue();
      assertThat(posterior.answers()).containsOnlyKeys(reply.answer());
      assertThat(posterior.probability(reply.answer())).isCloseTo(1, within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCorruptedTextLiesOutsideTheSupport(Family family) {
    RandomGenerator random = new SplittableRandom(5);
    for (Program program : family.programs(60)) {
      String text = WrittenReply.sample(program, random).text();
      int place = random.nextInt(text.length());
      String broken = text.substring(0, place) + "#" + text.substring(place + 1);
      assertThat(Posterior.of(program, broken).inSupport()).isFalse();
      assertThat(Posterior.of(program, text + " And so on.").inSupport()).isFalse();
      assertThat(WrittenReply.read(program, broken)).isEmpty();
      assertThat(WrittenReply.sample(program, broken, random)).isEmpty();
    }
  }

  /// P(answer, prefix) is the sum of P(answer, prefix and one more character).
  private static void assertMartingale(Program program, String prefix) {
    Posterior now = Posterior.of(program, prefix);
    Map<String, Double> sums = new HashMap<>();
    double total = 0;
    for (char next = '\n'; next <= '~'; next++) {
      Posterior then = Posterior.of(program, prefix + next);
      total += then.textProbability();
      then.answers()
          .forEach(
              (answer, p) ->
                  sums.merge(
                      answer, p * then.textProbability() / now.textProbability(), Double::sum));
    }
    assertThat(total / now.textProbability()).isCloseTo(1, within(TOLERANCE));
    assertThat(sums.keySet()).isEqualTo(now.answers().keySet());
    now.answers()
        .forEach((answer, p) -> assertThat(sums.get(answer)).isCloseTo(p, within(TOLERANCE)));
  }

  /// Pearson's statistic, rare answers taken together, stays within five standard deviations.
  private static void assertFrequencies(Map<String, Integer> counts, Posterior posterior) {
    assertThat(posterior.answers().keySet()).containsAll(counts.keySet());
    int n = counts.values().stream().mapToInt(Integer::intValue).sum();
    double statistic = 0;
    double rare = 0;
    int rareCount = 0;
    int cells = 0;
    for (Map.Entry<String, Double> answer : posterior.answers().entrySet()) {
      int count = counts.getOrDefault(answer.getKey(), 0);
      double expected = n * answer.getValue();
      if (expected < 5) {
        rare += expected;
        rareCount += count;
      } else {
        statistic += (count - expected) * (count - expected) / expected;
        cells++;
      }
    }
    statistic += (rareCount - rare) * (rareCount - rare) / Math.max(rare, 1);
    double freedom = Math.max(cells, 1);
    assertThat(statistic).isLessThan(freedom + 5 * Math.sqrt(2 * freedom));
  }

  private static double sum(Posterior posterior) {
    return posterior.answers().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
