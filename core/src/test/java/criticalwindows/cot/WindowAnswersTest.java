package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.localise.ClassChange;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.window.WindowFinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A response of 80 tokens that is decided in its middle, where half of the continuations spell its
/// answer another way.
class WindowAnswersTest {
  private static final CutPlan CUTS = CutPlan.parse("0,.2,.4,.6,.8");
  private static final int LENGTH = 80;

  @Test
  void spellingsOfOneAnswerDoNotLeaveForEachOther() {
    Problem problem = Problem.of("mine", "math", "What?", List.of(), "3");
    List<Sample> rows = new ArrayList<>(rows(Key.original(problem.id()), LENGTH, "\\sqrt{2}/2"));
    for (Cut cut : CUTS.cuts(LENGTH)) {
      for (int i = 0; i < 24; i++) {
        String same = i % 2 == 0 ? "\\sqrt{2}/2" : "\\frac{\\sqrt{2}}{2}";
        String answer = cut.fraction() < .5 && i % 4 != 0 ? "3" : same;
        rows.addAll(rows(Key.resample(problem.id(), cut.kept(), i), LENGTH - cut.kept(), answer));
      }
    }
    CotFinding finding = CotFinding.of(problem, rows, CUTS, Grader.STANDARD).orElseThrow();
    List<ClassChange> classes = WindowFinding.of(finding).orElseThrow().classes();
    assertThat(classes).extracting(ClassChange::name).containsExactly("\\sqrt{2}/2", "3");
    assertThat(classes.getFirst().gain().interval().low()).isGreaterThan(.4);
    assertThat(classes.getLast().gain().interval().high()).isLessThan(-.4);
  }

  private static List<Sample> rows(Key key, int tokens, String answer) {
    return List.of(
        row(key, Sample.Turn.RESPONSE, tokens, "…"),
        row(key, Sample.Turn.ANSWER, 0, "The answer is $" + answer + "$."));
  }

  private static Sample row(Key key, Sample.Turn turn, int tokens, String text) {
    return new Sample(
        key,
        turn,
        Tokens.of(IntStream.range(0, tokens).toArray()),
        text,
        List.of(),
        FinishReason.STOP,
        LogProbs.of(new float[tokens]),
        1,
        "by hand",
        1,
        Duration.ZERO);
  }
}
