package criticalwindows.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.GgufValue;
import criticalwindows.gguf.GgufWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.llamacpp.SinglePrecision;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Log-probabilities beside those of llama.cpp, of the built-in models.
final class LlamaCppTest {
  private static final Path HUB = Path.of("../hub/src/main/resources/criticalwindows/hub");

  private static final LlamaOptions OPTIONS =
      LlamaOptions.defaults()
          .withThreads(1)
          .withMemory(1L << 30)
          .withAttention(LlamaOptions.Attention.PLAIN);

  private static final int VOCABULARY = 3072;

  /// "In the morning, Olga has 17 stamps. Next, she buys 6 boxes with 7 stamps in each box. How
  /// many stamps does Olga have in the end?", as the models' tokenizer has it.
  private static final int[] IDS = {
    0, 1030, 268, 1045, 16, 1057, 378, 225, 21, 27, 1063, 18, 493, 16, 375, 447, 225, 26, 709, 488,
    225, 27, 1063, 311, 429, 525, 18, 553, 425, 1063, 555, 1057, 575, 311, 268, 487, 35
  };

  @TempDir private Path folder;

  @Test
  void aFileOfHalfPrecisionAgrees() throws InterruptedException {
    Ours ours = Ours.of(HUB.resolve("base.gguf"));
    float[] theirs = scored(HUB.resolve("base.gguf")).logProbs().toArray();
    for (int i = 0; i < theirs.length; i++) {
      assertThat(ours.at(i, IDS[i + 1])).isCloseTo(theirs[i], within(.05f));
    }
  }

  @Test
  void aFileOfEightBitsAgreesInTheLikeliestTokenWhereItIsClear() throws InterruptedException {
    Ours ours = Ours.of(HUB.resolve("small-base.gguf"));
    Scored theirs = scored(HUB.resolve("small-base.gguf"));
    int clear = 0;
    for (int i = 0; i < theirs.logProbs().size(); i++) {
      assertThat(ours.at(i, IDS[i + 1])).isCloseTo(theirs.logProbs().at(i), within(.5f));
      if (ours.margin(i) > 1) {
        assertThat(ours.likeliest(i)).isEqualTo(theirs.predictions().get(i).likeliest());
        clear++;
      }
    }
    assertThat(clear).isGreaterThan(IDS.length / 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3"})
  void aFileOfSinglePrecisionAgreesInEveryToken(String kind) {
    Path file = folder.resolve("a.gguf");
    write(file, kind);
    Ours ours = Ours.of(file);
    float[][] logits = SinglePrecision.logits(file, IDS, VOCABULARY);
    double worst = 0;
    for (int i = 0; i < IDS.length; i++) {
      double sum = 0;
      for (float logit : logits[i]) {
        sum += Math.exp(logit);
      }
      for (int token = 0; token < VOCABULARY; token++) {
        worst = Math.max(worst, Math.abs(ours.at(i, token) - (logits[i][token] - Math.log(sum))));
      }
    }
    assertThat(worst).isPositive().isLessThan(1e-3);
  }

  private static Scored scored(Path file) throws InterruptedException {
    try (LlamaModel model = LlamaModel.open(file, OPTIONS)) {
      Tokens text = Tokens.of(IDS);
      Step score =
          new Step.Score(List.of(text.slice(1, text.size()))).withPredictions(Sampling.PLAIN);
      Script script = new Script(text.prefix(1), List.of(score), 0);
      return Models.run(model, script).scores().getFirst().getFirst();
    }
  }

  /// Log-probabilities of all tokens after each token of the text.
  private static final class Ours {
    private final float[] values;

    private Ours(float[] values) {
      this.values = values;
    }

    static Ours of(Path file) {
      int count = IDS.length * VOCABULARY;
      Targets every =
          new Targets(
              IntStream.range(0, count).map(i -> i / VOCABULARY).toArray(),
              IntStream.range(0, count).map(i -> i % VOCABULARY).toArray());
      try (TorchWhiteBox model =
          TorchWhiteBox.open(file, criticalwindows.torch.Models.ALL, Numbers.FLOAT32)) {
        return new Ours(model.logProbs(List.of(new Passage(Tokens.of(IDS), every))).getFirst());
      }
    }

    float at(int place, int token) {
      return values[place * VOCABULARY + token];
    }

    int likeliest(int place) {
      return IntStream.range(0, VOCABULARY)
          .reduce((a, b) -> at(place, b) > at(place, a) ? b : a)
          .orElseThrow();
    }

    /// How much likelier the likeliest token is than any other.
    float margin(int place) {
      int best = likeliest(place);
      int next =
          IntStream.range(0, VOCABULARY)
              .filter(token -> token != best)
              .reduce((a, b) -> at(place, b) > at(place, a) ? b : a)
              .orElseThrow();
      return at(place, best) - at(place, next);
    }
  }

  /// The built-in model in single precision, as another kind: with random biases or norms where
  /// that kind has them.
  private static void write(Path file, String kind) {
    try (GgufReader own = GgufReader.open(HUB.resolve("base.gguf"))) {
      Map<String, GgufValue> metadata = new LinkedHashMap<>();
      own.metadata()
          .forEach((key, value) -> metadata.put(key.replaceFirst("^llama\\.", kind + "."), value));
      metadata.put("general.architecture", GgufValue.text(kind));
      List<Stored> tensors = new ArrayList<>();
      for (String name : own.tensorNames()) {
        Tensor tensor = own.tensor(name);
        tensors.add(new Stored(tensor, ElementType.F32));
        if (kind.equals("qwen2") && name.matches(".*attn_[qkv]\\.weight")) {
          tensors.add(vector(name.replace("weight", "bias"), tensor.shape().getFirst(), 0));
        }
        if (kind.equals("qwen3") && name.matches(".*attn_[qk]\\.weight")) {
          tensors.add(vector(name.replace(".weight", "_norm.weight"), 32, 1));
        }
      }
      GgufWriter.write(file, metadata, tensors);
    }
  }

  private static Stored vector(String name, long length, double middle) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Tensor.Rows rows =
        (row, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = (float) (middle + random.nextDouble(-.2, .2));
          }
        };
    return new Stored(new Tensor(name, List.of(length), rows), ElementType.F32);
  }
}
