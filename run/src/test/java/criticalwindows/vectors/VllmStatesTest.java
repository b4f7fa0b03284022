package criticalwindows.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.activation.WantedText;
import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files in the layout of vLLM's connector, with numbers that say where they are from.
final class VllmStatesTest {
  private static final int LAYERS = 2;
  private static final int WIDTH = 3;

  @TempDir Path folder;

  private void file(String name, long... ids) {
    Tensor.Rows rows =
        (row, into) -> {
          for (int i = 0; i < into.length; i++) {
            into[i] = ids[(int) row / LAYERS] + 100 * (row % LAYERS) + i / 4f;
          }
        };
    Tensor states = new Tensor("hidden_states", List.of((long) ids.length, 2L, 3L), rows);
    SafetensorsWriter.write(
        folder.resolve(name),
        Map.of(),
        List.of(new Stored(states, ElementType.BF16)),
        Map.of("token_ids", ids));
  }

  private static WantedText text(String id, Tokens prompt, Tokens response, Integer... kept) {
    return new WantedText(id, "g", prompt, response, List.of(kept));
  }

  private static void refused(ThrowingCallable call, String error, String hint) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e).hasMessageContaining(error);
              assertThat(e.hint()).contains(hint);
            });
  }

  @Test
  void aTextIsFoundByItsTokens() throws InterruptedException {
    file("req-b.safetensors", 1, 2, 3, 4, 5);
    file("req-a.safetensors", 1, 2, 9, 9);
    file("req-c.safetensors", 7);
    VllmStates states = VllmStates.open(folder, LAYERS);
    List<WantedText> texts =
        List.of(
            text("one", Tokens.of(1, 2), Tokens.of(3, 4), -1, 1, 2),
            text("two", Tokens.of(1, 2), Tokens.of(9), 0, 1));
    states.require(texts);
    assertThat(states.width()).isEqualTo(WIDTH);
    states.read(
        texts,
        (i, vectors) -> {
          if (i == 0) {
            assertThat(vectors).hasNumberOfRows(3);
            assertThat(vectors[0]).containsExactly(1, 1.25f, 1.5f, 101, 101, 101.5f);
            assertThat(vectors[2]).startsWith(4, 4.25f, 4.5f);
          } else {
            assertThat(vectors[1]).startsWith(9, 9.25f, 9.5f);
          }
        });
  }

  @Test
  void aTextWithOtherTokensIsRefusedAndItIsSaidWhere() {
    file("r.safetensors", 1, 2, 3, 4, 5);
    VllmStates states = VllmStates.open(folder, LAYERS);
    refused(
        () -> states.require(List.of(text("mine", Tokens.of(1, 2), Tokens.of(8, 4), 2))),
        "no file of vLLM has the text mine: the nearest, "
            + folder.resolve("r.safetensors")
            + ", has token 3 where it has token 8, at place 2",
        "the same token ids");
    refused(
        () -> states.require(List.of(text("long", Tokens.of(1, 2), Tokens.of(3, 4, 5, 6), 4))),
        "has no token any more where it has token 6, at place 5",
        "the same token ids");
  }

  @Test
  void filesOfOtherLayersAreRefused() {
    refused(() -> VllmStates.open(folder, LAYERS), "no file .safetensors", "shared_storage_path");
    file("r.safetensors", 1, 2, 3);
    refused(
        () -> VllmStates.open(folder, 3),
        "hidden_states of shape [3, 2, 3] and 3 token_ids, where 3 layers are named",
        "--layers");
  }
}
