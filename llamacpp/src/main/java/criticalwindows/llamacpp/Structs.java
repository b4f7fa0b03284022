package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Structs of llama.cpp and ggml, each with all its fields, in order and by name.
///
/// *Source:* `include/llama.h` and `ggml/include/ggml.h` of [Llama#VERSION].
final class Structs {
  /// `struct llama_model_params`.
  static final StructLayout MODEL_PARAMS =
      struct(
          fields(ADDRESS, "devices", "tensor_buft_overrides"),
          fields(JAVA_INT, "n_gpu_layers", "split_mode", "load_mode", "lazy_mode", "main_gpu"),
          fields(ADDRESS, "tensor_split", "progress_callback", "progress_callback_user_data"),
          fields(ADDRESS, "kv_overrides"),
          fields(JAVA_BOOLEAN, "vocab_only", "check_tensors", "use_extra_bufts"),
          fields(JAVA_BOOLEAN, "no_host", "no_alloc", "load_mtp"));

  /// `struct llama_context_params`.
  static final StructLayout CONTEXT_PARAMS =
      struct(
          fields(JAVA_INT, "n_ctx", "n_batch", "n_ubatch", "n_seq_max", "n_rs_seq"),
          fields(JAVA_INT, "n_outputs_max", "n_outputs_max_per_seq"),
          fields(JAVA_INT, "n_threads", "n_threads_batch", "ctx_type", "rope_scaling_type"),
          fields(JAVA_INT, "pooling_type", "attention_type", "flash_attn_type"),
          fields(JAVA_FLOAT, "rope_freq_base", "rope_freq_scale", "yarn_ext_factor"),
          fields(JAVA_FLOAT, "yarn_attn_factor", "yarn_beta_fast", "yarn_beta_slow"),
          fields(JAVA_INT, "yarn_orig_ctx"),
          fields(JAVA_FLOAT, "defrag_thold"),
          fields(ADDRESS, "cb_eval", "cb_eval_user_data"),
          fields(JAVA_INT, "type_k", "type_v"),
          fields(ADDRESS, "abort_callback", "abort_callback_data"),
          fields(JAVA_BOOLEAN, "embeddings", "offload_kqv", "no_perf", "op_offload"),
          fields(JAVA_BOOLEAN, "swa_full", "kv_unified"),
          fields(ADDRESS, "samplers"),
          fields(JAVA_LONG, "n_samplers"),
          fields(ADDRESS, "ctx_other"));

  /// `struct llama_batch`.
  static final StructLayout BATCH =
      struct(
          fields(JAVA_INT, "n_tokens"),
          fields(ADDRESS, "token", "embd", "pos", "n_seq_id", "seq_id", "logits"));

  /// `struct llama_chat_message`.
  static final StructLayout CHAT_MESSAGE = struct(fields(ADDRESS, "role", "content"));

  /// `struct ggml_init_params`.
  static final StructLayout INIT_PARAMS =
      struct(
          fields(JAVA_LONG, "mem_size"),
          fields(ADDRESS, "mem_buffer"),
          fields(JAVA_BOOLEAN, "no_alloc"));

  /// Tensors that one is computed from, at most (`GGML_MAX_SRC`).
  static final int SOURCES = 10;

  /// Bytes of a tensor's name, a zero at the end included (`GGML_MAX_NAME`).
  static final int NAME = 64;

  /// `struct ggml_tensor`.
  static final StructLayout TENSOR =
      struct(
          fields(JAVA_INT, "type"),
          fields(ADDRESS, "buffer"),
          fields(MemoryLayout.sequenceLayout(4, JAVA_LONG), "ne", "nb"),
          fields(JAVA_INT, "op"),
          fields(MemoryLayout.sequenceLayout(16, JAVA_INT), "op_params"),
          fields(JAVA_INT, "flags"),
          fields(MemoryLayout.sequenceLayout(SOURCES, ADDRESS), "src"),
          fields(ADDRESS, "view_src"),
          fields(JAVA_LONG, "view_offs"),
          fields(ADDRESS, "data"),
          fields(MemoryLayout.sequenceLayout(NAME, JAVA_BYTE), "name"),
          fields(ADDRESS, "extra"),
          fields(MemoryLayout.sequenceLayout(8, JAVA_BYTE), "padding"));

  private Structs() {}

  /// Where a field begins, in bytes.
  static long offset(StructLayout struct, String field) {
    return struct.byteOffset(PathElement.groupElement(field));
  }

  private static MemoryLayout[] fields(MemoryLayout type, String... names) {
    return Arrays.stream(names).map(type::withName).toArray(MemoryLayout[]::new);
  }

  /// Fields one after the other, each at a multiple of its alignment, as C has them.
  private static StructLayout struct(MemoryLayout[]... fields) {
    List<MemoryLayout> placed = new ArrayList<>();
    long size = 0;
    long alignment = 1;
    for (MemoryLayout field : Arrays.stream(fields).flatMap(Arrays::stream).toList()) {
      size = padded(placed, size, field.byteAlignment()) + field.byteSize();
      placed.add(field);
      alignment = Math.max(alignment, field.byteAlignment());
    }
    padded(placed, size, alignment);
    return MemoryLayout.structLayout(placed.toArray(MemoryLayout[]::new));
  }

  /// @return the size with the padding that was added
  private static long padded(List<MemoryLayout> placed, long size, long alignment) {
    long padding = Math.floorMod(-size, alignment);
    if (padding > 0) {
      placed.add(MemoryLayout.paddingLayout(padding));
    }
    return size + padding;
  }
}
