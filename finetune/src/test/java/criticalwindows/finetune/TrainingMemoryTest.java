package criticalwindows.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import criticalwindows.finetune.TrainingMemory.Load;
import criticalwindows.finetune.WhiteBoxes.Precision;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.DecoderShape;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is measured stands in module train, where models are.
final class TrainingMemoryTest {
  private static final Optional<LoraConfig> ADAPTER =
      Optional.of(new LoraConfig(8, 16, EnumSet.allOf(Projection.class)));

  /// 1.5 billion weights, as Qwen 2.5 has them.
  private static final DecoderConfig LARGE =
      new DecoderConfig(
          DecoderConfig.Architecture.QWEN2,
          new DecoderShape(1536, 28, 12, 2, 128, 8960, 151_936, 32_768),
          1e-6,
          1e6,
          true);

  @Test
  void allWeightsTakeFourTimesTheirBytesAndAnAdapterLittleMoreThanThem() {
    long weights = 4L * 1_543_714_304;
    TrainingMemory all = new TrainingMemory(LARGE, Optional.empty(), Precision.FLOAT32);
    TrainingMemory adapter = new TrainingMemory(LARGE, ADAPTER, Precision.FLOAT32);
    // A fifth more for what the allocator cannot use again, and two of the largest matrix.
    assertThat(all.fixed()).isBetween(4 * weights, 11 * weights / 2);
    assertThat(adapter.fixed()).isBetween(weights, 2 * weights);
  }

  @Test
  void aLongVocabularyDoesNotTakeMemoryForAllItsLogits() {
    TrainingMemory adapter = new TrainingMemory(LARGE, ADAPTER, Precision.FLOAT32);
    long few = adapter.step(new Load(4096, 512, 100));
    long many = adapter.step(new Load(4096, 512, 4096));
    assertThat(many - few).isLessThan(4L * 4096 * 151_936 / 16);
  }

  @Test
  void moreTokensTakeMoreAndInBfloat16LongPassagesDo() {
    for (Precision precision : Precision.values()) {
      TrainingMemory memory = new TrainingMemory(LARGE, ADAPTER, precision);
      assertThat(memory.step(new Load(2000, 100, 10)))
          .isBetween(
              19 * memory.step(new Load(1000, 100, 10)) / 10,
              2 * memory.step(new Load(1000, 100, 10)));
      long longer = memory.step(new Load(2000, 2000, 10)) - memory.step(new Load(2000, 100, 10));
      assertThat(longer > 0).isEqualTo(precision == Precision.BFLOAT16);
    }
  }

  @Test
  void loadsThatCannotBeAreRefused() {
    for (long[] wrong : new long[][] {{10, 11, 1}, {10, 0, 1}, {10, 5, 11}, {10, 5, -1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Load(wrong[0], (int) wrong[1], wrong[2]));
    }
  }
}
