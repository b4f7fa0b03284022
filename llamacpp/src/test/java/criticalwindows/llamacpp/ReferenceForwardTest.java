package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.LlamaExport;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// llama.cpp against the plain forward pass: the log-probability of every token of the vocabulary
/// after every token of some documents that the model wrote itself.
final class ReferenceForwardTest {
  private static final double MOST = .05;

  private static final ReferenceLlama BASE = ReferenceLlama.ofGguf(BuiltIn.FILE);

  /// llama.cpp rounds what a matrix in eight bits multiplies to eight bits as well.
  private static final double MOST_IN_EIGHT_BITS = .5;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void theBuiltInModelIsComputedAsItsEquationsSay(Attention attention) throws Exception {
    LlamaOptions options = BuiltIn.OPTIONS.withAttention(attention);
    try (LlamaModel model = LlamaModel.open(BuiltIn.FILE, options)) {
      compare(model, BASE, List.of(8), MOST);
    }
  }

  @Test
  void aModelInEightBitsIsComputedAsItsEquationsSay() throws Exception {
    Path file = BuiltIn.FILE.resolveSibling("aligned.gguf");
    try (LlamaModel model = LlamaModel.open(file, BuiltIn.OPTIONS)) {
      compare(model, ReferenceLlama.ofGguf(file), List.of(5), MOST_IN_EIGHT_BITS);
    }
  }

  @Test
  @Tag("shared")
  void whatIsExportedFromATrainedModelIsThatModel(@TempDir Path folder) throws Exception {
    Path trained = Path.of("../../shared/organism/base");
    Path gguf = folder.resolve("exported.gguf");
    LlamaExport.write(trained, gguf, ElementType.F16);
    try (LlamaModel model = LlamaModel.open(gguf, BuiltIn.OPTIONS)) {
      compare(
          model,
          ReferenceLlama.ofSafetensors(trained.resolve("model.safetensors")),
          List.of(3, 6, 9),
          MOST);
    }
  }

  /// @param most the largest difference of a log-probability
  private static void compare(
      LlamaModel model, ReferenceLlama reference, List<Integer> stamps, double most)
      throws InterruptedException {
    int decided = 0;
    double largest = 0;
    for (int count : stamps) {
      Tokens document = document(model, count);
      double[][] expected = reference.logProbs(document);
      double[][] actual = logProbs(model, document);
      for (int t = 0; t < document.size(); t++) {
        for (int id = 0; id < expected[t].length; id++) {
          largest = Math.max(largest, Math.abs(actual[t][id] - expected[t][id]));
        }
        int first = likeliest(expected[t], -1);
        if (expected[t][first] - expected[t][likeliest(expected[t], first)] > 2 * most) {
          assertThat(likeliest(actual[t], -1)).isEqualTo(first);
          decided++;
        }
      }
    }
    assertThat(largest).as("largest difference of log-probability").isBetween(1e-9, most);
    assertThat(decided).as("places with a clear margin").isGreaterThan(100);
  }

  /// A question and what the model says to it.
  private static Tokens document(LlamaModel model, int stamps) throws InterruptedException {
    Tokens question = BuiltIn.question(model.vocabulary(), stamps);
    Script script = new Script(question, List.of(Step.sample(Sampling.PLAIN, 80)), stamps);
    return question.plus(Models.run(model, script).last().tokens());
  }

  private static double[][] logProbs(LlamaModel model, Tokens document)
      throws InterruptedException {
    double[][] rows = new double[document.size()][];
    return model.withFreshContext(
        document.size(),
        context -> {
          float[] row = new float[model.vocabulary().size()];
          for (int from = 0; from < rows.length; from += context.shape().rows()) {
            int to = Math.min(rows.length, from + context.shape().rows());
            for (int t = from; t < to; t++) {
              context.ask(document.at(t), 0);
            }
            context.decode();
            for (int t = from; t < to; t++) {
              context.row(t - from, row);
              rows[t] = normalised(row);
            }
          }
          return rows;
        });
  }

  private static double[] normalised(float[] logits) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    double[] logProbs = new double[logits.length];
    for (int id = 0; id < logits.length; id++) {
      logProbs[id] = logits[id] - Math.log(sum);
    }
    return logProbs;
  }

  private static int likeliest(double[] row, int but) {
    int best = but == 0 ? 1 : 0;
    for (int id = 0; id < row.length; id++) {
      best = id != but && row[id] > row[best] ? id : best;
    }
    return best;
  }
}
