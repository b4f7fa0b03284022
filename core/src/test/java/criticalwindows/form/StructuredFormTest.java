package criticalwindows.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Forms on a model whose probabilities are known: two choices that depend on each other, written
/// in eleven characters, and one text in ten that leaves the form.
class StructuredFormTest {
  private static final FormPrompt PROMPT = FormPrompt.parse("Fill in.\n\nA (x/y) B (u/v) C D");
  private static final List<String> TARGET = List.of("y", "v");

  /// `A x B u C D`: P(y) = .4, P(v | x) = .2, P(v | y) = .7; B is an E one time in ten.
  private static final ToyModel.Process PROCESS =
      new ToyModel.Process() {
        @Override
        public int length() {
          return 11;
        }

        @Override
        public Map<Character, Double> next(String written) {
          return switch (written.length()) {
            case 2 -> Map.of('x', .6, 'y', .4);
            case 4 -> Map.of('B', .9, 'E', .1);
            case 6 ->
                written.charAt(2) == 'x' ? Map.of('u', .8, 'v', .2) : Map.of('u', .3, 'v', .7);
            default -> Map.of("A x B u C D".charAt(written.length()), 1.0);
          };
        }

        @Override
        public String answer(String text) {
          return text;
        }
      };

  private static FormSettings settings(int texts, int samples) {
    return new FormSettings(texts, samples, Sampling.PLAIN, 30, TARGET, 3);
  }

  private static Problem problem() {
    return FormScripts.problem("mine", PROMPT);
  }

