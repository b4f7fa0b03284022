package criticalwindows.weighting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import criticalwindows.model.Sampled;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.study.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResponseMeasuresTest {
  private static final Answer A = new Answer.Label("A");
  private static final Answer B = new Answer.Label("B");
  private static final Answer UNREAD = new Answer.Unread("nothing");
  private static final Problem PROBLEM =
      Problem.of(
          "mine", "logic", "Which?", List.of(new Choice("A", "x"), new Choice("B", "y")), "A");

  @Test
  void consistencyIsTheShareOfPairsThatAgree() {
    assertThat(ResponseMeasures.consistency(List.of(A, A, B, UNREAD))).isEqualTo(1.0 / 6);
    assertThat(ResponseMeasures.consistency(List.of(A, A, A))).isEqualTo(1);
    assertThat(ResponseMeasures.consistency(List.of(A, B))).isZero();
    assertThat(ResponseMeasures.consistency(List.of(A, A, B, B))).isEqualTo(1.0 / 3);
  }

  @Test
  void whatCannotBeReadAgreesWithNothing() {
    assertThat(ResponseMeasures.consistency(List.of(UNREAD, UNREAD))).isZero();
  }

  /// Over all ways in which three responses can come out that are A with probability .7 and B
  /// otherwise, its mean is .7² + .3².
  @Test
  void consistencyHasNoBias() {
    double mean = 0;
    for (int a = 0; a <= 3; a++) {
      List<Answer> answers = new ArrayList<>(Collections.nCopies(a, A));
      answers.addAll(Collections.nCopies(3 - a, B));
      double ways = a == 0 || a == 3 ? 1 : 3;
      double chance = ways * StrictMath.pow(.7, a) * StrictMath.pow(.3, 3 - a);
      mean += chance * ResponseMeasures.consistency(answers);
    }
    assertThat(mean).isCloseTo(.58, within(1e-12));
  }

  @Test
  void measuresOfAProblemAreMeansOverItsResponses() {
    Measured.Builder measured = new Measured.Builder();
    ResponseMeasures.add(
        measured, List.of(response(A, .5f, .1f), response(A, .3f), response(B), response(UNREAD)));
    Map<String, Map<String, Double>> values = measured.build().values();
    assertThat(value(values, ResponseMeasures.ACCURACY)).isEqualTo(.5);
    assertThat(value(values, ResponseMeasures.READABLE)).isEqualTo(.75);
    assertThat(value(values, ResponseMeasures.CONSISTENCY)).isCloseTo(1.0 / 6, within(1e-6));
    assertThat(value(values, ResponseMeasures.ENTROPY)).isCloseTo(.3, within(1e-6));
  }

  private static double value(Map<String, Map<String, Double>> values, String measure) {
    return Objects.requireNonNull(values.getOrDefault(measure, Map.of()).get(PROBLEM.id()));
  }

  private static OwnResponse response(Answer answer, float... entropies) {
    List<Prediction> predictions = new ArrayList<>();
    for (float entropy : entropies) {
      predictions.add(new Prediction(entropy, 0, -1, 0, 0, Prediction.Ratios.NONE));
    }
    Sampled written =
        new Sampled(
            Tokens.of(new int[entropies.length]),
            LogProbs.of(new float[entropies.length]),
            FinishReason.LENGTH,
            WatchedLogProbs.NONE,
            predictions);
    return new OwnResponse(PROBLEM, Tokens.of(1), written, answer);
  }
}
