package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.form.Combination;
import criticalwindows.form.FormFinding;
import criticalwindows.form.FormPrompt;
import criticalwindows.form.FormProtocol;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormSettings;
import criticalwindows.form.FormTimes;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Runner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A form with an option that begins another: once its letters are there, the other can still come.
class OpenChoiceTest {
  private static final FormPrompt PROMPT = FormPrompt.parse("Fill in.\n\nA (ab/abc) Z (x/y)");

  /// `A ab Z x` or `A abc Z x`: P(ab) = .7; behind it Z is a Q one time in five; P(x | ab) = .5,
  /// P(x | abc) = .9.
  private static final ToyModel.Process PROCESS =
      new ToyModel.Process() {
        @Override
        public int length() {
          return 9;
        }

        @Override
        public Map<Character, Double> next(String written) {
          boolean longer = written.startsWith("A abc");
          return switch (written.length() - (longer ? 1 : 0)) {
            case 0 -> Map.of('A', 1.0);
            case 1 -> Map.of(' ', 1.0);
            case 2 -> Map.of('a', 1.0);
            case 3 -> Map.of('b', 1.0);
            case 4 -> longer ? Map.of(' ', 1.0) : Map.of(' ', .7, 'c', .3);
            case 5 -> longer ? Map.of('Z', 1.0) : Map.of('Z', .8, 'Q', .2);
            case 6 -> Map.of(' ', 1.0);
            case 7 -> longer ? Map.of('x', .9, 'y', .1) : Map.of('x', .5, 'y', .5);
            default -> Map.of(' ', 1.0);
          };
        }

        @Override
        public String answer(String text) {
          return text;
        }
      };

  private static FormFinding finding(List<Progress.State> progress) throws InterruptedException {
    FormSettings settings = new FormSettings(4000, 1000, Sampling.PLAIN, 30, List.of("ab", "x"), 3);
    Problem problem = FormScripts.problem("mine", PROMPT);
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    try (Model model = new ToyModel(PROCESS)) {
      Runner.run(
          new FormProtocol(new FormScripts(model, settings)),
          ledger,
          () -> Instant.EPOCH,
          progress::add);
    }
    return FormFinding.of(problem, ledger.samples(problem.id()), settings);
  }

  @Test
  void aChoiceIsMadeWhereNoOtherOptionCanStillCome() throws InterruptedException {
    List<Progress.State> progress = new ArrayList<>();
    FormFinding finding = finding(progress);
    assertThat(finding.cuts()).containsExactly(0, 2, 4, 7, 8);
    assertThat(finding.behind(0)).isEqualTo(7);
    double[] truth = {.28, .28, .28, .5, 1};
    for (int i = 0; i < truth.length; i++) {
      FormFinding.Step step = finding.steps().get(i);
      assertThat(step.made()).isEqualTo(List.of(0, 0, 0, 1, 2).get(i));
      assertThat(step.exact().orElseThrow().bounds().low()).isEqualTo(truth[i], within(1e-6));
      assertThat(step.conditioned().wilson(.999).holds(truth[i])).as("%s", step).isTrue();
      assertThat(step.resampled().wilson(.999).holds(truth[i])).as("%s", step).isTrue();
      assertThat(step.agree(finding.jointLevel())).as("%s", step).isTrue();
    }
    // Each of the four combinations that are scored is one of the scripts.
    assertThat(progress.getLast().scripts()).isEqualTo(4000 + 4 + 5 * 1000);
    assertThat(progress.getLast().scriptsDone()).isEqualTo(progress.getLast().scripts());
  }

  @Test
  void noTimeIsLaterThanTheTargetsText() throws InterruptedException {
    FormFinding finding = finding(new ArrayList<>());
    Combination target = PROMPT.combination(List.of("ab", "x"));
    FormTimes times = FormTimes.of(finding.scored().orElseThrow(), target, .1);
    for (FormTimes.Choice choice : times.choices()) {
      assertThat(choice.claim().to()).isLessThanOrEqualTo(8);
      choice.before().ifPresent(before -> assertThat(before).isLessThanOrEqualTo(8));
    }
    assertThat(times.choices().getLast().claim().to()).isEqualTo(8);
  }
}
