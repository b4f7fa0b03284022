package criticalwindows.exact;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.world.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Findings whose original and continuations are given; a token spells `stride` characters.
record Originals(Question question, int stride, CutPlan cuts) {
  /// In place of an answer: the continuation met its limit of tokens.
  static final String CUT_OFF = "cut off";

  /// @param answer of the original, as its follow-up turn says it
  /// @param answers of the continuations at every cut
  CotFinding finding(String text, String answer, String... answers) {
    Problem problem = question.problem("world:test");
    List<Sample> rows = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int end = stride; end < text.length() + stride; end += stride) {
      ends.add(Math.min(end, text.length()));
    }
    rows.add(row(Key.original(problem.id()), Sample.Turn.RESPONSE, text, ends));
    rows.add(row(Key.original(problem.id()), Sample.Turn.ANSWER, answer, List.of()));
    for (int kept :
        cuts.cuts(ends.size()).stream().mapToInt(cut -> cut.kept()).distinct().toArray()) {
      for (int i = 0; i < answers.length; i++) {
        Key key = Key.resample(problem.id(), kept, i);
        Sample response = row(key, Sample.Turn.RESPONSE, "…", List.of());
        rows.add(answers[i].equals(CUT_OFF) ? cutOff(response) : response);
        rows.add(row(key, Sample.Turn.ANSWER, answers[i], List.of()));
      }
    }
    return CotFinding.of(problem, rows, cuts, Grader.STANDARD).orElseThrow();
  }

  private static Sample cutOff(Sample row) {
    return new Sample(
        row.key(),
        row.turn(),
        row.tokens(),
        row.text(),
        row.ends(),
        FinishReason.LENGTH,
        row.logProbs(),
        row.seed(),
        row.engine(),
        row.wave(),
        row.elapsed());
  }

  private static Sample row(Key key, Sample.Turn turn, String text, List<Integer> ends) {
    int tokens = ends.size();
    return new Sample(
        key,
        turn,
        Tokens.of(IntStream.range(0, tokens).toArray()),
        text,
        ends,
        FinishReason.STOP,
        LogProbs.of(new float[tokens]),
        1,
        "by hand",
        1,
        Duration.ZERO);
  }
}
