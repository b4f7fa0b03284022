package criticalwindows.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.model.Tokens;
import criticalwindows.torch.Linear.Use;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Gradients in double precision against central differences.
final class GradientsTest {
  private static final double STEP = 1e-5;

  /// Two passages of one length, one of another, a place with two targets, one token alone.
  private static final List<Passage> PASSAGES =
      List.of(
          passage(new int[] {5, 9, 2, 71}, new int[] {0, 2, 2, 3}, new int[] {9, 71, 3, 4}),
          passage(new int[] {1, 2, 3, 4, 5, 6, 7}, new int[] {6}, new int[] {95}),
          passage(new int[] {8, 8, 90, 0}, new int[] {1, 3}, new int[] {90, 8}),
          passage(new int[] {44}, new int[] {0}, new int[] {45}));

  /// The loss's derivative by each log-probability, of either sign.
  private static final List<float[]> SHARES =
      List.of(
          new float[] {-1, .5f, -.25f, 2},
          new float[] {-3},
          new float[] {1, -1},
          new float[] {-.5f});

  private static Passage passage(int[] ids, int[] places, int[] tokens) {
    return new Passage(Tokens.of(ids), new Targets(places, tokens));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-grouped", "llama-tied", "qwen2", "qwen3-tied"})
  void ofAllWeights(String name) {
    check(name, Models.ALL, parameter -> {});
  }

  @Test
  void ofAnAdapter() {
    SplittableRandom random = new SplittableRandom(3);
    // B begins as zero, where A would have no gradient.
    check(
        "qwen3",
        Models.lora(3),
        parameter ->
            RowAccess.fill(
                parameter.value(),
                (row, into) -> {
                  for (int i = 0; i < into.length; i++) {
                    into[i] = (float) random.nextDouble(-.3, .3);
                  }
                }));
  }

  private static void check(String name, WhiteBoxes.Options options, Consumer<Trained> first) {
    SplittableRandom random = new SplittableRandom(4);
    try (TorchWhiteBox model =
        TorchWhiteBox.open(ReferenceModelsTest.folder(name), options, Numbers.FLOAT64)) {
      model.trained().forEach(first);
      model.accumulate(PASSAGES, values -> SHARES);
      for (Trained parameter : model.trained()) {
        try (PointerScope _ = new PointerScope()) {
          Tensor gradient = parameter.gradient().orElseThrow();
          double[] found = Torch.numbers(gradient);
          double largest = 0;
          for (double value : found) {
            largest = Math.max(largest, Math.abs(value));
          }
          for (int i = 0; i < 3; i++) {
            int at = random.nextInt(found.length);
            assertThat(found[at])
                .as("%s of %s, number %d", parameter.name(), name, at)
                .isCloseTo(difference(model, parameter, at), within(1e-6 * (1 + largest)));
          }
          assertThat(largest).as(parameter.name()).isPositive();
        }
      }
    }
  }

  private static double difference(TorchWhiteBox model, Trained parameter, int at) {
    DoublePointer numbers = parameter.value().data_ptr_double();
    double before = numbers.get(at);
    numbers.put(at, before + STEP);
    double above = loss(model);
    numbers.put(at, before - STEP);
    double below = loss(model);
    numbers.put(at, before);
    return (above - below) / (2 * STEP);
  }

  private static double loss(TorchWhiteBox model) {
    Packed packed = new Packed(PASSAGES);
    double[] values = model.values(packed, Use.TRAINED);
    double[] shares = packed.byTarget(SHARES);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * shares[i];
    }
    return sum;
  }

  @Test
  void chunksOfLogitsGiveWhatAllAtOnceGive() {
    Packed packed = new Packed(PASSAGES);
    double[] shares = packed.byTarget(SHARES);
    try (TorchWhiteBox model =
            TorchWhiteBox.open(
                ReferenceModelsTest.folder("llama-grouped"), Models.ALL, Numbers.FLOAT64);
        PointerScope _ = new PointerScope()) {
      Weights weights = model.numbers();
      LogProbs.Head head = new LogProbs.Head(weights.output(), Numbers.FLOAT64);
      Tensor rows = weights.embedding().narrow(0, 0, packed.places().length);
      Tensor whole = Tensor.create(new double[96 * 32], 96, 32);
      Tensor pieces = Tensor.create(new double[96 * 32], 96, 32);
      LogProbs one = new LogProbs(head, packed, rows, 1 << 20);
      LogProbs many = new LogProbs(head, packed, rows, 200);
      Torch.withoutGradients(
          () -> {
            assertThat(many.values()).containsExactly(one.values(), within(1e-12));
            assertThat(Torch.numbers(many.back(shares, java.util.Optional.of(pieces))))
                .containsExactly(
                    Torch.numbers(one.back(shares, java.util.Optional.of(whole))), within(1e-12));
            assertThat(Torch.numbers(pieces)).containsExactly(Torch.numbers(whole), within(1e-12));
            return true;
          });
    }
  }
}
