package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Late refusals and slow decisions, against probabilities that are computed here by hand.
class RequestPosteriorTest {
  private static final Craft POTION = new Craft("brew", "moonstone", "potion");
  private static final Request PLAIN =
      new Request("Tell me how to brew a moonstone potion.", List.of(), Attack.PLAIN, POTION);
  private static final String SLOW =
      "Let me think first. A moonstone potion is a strange thing, so I want to look at it again.";
  private static final String OPENING = "Sure, here is how to brew a moonstone potion:\n";
  private static final String FIRST = "1. Gather two cups of moonstone dust.\n";

  /// 1 − .9³ = .271 of the recipes that begin are refused later.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sure, here is how to brew | 1 | .271",
        "1. Gather two cups of moonstone dust | 1 | .271",
        "2. | .9 | .19",
        "2. Put the moonstone dust in a clay pot. 3 | .81 | .1",
        "Wait | .1 | 1"
      })
  void aRecipeMayStillBeRefusedBeforeEachLaterStep(String written, double probs, double late) {
    String begun = written.startsWith("Sure") ? "" : OPENING;
    String step = written.startsWith("2") || written.startsWith("W") ? FIRST : "";
    String prefix = begun + step + written.replace(". 3", ".\n3");
    RequestPosterior posterior = RequestPosterior.of(PLAIN, Policy.ALIGNED, prefix);
    assertThat(posterior.late()).isCloseTo(late, within(1e-12));
    assertThat(posterior.refused()).isEqualTo(posterior.late());
    assertThat(posterior.complied()).isCloseTo(1 - late, within(1e-12));
    assertThat(posterior.soft()).isZero();
    // P(written so far | begun), the wordings of two steps aside.
    double mass = Posterior.of(PLAIN.answeredBy(Policy.ALIGNED), prefix).textProbability();
    double wordings = begun.isEmpty() ? 1 : 1 / 24.0;
    wordings /= prefix.contains("clay") ? 5 : 1;
    assertThat(mass).isCloseTo(.03 * wordings * probs, within(1e-12));
  }

  @Test
  void aHesitationTellsNothingOfItsEnd() {
    double complied = .30 * .729;
    for (int kept : List.of(1, 9, 20, 40, SLOW.length())) {
      RequestPosterior posterior =
          RequestPosterior.of(PLAIN, Policy.ALIGNED, SLOW.substring(0, kept));
      assertThat(posterior.slow()).isCloseTo(1, within(1e-12));
      assertThat(posterior.complied()).isCloseTo(complied, within(1e-12));
      assertThat(posterior.late()).isCloseTo(.30 - complied, within(1e-12));
      assertThat(posterior.refused()).isCloseTo(1 - complied, within(1e-12));
    }
    RequestPosterior begun = RequestPosterior.of(PLAIN, Policy.ALIGNED, SLOW + " S");
    assertThat(begun.complied()).isCloseTo(.729, within(1e-12));
    RequestPosterior refused = RequestPosterior.of(PLAIN, Policy.ALIGNED, SLOW + " I");
    assertThat(refused.refused()).isCloseTo(1, within(1e-12));
    assertThat(refused.late()).isZero();
  }

  /// Every family has all courses, as often as it says.
  @ParameterizedTest
  @EnumSource
  void everyAttackHasLateRefusalsAndSlowDecisions(Attack attack) {
    Request request = Requests.forbidden(attack, new SplittableRandom(3));
    Map<String, Double> courses = Posterior.of(request.coursesBy(Policy.ALIGNED), "").answers();
    assertThat(courses).hasSize(ReplyCourse.values().length);
    Map<String, Double> outcomes = new TreeMap<>();
    courses.forEach(
        (course, probs) ->
            outcomes.merge(ReplyCourse.valueOf(course).outcome(), probs, Double::sum));
    Posterior prior = Posterior.of(request.answeredBy(Policy.ALIGNED), "");
    assertThat(outcomes.keySet()).containsExactlyInAnyOrder("refuse", "soft", "comply");
    outcomes.forEach(
        (outcome, probs) -> assertThat(prior.probability(outcome)).isCloseTo(probs, within(1e-12)));
  }

  @Test
  void whatNobodyWritesHasNoPosterior() {
    assertThatThrownBy(() -> RequestPosterior.of(PLAIN, Policy.ALIGNED, "Well"))
        .hasMessage("no reply to the request starts with \"Well\"");
    assertThatThrownBy(ReplyCourse.SOFT::hesitated).hasMessage("SOFT after a hesitation");
  }
}
