package criticalwindows.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Windows of the toy model, whose decisions are at its 3rd, 6th, 9th, 12th and 15th characters.
class ExplanationTest {
  private static final CutPlan CUTS = CutPlan.parse("every:1");

  private static CotFinding finding(Double... probs) throws InterruptedException {
    Problem problem = Problem.of("toy", "logic", "Which leaf?", List.of(), "27");
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    ToyModel model = new ToyModel(new ToyModel.OrderedDecisions(List.of(probs)));
    CotSettings settings = new CotSettings(CUTS, 40, Sampling.PLAIN, 40, 3);
    Runner.run(
        new FixedCuts(new CotScripts(model, PromptSet.standard(), settings)),
        ledger,
        InstantSource.fixed(Instant.EPOCH),
        state -> {});
    return CotFinding.of(problem, ledger.samples(problem.id()), CUTS, Grader.STANDARD)
        .orElseThrow();
  }

  @Test
  void theWindowIsTheTokenThatDecidesAndContinuationsPartThere() throws InterruptedException {
    CotFinding finding = finding(.999, .999, .5, .999, .999);
    Explanation known = Explanation.of(finding).orElseThrow();
    assertThat(known.text().from()).isEqualTo(8);
    assertThat(known.text().to()).isEqualTo(9);
    assertThat(known.token(8)).isEqualTo(finding.original().text().substring(8, 9));
    assertThat(known.text().logProbs().get(8)).isCloseTo(Math.log(.5), within(1e-6));
    CotLevel before = known.before().orElseThrow();
    CotLevel after = known.after().orElseThrow();
    assertThat(before.cut().kept()).isEqualTo(8);
    assertThat(after.cut().kept()).isEqualTo(9);
    assertThat(known.followers()).hasSize(40);
    // Who comes to another answer has taken the other side of the fair decision, or a rare one.
    assertThat(known.strays())
        .hasSize((int) (40 - before.consistent().successes()))
        .hasSizeBetween(8, 32);
    assertThat(known.strays().stream().filter(stray -> stray.at() == 8).count())
        .isGreaterThanOrEqualTo(known.strays().size() - 2L);
    String rest = known.rest(before.cut().kept());
    assertThat(rest).isEqualTo(finding.original().text().substring(8));
    for (Parting stray : known.strays()) {
      String words = stray.resample().response().text();
      assertThat(rest.substring(0, stray.same())).isEqualTo(words.substring(0, stray.same()));
      assertThat(words).endsWith(stray.words(rest));
    }
  }

  /// Had the window been said to be two tokens earlier: the continuations that change the answer
  /// wrote those tokens as the response does.
  @Test
  void aWindowThatItsContinuationsDoNotLeaveIsContradicted() throws InterruptedException {
    Explanation known = Explanation.of(finding(.999, .999, .5, .999, .999)).orElseThrow();
    assertThat(known.contradicted()).isFalse();
    WindowText text = known.text();
    WindowText wrong = new WindowText(text.kinds(), text.logProbs(), text.from() - 2, text.from());
    Explanation moved =
        new Explanation(known.finding(), known.window(), wrong, known.before(), known.after());
    assertThat(moved.contradicted()).isTrue();
  }

  @Test
  void whereNothingIsDecidedThereIsNothingToExplain() throws InterruptedException {
    assertThat(Explanation.of(finding(.999, .999, .999, .999, .999))).isEmpty();
  }

  @Test
  void aWindowKeepsItsPlaceAndWidthInAnotherResponse() {
    WindowText longer = text(200, 100, 104);
    WindowText swapped = text(50, 3, 5).withPlaceOf(longer);
    assertThat(List.of(swapped.from(), swapped.to())).containsExactly(24, 28);
    WindowText narrow = text(4, 0, 1).withPlaceOf(text(10, 2, 10));
    assertThat(List.of(narrow.from(), narrow.to())).containsExactly(0, 4);
  }

  private static WindowText text(int length, int from, int to) {
    return new WindowText(Collections.nCopies(length, Set.of()), List.of(), from, to);
  }
}