  private static MemoryLedger run(FormSettings settings) throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(List.of(problem()));
    try (Model model = new ToyModel(PROCESS)) {
      Runner.run(
          new FormProtocol(new FormScripts(model, settings)),
          ledger,
          () -> Instant.EPOCH,
          progress -> {});
    }
    return ledger;
  }

  private static FormFinding finding(MemoryLedger ledger, FormSettings settings) {
    return FormFinding.of(problem(), ledger.samples(problem().id()), settings);
  }

  @Test
  void theThreeWaysAgreeWithTheTruthAndWithEachOther() throws InterruptedException {
    FormSettings settings = settings(4000, 1000);
    FormFinding finding = finding(run(settings), settings);
    assertThat(finding.cuts()).containsExactly(0, 2, 3, 6, 7);
    // Before a choice, behind it: .4 × .9 × .7, .9 × .7, .9 × .7, .7, 1, as B is decided by 6.
    double[] truth = {.252, .252, .63, .7, 1};
    for (int i = 0; i < truth.length; i++) {
      FormFinding.Step step = finding.steps().get(i);
      assertThat(step.exact().orElseThrow().bounds().low()).isEqualTo(truth[i], within(1e-6));
      assertThat(step.conditioned().wilson(.999).holds(truth[i])).as("%s", step).isTrue();
      assertThat(step.resampled().wilson(.999).holds(truth[i])).as("%s", step).isTrue();
      assertThat(step.agree(finding.jointLevel())).as("%s", step).isTrue();
    }
    assertThat(finding.scored().orElseThrow().mass()).isEqualTo(.9, within(1e-6));
    assertThat(finding.steps().getFirst().exact().orElseThrow().bounds().high())
        .isEqualTo(1 - .9 + .252, within(1e-6));
    assertThat(finding.reasons()).containsOnlyKeys("between choices");
    assertThat(finding.outside()).hasValueSatisfying(t -> assertThat(t).contains(" E "));
  }

  @Test
  void aShareThatIsWrongIsSeenToBeApart() throws InterruptedException {
    FormSettings settings = settings(2000, 300);
    FormFinding.Step right = finding(run(settings), settings).steps().get(1);
    // As if continuations had begun behind the choice.
    FormFinding.Step wrong =
        new FormFinding.Step(
            right.kept(),
            right.made(),
            right.conditioned(),
            finding(run(settings), settings).steps().get(2).begun(),
            right.exact());
    assertThat(right.agree(.99)).isTrue();
    assertThat(wrong.agree(.99)).isFalse();
  }

  @Test
  void whatIsThereIsNotSampledAgain() throws InterruptedException {
    FormSettings settings = settings(40, 5);
    MemoryLedger whole = run(settings);
    assertThat(whole.keys()).hasSize(40 + 4 + 5 * 5);
    MemoryLedger half = new MemoryLedger(List.of(problem()));
    Set<Key> some = new TreeSet<>();
    Map<Key, Sample> rows = new HashMap<>();
    whole.samples(problem().id()).forEach(row -> rows.put(row.key(), row));
    rows.keySet().stream().sorted().filter(key -> key.index() % 2 == 0).forEach(some::add);
    half.append(some.stream().map(rows::get).toList());
    try (Model model = new ToyModel(PROCESS)) {
      Runner.run(
          new FormProtocol(new FormScripts(model, settings)),
          half,
          () -> Instant.EPOCH,
          progress -> {});
    }
    assertThat(half.keys()).isEqualTo(whole.keys());
    assertThat(finding(half, settings).steps()).isEqualTo(finding(whole, settings).steps());
  }

  @Test
  void theTimesOfTheFormAreThoseOfItsLaw() throws InterruptedException {
    FormSettings settings = settings(10, 1);
    FormFinding finding = finding(run(settings), settings);
    Combination target = PROMPT.combination(TARGET);
    FormTimes times = FormTimes.of(finding.scored().orElseThrow(), target, .1);
    FormTimes.Choice first = times.choices().getFirst();
    assertThat(first.share()).isEqualTo(.4, within(1e-6));
    assertThat(first.before()).contains(2);
    assertThat(first.after()).isEqualTo(3);
    assertThat(first.claim().from()).isEqualTo(3);
    assertThat(first.claim().to()).isEqualTo(6);
    assertThat(first.distance()).isEqualTo(0, within(1e-9));
    assertThat(first.consistency().get(2)).isEqualTo(.4, within(1e-6));
    assertThat(times.choices().get(1).after()).isEqualTo(7);
    finding
        .scored()
        .orElseThrow()
        .shares()
        .forEach(
            (begun, share) ->
                assertThat(share)
                    .isEqualTo(finding.scored().orElseThrow().share(begun), within(1e-12)));
  }

  @Test
  void timesFromSamplesBracketTheExactOnes() throws InterruptedException {
    FormSettings settings = settings(4000, 3000);
    FormFinding finding = finding(run(settings), settings);
    SampledTimes times = SampledTimes.of(finding, .1, .95);
    SampledTimes.Choice first = times.choices().getFirst();
    assertThat(first.after()).isEqualTo(range(3, 3));
    assertThat(first.before().possible()).contains(2);
    assertThat(first.share().wilson(.999).holds(.4)).isTrue();
    assertThat(first.lastBefore().wilson(.999).holds(.4)).isTrue();
    assertThat(first.firstBehind().estimate()).isEqualTo(1);
    FormSettings few = settings(50, 20);
    assertThat(SampledTimes.of(finding(run(few), few), .1, .95).choices().getFirst().after())
        .extracting(SampledTimes.Range::words)
        .isEqualTo("3?");
  }

  private static SampledTimes.Range range(int certain, int possible) {
    return new SampledTimes.Range(java.util.Optional.of(certain), java.util.Optional.of(possible));
  }

  @Test
  void anotherTemperatureHasNoScoresAndSaysSo() throws InterruptedException {
    FormSettings settings = new FormSettings(60, 5, new Sampling(.5, 1), 30, List.of(), 3);
    FormFinding finding = finding(run(settings), settings);
    assertThat(finding.scored()).isEmpty();
    assertThat(finding.target()).isPresent();
    assertThat(finding.steps()).isNotEmpty().allMatch(step -> step.exact().isEmpty());
  }

  @Test
  void moreCombinationsThanCanBeScoredAreSampled() {
    FormPrompt large = FormPrompt.parse("A (x/y) ".repeat(11));
    assertThat(large.combinations()).isEqualTo(2048);
    assertThat(FormFinding.scorable(large, settings(1, 1))).isFalse();
    assertThat(FormFinding.scorable(PROMPT, settings(1, 1))).isTrue();
  }

  @Test
  void aPromptLongerThanTheContextIsNamed() {
    try (Model model = new ToyModel(PROCESS)) {
      FormPrompt large = FormPrompt.parse("A (x/y) " + "and so on ".repeat(300));
      assertThatThrownBy(() -> FormScripts.mostTokens(model, List.of(large)))
          .hasMessageMatching(
              "the prompt takes \\d+ tokens and its completed sentences \\d+, and the context of"
                  + " toy is 4096");
    }
  }
}
