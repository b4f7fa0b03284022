package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes and offsets are those that a C compiler gives the headers of the pinned version, and the
/// library's own default parameters read by them are what its sources say.
class StructsTest {
  private static StructLayout struct(String name) {
    return switch (name) {
      case "model" -> Structs.MODEL_PARAMS;
      case "context" -> Structs.CONTEXT_PARAMS;
      case "batch" -> Structs.BATCH;
      case "message" -> Structs.CHAT_MESSAGE;
      case "init" -> Structs.INIT_PARAMS;
      default -> Structs.TENSOR;
    };
  }

  @ParameterizedTest
  @CsvSource({"model, 80", "context, 160", "batch, 56", "message, 16", "init, 24", "tensor, 336"})
  void sizesAreThoseOfC(String struct, long bytes) {
    assertThat(struct(struct).byteSize()).isEqualTo(bytes);
    assertThat(struct(struct).byteAlignment()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "model, load_mode, 24",
    "model, tensor_split, 40",
    "model, vocab_only, 72",
    "model, check_tensors, 73",
    "context, n_ctx, 0",
    "context, n_batch, 4",
    "context, n_ubatch, 8",
    "context, n_seq_max, 12",
    "context, n_rs_seq, 16",
    "context, n_outputs_max, 20",
    "context, n_outputs_max_per_seq, 24",
    "context, n_threads, 28",
    "context, n_threads_batch, 32",
    "context, flash_attn_type, 52",
    "context, cb_eval, 88",
    "context, abort_callback, 112",
    "context, swa_full, 132",
    "context, kv_unified, 133",
    "context, samplers, 136",
    "batch, n_tokens, 0",
    "batch, token, 8",
    "batch, embd, 16",
    "batch, pos, 24",
    "batch, n_seq_id, 32",
    "batch, seq_id, 40",
    "batch, logits, 48",
    "message, role, 0",
    "message, content, 8",
    "init, mem_size, 0",
    "init, mem_buffer, 8",
    "init, no_alloc, 16",
    "tensor, buffer, 8",
    "tensor, ne, 16",
    "tensor, nb, 48",
    "tensor, op, 80",
    "tensor, src, 152",
    "tensor, data, 248",
    "tensor, name, 256"
  })
  void fieldsAreWhereCHasThem(String struct, String field, long offset) {
    assertThat(Structs.offset(struct(struct), field)).isEqualTo(offset);
  }

  /// *Source:* `llama_model_default_params` in `src/llama-model.cpp`.
  @Test
  void defaultsOfAModelReadByNameAreThoseOfItsSource() {
    Defaults defaults = new Defaults(Structs.MODEL_PARAMS, NativeCheck.PINNED.modelParams());
    assertThat(defaults.numbers("n_gpu_layers", "split_mode", "load_mode", "main_gpu"))
        .containsExactly(-1, 1, -1, 0);
    assertThat(defaults.set()).containsExactly("use_extra_bufts");
  }

  /// *Source:* `llama_context_default_params` in `src/llama-context.cpp`.
  @Test
  void defaultsOfAContextReadByNameAreThoseOfItsSource() {
    Defaults defaults = new Defaults(Structs.CONTEXT_PARAMS, NativeCheck.PINNED.contextParams());
    assertThat(defaults.numbers("n_ctx", "n_batch", "n_ubatch", "n_seq_max", "n_threads"))
        .containsExactly(512, 2048, 512, 1, 4);
    assertThat(defaults.numbers("rope_scaling_type", "flash_attn_type", "type_k", "type_v"))
        .containsExactly(-1, -1, 1, 1);
    assertThat(
            Stream.of("rope_freq_base", "yarn_ext_factor", "yarn_beta_slow", "defrag_thold")
                .map(field -> defaults.bytes.get(JAVA_FLOAT, defaults.offset(field))))
        .containsExactly(0f, -1f, -1f, -1f);
    assertThat(defaults.set()).containsExactly("offload_kqv", "no_perf", "op_offload", "swa_full");
  }

  /// The bytes of a struct of default parameters.
  private record Defaults(StructLayout layout, MemorySegment bytes) {
    Defaults(StructLayout layout, String hex) {
      this(layout, MemorySegment.ofArray(words(hex)));
      assertThat(bytes.byteSize()).isEqualTo(layout.byteSize());
    }

    /// As whole words, so that the segment is aligned.
    private static long[] words(String hex) {
      MemorySegment bytes = MemorySegment.ofArray(HexFormat.of().parseHex(hex));
      MemorySegment words = MemorySegment.ofArray(new long[(int) (bytes.byteSize() / 8)]);
      words.copyFrom(bytes);
      return words.toArray(java.lang.foreign.ValueLayout.JAVA_LONG);
    }

    long offset(String field) {
      return Structs.offset(layout, field);
    }

    List<Integer> numbers(String... fields) {
      return Stream.of(fields).map(field -> bytes.get(JAVA_INT, offset(field))).toList();
    }

    /// The flags that are on.
    List<String> set() {
      return layout.memberLayouts().stream()
          .filter(field -> field.withoutName().equals(JAVA_BOOLEAN))
          .flatMap(field -> field.name().stream())
          .filter(name -> bytes.get(JAVA_BOOLEAN, offset(name)))
          .toList();
    }
  }

  @Test
  void everyFieldHasAName() {
    for (String name : List.of("model", "context", "batch", "message", "init", "tensor")) {
      List<MemoryLayout> fields = struct(name).memberLayouts();
      assertThat(fields)
          .allMatch(
              field ->
                  field.name().isPresent() != field instanceof java.lang.foreign.PaddingLayout);
    }
  }
}
