package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RandomLlamaTest {
  private static final RandomLlama.Shape TINY =
      new RandomLlama.Shape(64, 2, 96, 1000, RandomLlama.Output.TIED);

  @TempDir private Path folder;

  @Test
  void theShapesForTheBenchHaveTheSizesTheySay() {
    assertThat(RandomLlama.SMALL.parameters()).isEqualTo(15_735_168);
    assertThat(RandomLlama.LARGE.parameters()).isEqualTo(124_275_456);
  }

  @Test
  void theFileHoldsAsManyWeightsAsTheShapeSays() {
    for (RandomLlama.Output output : RandomLlama.Output.values()) {
      RandomLlama.Shape shape = new RandomLlama.Shape(64, 2, 96, 1000, output);
      try (GgufReader file = GgufReader.open(written("x.gguf", shape, 1))) {
        long weights =
            file.tensorNames().stream().mapToLong(name -> file.tensor(name).size()).sum();
        assertThat(weights).isEqualTo(shape.parameters());
      }
    }
  }

  @Test
  void aSeedGivesTheSameFileAndAnotherSeedAnother() {
    Path first = written("a.gguf", TINY, 5);
    assertThat(written("b.gguf", TINY, 5)).hasSameBinaryContentAs(first);
    try (GgufReader one = GgufReader.open(first);
        GgufReader other = GgufReader.open(written("c.gguf", TINY, 6))) {
      float[] numbers = one.tensor("blk.1.ffn_up.weight").toArray();
      assertThat(other.tensor("blk.1.ffn_up.weight").toArray()).isNotEqualTo(numbers);
      assertThat(one.tensor("blk.1.ffn_gate.weight").toArray()).isNotEqualTo(numbers);
    }
  }

  @Test
  void weightsAreUniformAndKeepTheSizeOfWhatTheyMultiply() {
    try (GgufReader file = GgufReader.open(written("a.gguf", TINY, 5))) {
      float[] numbers = file.tensor("token_embd.weight").toArray();
      double squares = 0;
      double sum = 0;
      for (float number : numbers) {
        squares += number * number;
        sum += number;
      }
      // 64,000 numbers of variance 1/64: the mean's standard error is .0005.
      assertThat(Math.abs(sum / numbers.length)).isLessThan(.0025);
      assertThat(squares / numbers.length * 64).isBetween(.97, 1.03);
    }
  }

  @Test
  void theVocabularyIsControlsBytesAndPairs() {
    try (GgufReader file = GgufReader.open(written("a.gguf", TINY, 5))) {
      List<GgufValue> tokens = items(file, "tokenizer.ggml.tokens");
      assertThat(tokens).hasSize(1000).doesNotHaveDuplicates();
      // A space is written Ġ and a line's end Ċ in byte-level vocabularies since GPT-2.
      assertThat(tokens.get(5 + ' ')).isEqualTo(GgufValue.text("Ġ"));
      assertThat(tokens.get(5 + '\n')).isEqualTo(GgufValue.text("Ċ"));
      assertThat(tokens.get(5 + 'A')).isEqualTo(GgufValue.text("A"));
      List<GgufValue> merges = items(file, "tokenizer.ggml.merges");
      assertThat(merges).hasSize(1000 - 261);
    }
  }

  @Test
  void shapesThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RandomLlama.Shape(100, 1, 1, 300, RandomLlama.Output.OWN))
        .withMessage("hidden is a multiple of 64, not 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RandomLlama.Shape(64, 1, 1, 200, RandomLlama.Output.OWN))
        .withMessage("a vocabulary has 261 to 65797 tokens, not 200");
  }

  private static List<GgufValue> items(GgufReader file, String key) {
    if (file.metadata().get(key)
        instanceof GgufValue.Items(GgufValue.Type _, List<GgufValue> values)) {
      return values;
    }
    throw new AssertionError("no list under " + key);
  }

  private Path written(String name, RandomLlama.Shape shape, long seed) {
    Path file = folder.resolve(name);
    RandomLlama.write(file, shape, seed);
    return file;
  }
}
