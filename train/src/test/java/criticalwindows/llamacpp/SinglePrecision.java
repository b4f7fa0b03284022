package criticalwindows.llamacpp;

import static criticalwindows.llamacpp.Structs.BATCH;
import static criticalwindows.llamacpp.Structs.CONTEXT_PARAMS;
import static criticalwindows.llamacpp.Structs.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/// llama.cpp with keys and values in single precision. The engine keeps them in half precision,
/// which alone changes log-probabilities by some thousandths.
@SuppressWarnings("restricted") // as the room is
public final class SinglePrecision {
  private SinglePrecision() {}

  /// The logits after each token of a text, one row for each.
  ///
  /// @param vocabulary logits of a row
  public static float[][] logits(Path gguf, int[] ids, int vocabulary) {
    NativeFiles natives = NativeFiles.find(System.getenv());
    Weights weights =
        NativeCheck.PINNED.open(
            natives, gguf, llama -> Weights.load(llama, gguf, Optional.empty()));
    Llama llama = weights.llama();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment context = llama.contextInit(weights.pointer(), params(llama, arena, ids));
      if (llama.decode(context, batch(arena, ids)) != 0) {
        throw new IllegalStateException("the text was not read");
      }
      long bytes = (long) ids.length * vocabulary * JAVA_FLOAT.byteSize();
      MemorySegment all = llama.logits(context).reinterpret(bytes);
      float[][] rows = new float[ids.length][vocabulary];
      for (int i = 0; i < ids.length; i++) {
        MemorySegment.copy(
            all, JAVA_FLOAT, (long) i * vocabulary * JAVA_FLOAT.byteSize(), rows[i], 0, vocabulary);
      }
      llama.contextFree(context);
      return rows;
    } finally {
      weights.free();
    }
  }

  private static MemorySegment params(Llama llama, Arena arena, int[] ids) {
    MemorySegment params = llama.contextDefaultParams(arena);
    for (String field :
        new String[] {"n_ctx", "n_batch", "n_ubatch", "n_outputs_max", "n_outputs_max_per_seq"}) {
      params.set(JAVA_INT, offset(CONTEXT_PARAMS, field), ids.length);
    }
    for (String field : new String[] {"n_seq_max", "n_threads", "n_threads_batch"}) {
      params.set(JAVA_INT, offset(CONTEXT_PARAMS, field), 1);
    }
    // Zero is ggml's number for F32, and for no flash attention.
    for (String field : new String[] {"type_k", "type_v", "flash_attn_type"}) {
      params.set(JAVA_INT, offset(CONTEXT_PARAMS, field), 0);
    }
    return params;
  }

  private static MemorySegment batch(Arena arena, int[] ids) {
    MemorySegment batch = arena.allocate(BATCH);
    MemorySegment zero = arena.allocate(JAVA_INT);
    MemorySegment positions = arena.allocate(JAVA_INT, ids.length);
    MemorySegment counts = arena.allocate(JAVA_INT, ids.length);
    MemorySegment sequences = arena.allocate(ADDRESS, ids.length);
    MemorySegment asked = arena.allocate(JAVA_BYTE, ids.length);
    for (int i = 0; i < ids.length; i++) {
      positions.setAtIndex(JAVA_INT, i, i);
      counts.setAtIndex(JAVA_INT, i, 1);
      sequences.setAtIndex(ADDRESS, i, zero);
      asked.set(JAVA_BYTE, i, (byte) 1);
    }
    batch.set(JAVA_INT, offset(BATCH, "n_tokens"), ids.length);
    batch.set(ADDRESS, offset(BATCH, "token"), arena.allocateFrom(JAVA_INT, ids));
    batch.set(ADDRESS, offset(BATCH, "pos"), positions);
    batch.set(ADDRESS, offset(BATCH, "n_seq_id"), counts);
    batch.set(ADDRESS, offset(BATCH, "seq_id"), sequences);
    batch.set(ADDRESS, offset(BATCH, "logits"), asked);
    return batch;
  }
}
