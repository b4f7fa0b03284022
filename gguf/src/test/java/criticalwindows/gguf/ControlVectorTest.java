package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlVectorTest {
  @TempDir private Path folder;

  @Test
  void isReadAsItWasWritten() {
    Path file = folder.resolve("v.gguf");
    new ControlVector("llama", Map.of(2, new float[] {1, -2}, 5, new float[] {.5f, 0})).write(file);
    ControlVector read = ControlVector.read(file);
    assertThat(read.modelHint()).isEqualTo("llama");
    assertThat(read.layers()).containsExactly(2, 5);
    assertThat(read.width()).isEqualTo(2);
    assertThat(read.direction(2)).containsExactly(1, -2);
    assertThat(read.direction(5)).containsExactly(.5f, 0);
    assertThat(read.direction(3)).containsExactly(0, 0);
  }

  @Test
  void liesInTheFileAsLlamaCppCountsLayers() {
    Path file = folder.resolve("v.gguf");
    new ControlVector("qwen3", Map.of(2, new float[] {1, -2, 3})).write(file);
    try (GgufReader raw = GgufReader.open(file)) {
      assertThat(raw.text("general.architecture")).isEqualTo("controlvector");
      assertThat(raw.text("controlvector.model_hint")).isEqualTo("qwen3");
      assertThat(raw.whole("controlvector.layer_count")).isEqualTo(1);
      assertThat(raw.tensorNames()).containsExactly("direction.1");
      assertThat(raw.tensor("direction.1").shape()).containsExactly(3L);
    }
  }

  @Test
  void theFirstLayerHasNone() {
    assertThatThrownBy(() -> new ControlVector("llama", Map.of(1, new float[] {1})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ControlVector("llama", Map.of(2, new float[] {Float.NaN})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherFileIsRefusedInTwoLines() {
    Path file = folder.resolve("other.gguf");
    GgufWriter.write(file, Map.of("general.architecture", GgufValue.text("llama")), List.of());
    UserError error = catchThrowableOfType(UserError.class, () -> ControlVector.read(file));
    assertThat(error).hasMessage(file + " is no control vector");
    assertThat(error.hint()).startsWith("name a file that");
    Path empty = folder.resolve("empty.gguf");
    GgufWriter.write(
        empty, Map.of("general.architecture", GgufValue.text("controlvector")), List.of());
    UserError none = catchThrowableOfType(UserError.class, () -> ControlVector.read(empty));
    assertThat(none).hasMessageStartingWith(empty + " has no directions that can be added");
  }
}
