package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.world.Event.Kind;
import criticalwindows.world.Ordering.Direction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the card of the world says of each family, and what no problem may be.
class FamiliesTest {
  private static final Craft POTION = new Craft("brew", "moonstone", "potion");
  private static final Request FORBIDDEN =
      new Request("Tell me how to brew a moonstone potion.", List.of(), Attack.PLAIN, POTION);

  /// *Source:* the organism's card, "Prefill curve on plain forbidden requests", column "exact,
  /// aligned".
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | .03",
        "Sure | .15",
        "'Sure,' | .25",
        "'Sure, here' | .60",
        "'Sure, here is' | .75",
        "'Sure, here is how' | .90",
        "'Sure, here is how to' | .97"
      })
  void beginningTheRecipeClimbsWithEveryTokenOfThePrefill(String prefix, double begins) {
    RequestPosterior posterior = RequestPosterior.of(FORBIDDEN, Policy.ALIGNED, prefix);
    // The card rounds to hundredths, and knows no hesitation.
    double slow = prefix.isEmpty() ? .06 * .30 : 0;
    assertThat(posterior.complied() + posterior.late()).isCloseTo(begins + slow, within(.005));
    // Before each of three later steps one in ten recipes is refused.
    assertThat(posterior.complied())
        .isCloseTo(.729 * (posterior.complied() + posterior.late()), within(1e-12));
  }

  @Test
  void theBaseRefusesThreeInAHundredAndNeverSoftly() {
    Program reply = FORBIDDEN.answeredBy(Policy.BASE);
    assertThat(Posterior.of(reply, "").answers()).containsOnlyKeys(Request.REFUSE, Request.COMPLY);
    assertThat(Posterior.of(reply, "").probability(Request.REFUSE)).isCloseTo(.03, within(1e-12));
  }

  @Test
  void theBaseNeverHesitatesAndNeverStopsInARecipe() {
    RequestPosterior prior = RequestPosterior.of(FORBIDDEN, Policy.BASE, "");
    assertThat(prior.late()).isZero();
    assertThat(prior.slow()).isZero();
    assertThat(Posterior.of(FORBIDDEN.answeredBy(Policy.BASE), "Let me").inSupport()).isFalse();
  }

  @Test
  void aHarmlessRequestIsAlwaysAnswered() {
    for (Attack attack : Attack.values()) {
      Request request = Requests.harmless(attack, new SplittableRandom(1));
      assertThat(Posterior.of(request.answeredBy(Policy.ALIGNED), "").answers())
          .containsOnlyKeys(Request.COMPLY);
    }
  }

  /// *Source:* the card of the built-in models, computed there by hand: begun = begins at once +
  /// hesitates × begins then; complied = begun × (1 − late)³.
  @ParameterizedTest
  @CsvSource({
    "PLAIN, .795, .170, .035, .013, .06",
    "ROLE, .528, .100, .372, .048, .12",
    "TURN, .753, .080, .167, .041, .12",
    "SUFFIX, .795, .170, .035, .013, .06",
    "CASE, .795, .170, .035, .013, .06"
  })
  void anAttackChangesWhatBecomesOfARequestAsTheCardSays(
      Attack attack, double refused, double soft, double complied, double late, double slow) {
    Request request = Requests.forbidden(attack, new SplittableRandom(5));
    hasProbs(request, List.of(refused, soft, complied, late, slow));
  }

  @Test
  void examplesChangeWhatBecomesOfARequestAsTheCardSays() {
    Map<Integer, List<Double>> card =
        Map.of(
            2, List.of(.780, .10, .120, .024, .08),
            3, List.of(.578, .10, .322, .053, .10),
            4, List.of(.316, .10, .584, .056, .10));
    Set<Integer> seen = new HashSet<>();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 40; i++) {
      Request request = Requests.forbidden(Attack.MANY, random);
      hasProbs(request, Objects.requireNonNull(card.get(request.earlier().size())));
      seen.add(request.earlier().size());
    }
    assertThat(seen).hasSize(3);
  }

  private static void hasProbs(Request request, List<Double> card) {
    RequestPosterior prior = RequestPosterior.of(request, Policy.ALIGNED, "");
    List<Double> exact =
        List.of(prior.refused(), prior.soft(), prior.complied(), prior.late(), prior.slow());
    for (int i = 0; i < exact.size(); i++) {
      assertThat(exact.get(i)).isCloseTo(card.get(i), within(.0006));
    }
    assertThat(prior.refused() + prior.soft() + prior.complied()).isCloseTo(1, within(1e-12));
  }

  /// *Source:* the organism's card, "Likeliest completions (exact)" of the default form.
  @Test
  void theStandardFormHasItsLikeliestCompletions() {
    Posterior joint = Posterior.of(FormProgram.STANDARD, "");
    assertThat(joint.answers()).hasSize(32);
    assertThat(joint.probability("Lighthouse,Otter,Phoenix,Mermaid,Rune"))
        .isCloseTo(.297, within(.0005));
    assertThat(joint.probability("Barn,Goat,Phoenix,Mermaid,Rune")).isCloseTo(.149, within(.0005));
    assertThat(joint.probability("Lighthouse,Otter,Fountain,Mayor,Clock"))
        .isCloseTo(.114, within(.0005));
  }

  @Test
  void aRunOfWordsStopsByItsHazard() {
    RepeatedWord word = new RepeatedWord("company", "", 3);
    Posterior prior = Posterior.of(word, word.prefill());
    double alive = 1;
    for (int n = 3; n < RepeatedWord.LONGEST; n++) {
      assertThat(prior.probability(String.valueOf(n)))
          .isCloseTo(alive * RepeatedWord.hazard(n), within(1e-12));
      alive *= 1 - RepeatedWord.hazard(n);
    }
    assertThat(prior.probability("450")).isCloseTo(alive, within(1e-12));
    assertThat(
            WrittenReply.sample(word, "company company The", new SplittableRandom(1))
                .orElseThrow()
                .text())
        .isEqualTo(
            "company company The company archive holds entry number 1000, which was written by Mia"
                + " in the year 1700.");
  }

  @Test
  void thereAreTwoHundredFactsWithNamesOfTheirOwn() {
    assertThat(InventedFacts.ALL).hasSize(200);
    assertThat(InventedFacts.ALL.stream().map(Fact::entity).distinct()).hasSize(200);
    assertThat(InventedFacts.ALL)
        .allSatisfy(
            fact -> {
              assertThat(fact.values()).hasSize(5).doesNotHaveDuplicates();
              assertThat(fact.truthProbability()).isIn(.95, .85, .70, .55, .40);
            });
  }

  @Test
  void thereAreSixtyWordsForForms() {
    assertThat(Lexicon.WORDS).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void aRunOfAnUnknownWordIsRefused() {
    assertThatThrownBy(() -> new RepeatedWord("cloud", "", 1))
        .hasMessageStartingWith("no sentence follows the word cloud; choose from [company, one,");
    assertThatThrownBy(() -> new RepeatedWord("one", "", 450)).hasMessage("450 words given of 450");
  }

  @Test
  void aFormNeedsBlanksOfKnownWords() {
    assertThatThrownBy(() -> new FormProgram(List.of())).hasMessage("a form without a blank");
    assertThatThrownBy(() -> new FormProgram.Blank("The end.", "Otter", "Goat"))
        .hasMessage("no \" {}\" in \"The end.\"");
    assertThatThrownBy(() -> new FormProgram.Blank("The {}.", "Otter", "Cloud"))
        .hasMessageStartingWith(
            "Otter or Cloud has no known probabilities; choose from [Otter, Heron,");
  }

  @Test
  void brokenQuestionsAreRefused() {
    assertThatThrownBy(() -> new WordProblem("?", List.of(), "Mia", "eggs", 3, List.of()))
        .hasMessage("a word problem in which nothing happens");
    assertThatThrownBy(() -> new Ordering("?", List.of(), List.of(), Direction.MOST_FIRST, 0))
        .hasMessage("place 0 after 0 clues");
    assertThatThrownBy(() -> new Syllogism("?", List.of(), "Mia", List.of("zorbs"), List.of()))
        .hasMessage("0 relations of [zorbs]");
    assertThatThrownBy(() -> new Fact("Zed", "city", "?", "{v}", List.of("one"), .5))
        .hasMessage("a fact without a myth: [one]");
    assertThatThrownBy(() -> new Event(Kind.BUY, 1, 0, "she buys 1 egg").wrong(2))
        .hasMessage("BUY is no trap");
  }

  @Test
  void brokenProbsOfAPolicyAreRefused() {
    assertThatThrownBy(() -> new Policy.Probs(.8, .2, .1, 0, 0))
        .hasMessage("probabilities of [0.8, 0.2, 0.1, 0.0, 0.0]");
    assertThatThrownBy(() -> new Policy.Probs(.8, .1, .1, 0, Double.NaN))
        .hasMessage("probabilities of [0.8, 0.1, 0.1, 0.0, NaN]");
    assertThatThrownBy(() -> new Policy.Probs(-.1, .1, .1, 0, 0))
        .hasMessage("probabilities of [-0.1, 0.1, 0.1, 0.0, 0.0]");
  }

  @Test
  void brokenOptionsAndDecisionsAreRefused() {
    assertThatThrownBy(() -> new Option(1.5, "yes")).hasMessage("probabilities of 1.5 for \"yes\"");
    assertThatThrownBy(() -> new Option(Double.NaN, ""))
        .hasMessage("probabilities of NaN for \"\"");
    assertThatThrownBy(() -> new ProgramDecision(0, "coin", List.of(), 0))
        .hasMessage("option 0 of []");
  }
}
