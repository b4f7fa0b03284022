package criticalwindows.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.finetune.AdamW;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.finetune.WhiteBoxes.Precision;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import criticalwindows.model.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TorchWhiteBoxTest {
  private static final Path QWEN3 = ReferenceModelsTest.folder("qwen3");
  private static final AdamW.Step STEP = new AdamW.Step(new AdamW(.9, .999, 1e-8, .1, 1), 1e-2);

  @TempDir private Path folder;

  @Test
  void packedPassagesGiveWhatEachGivesAlone() {
    List<Passage> passages =
        List.of(random(1, 7), random(2, 3), random(3, 7), random(4, 1), random(5, 40));
    try (TorchWhiteBox model = Models.open(QWEN3, Models.ALL)) {
      List<float[]> together = model.logProbs(passages);
      for (int i = 0; i < passages.size(); i++) {
        assertThat(together.get(i))
            .containsExactly(model.logProbs(List.of(passages.get(i))).getFirst(), within(1e-5f));
      }
      assertThat(model.logProbs(List.of())).isEmpty();
    }
  }

  /// Passages of several lengths, with several targets at one place.
  @Test
  void theOutputMatrixTimesAStateGivesTheLogits() {
    Tokens ids = random(6, 9).ids();
    Passage several = new Passage(ids, new Targets(new int[] {2, 2, 8}, new int[] {5, 71, 30}));
    List<Passage> passages = List.of(random(1, 12), several, random(2, 3));
    try (TorchWhiteBox model = Models.open(QWEN3, Models.lora(4))) {
      train(model, 1, 2);
      float[] output =
          model.weights().stream()
              .filter(weight -> weight.name().equals("lm_head.weight"))
              .findFirst()
              .orElseThrow()
              .toArray();
      List<float[]> logProbs = model.logProbs(passages);
      List<float[][]> states = model.states(passages);
      assertThat(states.get(1)[1]).isEqualTo(states.get(1)[0]);
      for (int p = 0; p < passages.size(); p++) {
        Targets targets = passages.get(p).targets();
        assertThat(states.get(p)).hasNumberOfRows(targets.size());
        for (int i = 0; i < targets.size(); i++) {
          assertThat(logProb(output, states.get(p)[i], targets.token(i)))
              .isCloseTo(logProbs.get(p)[i], within(1e-4));
        }
      }
      assertThat(model.states(List.of())).isEmpty();
    }
  }

  /// In double precision, from the row-major output matrix.
  private static double logProb(float[] output, float[] state, int token) {
    double[] logits = new double[output.length / state.length];
    for (int row = 0; row < logits.length; row++) {
      for (int i = 0; i < state.length; i++) {
        logits[row] += (double) output[row * state.length + i] * state[i];
      }
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return logits[token] - Math.log(sum);
  }

  @Test
  void gradientsAddUpOverCalls() {
    List<Passage> passages = List.of(random(1, 9), random(2, 5), random(3, 9));
    try (TorchWhiteBox one = Models.open(QWEN3, Models.ALL);
        TorchWhiteBox other = Models.open(QWEN3, Models.ALL)) {
      one.accumulate(passages, TorchWhiteBoxTest::likelier);
      passages.forEach(passage -> other.accumulate(List.of(passage), TorchWhiteBoxTest::likelier));
      other.accumulate(List.of(), values -> List.of());
      assertThat(one.step(STEP)).isCloseTo(other.step(STEP), within(1e-4)).isGreaterThan(1);
      assertThat(one.logProbs(passages).getFirst())
          .containsExactly(other.logProbs(passages).getFirst(), within(2e-3f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void aSavedModelGoesOnBitForBit(int rank) {
    WhiteBoxes.Options options = rank == 0 ? Models.ALL : Models.lora(rank);
    Path file = folder.resolve("checkpoint.safetensors");
    try (TorchWhiteBox first = Models.open(QWEN3, options);
        TorchWhiteBox second = Models.open(QWEN3, options)) {
      train(first, 1, 2, 3);
      first.save(file);
      second.load(file);
      assertThat(numbers(second)).usingRecursiveComparison().isEqualTo(numbers(first));
      train(first, 4, 5);
      train(second, 4, 5);
      assertThat(numbers(second)).usingRecursiveComparison().isEqualTo(numbers(first));
      first.load(file);
      train(first, 4, 5);
      assertThat(numbers(first)).usingRecursiveComparison().isEqualTo(numbers(second));
    }
  }

  @Test
  void aCheckpointOfAnotherModelOrOtherSettingsIsRefused() throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    try (TorchWhiteBox model = Models.open(QWEN3, Models.lora(4));
        TorchWhiteBox other = Models.open(ReferenceModelsTest.folder("qwen2"), Models.lora(4));
        TorchWhiteBox larger = Models.open(QWEN3, Models.lora(5))) {
      train(model, 1);
      model.save(file);
      UserError wrong = catchThrowableOfType(UserError.class, () -> other.load(file));
      assertThat(wrong).hasMessage(file + " was saved of another model");
      assertThat(wrong.hint()).isEqualTo("go on with the model that it was saved of");
      wrong = catchThrowableOfType(UserError.class, () -> larger.load(file));
      assertThat(wrong).hasMessageStartingWith(file + " was saved with LoraConfig[rank=4,");
      assertThat(wrong.hint()).isEqualTo("go on with the settings that it was saved with");
      Path weights = QWEN3.resolve("model.safetensors");
      wrong = catchThrowableOfType(UserError.class, () -> model.load(weights));
      assertThat(wrong).hasMessage(weights + " is no checkpoint of cw train");
      Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 9000));
      wrong = catchThrowableOfType(UserError.class, () -> model.load(file));
      assertThat(wrong).hasMessageContaining("truncated or damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void aGradientThatIsNotFiniteChangesNothing(float share) {
    try (TorchWhiteBox model = Models.open(QWEN3, Models.ALL);
        TorchWhiteBox other = Models.open(QWEN3, Models.ALL)) {
      train(model, 1);
      train(other, 1);
      model.accumulate(
          List.of(random(9, 5)), values -> List.of(Models.filled(values.getFirst().length, share)));
      assertThat(model.step(STEP)).isNaN();
      assertThat(numbers(model)).usingRecursiveComparison().isEqualTo(numbers(other));
      train(model, 2);
      train(other, 2);
      assertThat(numbers(model)).usingRecursiveComparison().isEqualTo(numbers(other));
    }
  }

  @Test
  void theReferenceOfAnAdapterStaysTheFirstModel() {
    List<Passage> passages = List.of(random(1, 9));
    try (TorchWhiteBox model = Models.open(QWEN3, Models.lora(4))) {
      float[] before = model.logProbs(passages).getFirst();
      assertThat(model.referenceLogProbs(passages).getFirst()).isEqualTo(before);
      train(model, 1, 2);
      assertThat(model.referenceLogProbs(passages).getFirst()).isEqualTo(before);
      assertThat(model.logProbs(passages).getFirst()).isNotEqualTo(before);
    }
  }

  @Test
  void ofAllWeightsThereIsAReferenceBeforeTheFirstStepOnly() {
    List<Passage> passages = List.of(random(1, 9));
    try (TorchWhiteBox model = Models.open(QWEN3, Models.ALL)) {
      assertThat(model.referenceLogProbs(passages).getFirst())
          .isEqualTo(model.logProbs(passages).getFirst());
      assertThat(model.adapter()).isEmpty();
      train(model, 1);
      assertThatIllegalStateException().isThrownBy(() -> model.referenceLogProbs(passages));
    }
  }

  @Test
  void weightsWithTheAdapterAddedComputeTheSame() throws IOException {
    List<Passage> passages = List.of(random(1, 30));
    Files.copy(QWEN3.resolve("config.json"), folder.resolve("config.json"));
    try (TorchWhiteBox model = Models.open(QWEN3, Models.lora(4))) {
      train(model, 1, 2);
      List<Stored> weights = new ArrayList<>();
      model.weights().forEach(weight -> weights.add(new Stored(weight, ElementType.F32)));
      SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of(), weights);
      try (TorchWhiteBox merged = Models.open(folder, Models.ALL)) {
        assertThat(merged.logProbs(passages).getFirst())
            .containsExactly(model.logProbs(passages).getFirst(), within(1e-4f))
            .isNotEqualTo(model.referenceLogProbs(passages).getFirst());
      }
    }
  }

  @Test
  void anAdapterBeginsWithUniformNumbersAndZeros() {
    LoraConfig config = new LoraConfig(4, 8, Set.of(Projection.K, Projection.DOWN));
    WhiteBoxes.Options options =
        new WhiteBoxes.Options(Optional.of(config), Precision.FLOAT32, 1, 7);
    try (TorchWhiteBox model = Models.open(QWEN3, options);
        TorchWhiteBox same = Models.open(QWEN3, options)) {
      Adapter adapter = model.adapter().orElseThrow();
      assertThat(adapter.config()).isEqualTo(config);
      assertThat(adapter.pairs())
          .extracting(pair -> pair.layer() + " " + pair.projection())
          .containsExactly("0 K", "0 DOWN", "1 K", "1 DOWN");
      Adapter.Pair down = adapter.pairs().get(1);
      assertThat(down.a().shape()).containsExactly(4L, 48L);
      assertThat(down.b().shape()).containsExactly(32L, 4L);
      assertThat(down.b().toArray()).containsOnly(0);
      float bound = (float) (1 / Math.sqrt(48));
      float[] numbers = down.a().toArray();
      double sum = 0;
      for (float number : numbers) {
        assertThat(number).isBetween(-bound, bound);
        sum += number * (double) number;
      }
      assertThat(sum / numbers.length).isCloseTo(1 / 48.0 / 3, within(.001));
      assertThat(same.adapter().orElseThrow().pairs().get(1).a().toArray()).isEqualTo(numbers);
    }
  }

  @Test
  void inBfloat16ItComputesNearlyTheSameAndLearns() {
    List<Passage> passages = List.of(random(1, 30), random(2, 12), random(3, 30));
    WhiteBoxes.Options half =
        new WhiteBoxes.Options(Models.lora(4).lora(), Precision.BFLOAT16, 1, 5);
    try (TorchWhiteBox model = Models.open(QWEN3, half);
        TorchWhiteBox all =
            Models.open(QWEN3, new WhiteBoxes.Options(Optional.empty(), Precision.BFLOAT16, 1, 5));
        TorchWhiteBox single = Models.open(QWEN3, Models.lora(4))) {
      float[] first = model.logProbs(passages).get(2);
      assertThat(first).containsExactly(single.logProbs(passages).get(2), within(.2f));
      for (TorchWhiteBox each : List.of(model, all)) {
        double before = mean(each.logProbs(passages));
        for (int i = 0; i < 5; i++) {
          each.accumulate(passages, TorchWhiteBoxTest::likelier);
          assertThat(each.step(STEP)).isFinite();
        }
        assertThat(mean(each.logProbs(passages))).isGreaterThan(before + 1);
      }
    }
  }

  @Test
  void whatTheModelCannotReadIsNamed() {
    try (TorchWhiteBox model = Models.open(QWEN3, Models.ALL)) {
      Passage foreign = new Passage(Tokens.of(1, 96), new Targets(new int[] {0}, new int[] {1}));
      UserError wrong =
          catchThrowableOfType(UserError.class, () -> model.logProbs(List.of(foreign)));
      assertThat(wrong).hasMessage("a text has the token 96, and the model knows 96");
      assertThat(wrong.hint()).isEqualTo("make the token ids with the tokenizer of this model");
      Passage asked = new Passage(Tokens.of(1), new Targets(new int[] {0}, new int[] {500}));
      wrong = catchThrowableOfType(UserError.class, () -> model.logProbs(List.of(asked)));
      assertThat(wrong).hasMessage("a text has the token 500, and the model knows 96");
      wrong = catchThrowableOfType(UserError.class, () -> model.logProbs(List.of(random(1, 65))));
      assertThat(wrong).hasMessage("a text has 65 tokens, and the model reads 64");
      assertThat(wrong.hint())
          .isEqualTo("cut it into shorter ones, or take a model of a longer context");
    }
  }

  private static void train(TorchWhiteBox model, int... seeds) {
    for (int seed : seeds) {
      model.accumulate(
          List.of(random(seed, 8), random(seed + 100, 11)), TorchWhiteBoxTest::likelier);
      model.step(STEP);
    }
  }

  private static List<float[]> likelier(List<float[]> values) {
    return values.stream().map(some -> Models.filled(some.length, -1)).toList();
  }

  private static double mean(List<float[]> values) {
    return values.stream()
        .flatMapToDouble(some -> IntStream.range(0, some.length).mapToDouble(i -> some[i]))
        .average()
        .orElseThrow();
  }

  private static List<float[]> numbers(TorchWhiteBox model) {
    return model.weights().stream().map(Tensor::toArray).toList();
  }

  /// A text of random tokens, each asked for after those before it.
  private static Passage random(int seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] ids = random.ints(length, 0, 96).toArray();
    int[] places = IntStream.range(0, length).toArray();
    return new Passage(Tokens.of(ids), new Targets(places, random.ints(length, 0, 96).toArray()));
  }
}
