package criticalwindows.llamacpp;

import static criticalwindows.llamacpp.Structs.BATCH;
import static criticalwindows.llamacpp.Structs.CONTEXT_PARAMS;
import static criticalwindows.llamacpp.Structs.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import criticalwindows.error.UserError;
import criticalwindows.llamacpp.Cells.Shape;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.llamacpp.Part.Entry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A native context of llama.cpp, whose sequences each have a stream of keys and values of their
/// own.
@SuppressWarnings("restricted") // the room for native access
final class StreamContext extends Context {
  private final Llama llama;
  private final MemorySegment context;
  private final MemorySegment memory;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment batch;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment sequences;
  private final MemorySegment asked;
  private MemorySegment logits = MemorySegment.NULL;

  StreamContext(Weights weights, Shape shape, LlamaOptions options) {
    this(weights, shape, options, new Extras(shape.rows(), CacheType.F16, MemorySegment.NULL));
  }

  /// How keys and values are kept, as ggml numbers it.
  enum CacheType {
    F32(0),
    F16(1);

    private final int code;

    CacheType(int code) {
      this.code = code;
    }
  }

  /// What few contexts need.
  ///
  /// @param rows of logits that a batch can ask for, at most
  /// @param tap asked about every tensor, see [Taps]; null for nothing
  record Extras(int rows, CacheType cache, MemorySegment tap) {}

  StreamContext(Weights weights, Shape shape, LlamaOptions options, Extras extras) {
    super(weights, shape, extras.rows);
    this.llama = weights.llama();
    NativeLog.ONLY.clear();
    context = llama.contextInit(weights.pointer(), params(options, extras));
    if (context.address() == 0) {
      arena.close();
      throw new UserError(
          "llama.cpp cannot hold " + shape + ": " + NativeLog.ONLY.cause(),
          "give it a smaller memory budget or shorter texts");
    }
    weights.adapter().ifPresent(this::add);
    weights.vector().ifPresent(this::steer);
    memory = llama.contextMemory(context);
    tokens = arena.allocate(JAVA_INT, shape.batch());
    positions = arena.allocate(JAVA_INT, shape.batch());
    sequences = arena.allocate(JAVA_INT, shape.batch());
    asked = arena.allocate(JAVA_BYTE, shape.batch());
    batch = arena.allocate(BATCH);
    fillBatch();
  }

  private void add(LoadedAdapter adapter) {
    int code = llama.adapters().set(context, adapter.pointer());
    if (code != 0) {
      close();
      throw new IllegalStateException("an adapter that fits gave " + code);
    }
  }

  private void steer(LoadedVector vector) {
    int code = llama.adapters().steer(context, vector.numbers(arena), vector.width());
    if (code != 0) {
      close();
      throw new IllegalStateException("a control vector that fits gave " + code);
    }
  }

  private MemorySegment params(LlamaOptions options, Extras extras) {
    MemorySegment params = llama.contextDefaultParams(arena);
    set(params, "n_ctx", shape().sequences() * shape().cells());
    set(params, "n_batch", shape().batch());
    set(params, "n_ubatch", Limits.MICRO_BATCH);
    set(params, "n_seq_max", shape().sequences());
    set(params, "n_rs_seq", 0);
    set(params, "n_outputs_max", extras.rows);
    set(params, "n_outputs_max_per_seq", 1);
    set(params, "n_threads", options.threads());
    set(params, "n_threads_batch", options.threads());
    set(params, "flash_attn_type", options.attention() == Attention.FLASH ? 1 : 0);
    set(params, "type_k", extras.cache.code);
    set(params, "type_v", extras.cache.code);
    params.set(ADDRESS, offset(CONTEXT_PARAMS, "cb_eval"), extras.tap);
    params.set(ADDRESS, offset(CONTEXT_PARAMS, "abort_callback"), abortCallback(arena));
    // Any tail can be removed, and each sequence has a stream of its own.
    params.set(JAVA_BOOLEAN, offset(CONTEXT_PARAMS, "swa_full"), true);
    params.set(JAVA_BOOLEAN, offset(CONTEXT_PARAMS, "kv_unified"), false);
    return params;
  }

  private static void set(MemorySegment params, String field, int number) {
    params.set(JAVA_INT, offset(CONTEXT_PARAMS, field), number);
  }

  /// Every token belongs to one sequence, so most of a batch never changes.
  private void fillBatch() {
    MemorySegment counts = arena.allocate(JAVA_INT, shape().batch());
    MemorySegment pointers = arena.allocate(ADDRESS, shape().batch());
    for (int i = 0; i < shape().batch(); i++) {
      counts.setAtIndex(JAVA_INT, i, 1);
      pointers.setAtIndex(ADDRESS, i, sequences.asSlice(i * JAVA_INT.byteSize()));
    }
    batch.set(ADDRESS, offset(BATCH, "token"), tokens);
    batch.set(ADDRESS, offset(BATCH, "pos"), positions);
    batch.set(ADDRESS, offset(BATCH, "n_seq_id"), counts);
    batch.set(ADDRESS, offset(BATCH, "seq_id"), pointers);
    batch.set(ADDRESS, offset(BATCH, "logits"), asked);
  }

  @Override
  int compute(List<Entry> entries) {
    int rows = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      tokens.setAtIndex(JAVA_INT, i, entry.token());
      positions.setAtIndex(JAVA_INT, i, entry.at());
      sequences.setAtIndex(JAVA_INT, i, entry.sequence());
      asked.set(JAVA_BYTE, i, (byte) (entry.asked() ? 1 : 0));
      rows += entry.asked() ? 1 : 0;
    }
    batch.set(JAVA_INT, offset(BATCH, "n_tokens"), entries.size());
    int code = llama.decode(context, batch);
    if (code == 0 && rows > 0) {
      logits =
          llama.logits(context).reinterpret((long) rows * vocabulary() * JAVA_FLOAT.byteSize());
    }
    return code;
  }

  @Override
  MemorySegment logits() {
    return logits;
  }

  /// The whole sequence is copied and its tail removed: between streams llama.cpp copies no less.
  @Override
  void copyTo(int from, int to, int kept) {
    llama.sequenceCopy(memory, from, to);
    if (kept < held(from)) {
      cut(to, kept);
    }
  }

  @Override
  void cut(int sequence, int kept) {
    if (!llama.sequenceRemove(memory, sequence, kept == 0 ? -1 : kept, -1)) {
      throw new IllegalStateException("this kind of model cannot forget a tail");
    }
  }

  /// The bytes that a sequence's keys and values would take in a file.
  long stateSize(int sequence) {
    return llama.stateSize(context, sequence);
  }

  @Override
  public void close() {
    llama.contextFree(context);
    arena.close();
  }
}
