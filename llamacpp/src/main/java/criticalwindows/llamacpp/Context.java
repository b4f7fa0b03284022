package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.mistake.Mistake;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// One native context: a number of sequences of tokens whose keys and values are held, each in a
/// stream of its own, and the batch that is being put together for them.
///
/// llama.cpp ends the process where a precondition fails, so every one is checked here first.
@SuppressWarnings("restricted") // the room for native access
final class Context implements AutoCloseable {
  /// The most sequences llama.cpp knows (`LLAMA_MAX_SEQ`).
  static final int MOST_SEQUENCES = 256;

  /// Tokens computed together inside one batch.
  static final int MICRO_BATCH = 512;

  private static final int BATCH = 2048;
  private static final int LEAST_ROWS = 64;
  private static final int CELLS_STEP = 256;

  private final Llama llama;
  private final MemorySegment context;
  private final MemorySegment memory;
  private final Arena arena = Arena.ofShared();
  private final Shape shape;
  private final int vocabulary;
  private final int[] held;
  private final MemorySegment batch;
  private final MemorySegment tokens;
  private final MemorySegment positions;
  private final MemorySegment sequences;
  private final MemorySegment asked;
  private MemorySegment logits = MemorySegment.NULL;
  private int size;
  private int rows;

  /// How much a context holds.
  ///
  /// @param sequences in [1, 256]
  /// @param cells tokens of each sequence
  record Shape(int sequences, int cells) {
    /// The fewest cells that hold `tokens`: llama.cpp counts in steps.
    static int cells(int tokens) {
      return Math.max(1, Math.ceilDiv(tokens, CELLS_STEP)) * CELLS_STEP;
    }

    /// Tokens of one batch.
    int batch() {
      return (int) Math.min(BATCH, (long) sequences * cells);
    }

    /// Rows of logits that one batch can ask for.
    int rows() {
      return Math.min(batch(), Math.max(sequences, LEAST_ROWS));
    }
  }

  Context(Weights weights, Shape shape, LlamaOptions options) {
    if (shape.sequences < 1 || shape.sequences > MOST_SEQUENCES) {
      throw new IllegalArgumentException(shape.sequences + " sequences");
    }
    this.llama = weights.llama();
    this.shape = shape;
    vocabulary = llama.vocabularyInt("llama_vocab_n_tokens", weights.vocabulary());
    held = new int[shape.sequences];
    NativeLog.ONLY.clear();
    context = llama.contextInit(weights.pointer(), params(options));
    if (context.address() == 0) {
      arena.close();
      throw new Mistake(
          "llama.cpp cannot hold " + shape + ": " + NativeLog.ONLY.cause(),
          "give it a smaller memory budget or shorter texts");
    }
    memory = llama.contextMemory(context);
    tokens = arena.allocate(JAVA_INT, shape.batch());
    positions = arena.allocate(JAVA_INT, shape.batch());
    sequences = arena.allocate(JAVA_INT, shape.batch());
    asked = arena.allocate(JAVA_BYTE, shape.batch());
    batch = arena.allocate(Llama.BATCH);
    fillBatch();
  }

  private MemorySegment params(LlamaOptions options) {
    MemorySegment params = llama.contextDefaultParams(arena);
    int[] head = {
      shape.sequences * shape.cells, // n_ctx
      shape.batch(), // n_batch
      MICRO_BATCH, // n_ubatch
      shape.sequences, // n_seq_max
      0, // n_rs_seq
      shape.rows(), // n_outputs_max
      1, // n_outputs_max_per_seq
      options.threads(), // n_threads
      options.threads() // n_threads_batch
    };
    MemorySegment.copy(head, 0, params, JAVA_INT, 0, head.length);
    params.set(JAVA_INT, 52, options.attention() == Attention.FLASH ? 1 : 0); // flash_attn_type
    params.set(ADDRESS, 112, abortCallback()); // abort_callback
    params.set(JAVA_BYTE, 132, (byte) 1); // swa_full: any tail can be removed
    params.set(JAVA_BYTE, 133, (byte) 0); // kv_unified: a stream for each sequence
    return params;
  }

  /// `bool (*ggml_abort_callback)(void * data)`: asked between the nodes of a computation, on the
  /// thread that called, so that an interrupt does not wait for the whole batch.
  private MemorySegment abortCallback() {
    try {
      MethodHandle interrupted =
          MethodHandles.lookup()
              .findStatic(
                  Context.class,
                  "interrupted",
                  MethodType.methodType(boolean.class, MemorySegment.class));
      return Linker.nativeLinker()
          .upcallStub(interrupted, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS), arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the context's own method is gone", e);
    }
  }

  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // its name and type are the callback's
  private static boolean interrupted(MemorySegment data) {
    return Thread.currentThread().isInterrupted();
  }

  /// Every token belongs to one sequence, so most of a batch never changes.
  private void fillBatch() {
    MemorySegment counts = arena.allocate(JAVA_INT, shape.batch());
    MemorySegment pointers = arena.allocate(ADDRESS, shape.batch());
    for (int i = 0; i < shape.batch(); i++) {
      counts.setAtIndex(JAVA_INT, i, 1);
      pointers.setAtIndex(ADDRESS, i, sequences.asSlice(i * JAVA_INT.byteSize()));
    }
    batch.set(ADDRESS, 8, tokens);
    batch.set(ADDRESS, 24, positions);
    batch.set(ADDRESS, 32, counts);
    batch.set(ADDRESS, 40, pointers);
    batch.set(ADDRESS, 48, asked);
  }

  Shape shape() {
    return shape;
  }

  /// The number of tokens of a sequence whose keys and values are held, those of the batch
  /// included.
  int held(int sequence) {
    return held[sequence];
  }

  /// Free places in the batch.
  int room() {
    return shape.batch() - size;
  }

  /// Adds the next token of a sequence to the batch.
  void read(int token, int sequence) {
    add(token, sequence, (byte) 0);
  }

  /// Adds the next token of a sequence to the batch, and asks for the logits after it.
  ///
  /// @return the row in which they will be
  int ask(int token, int sequence) {
    if (rows == shape.rows()) {
      throw new IllegalStateException("more than " + rows + " rows asked for");
    }
    add(token, sequence, (byte) 1);
    return rows++;
  }

  private void add(int token, int sequence, byte ask) {
    if (token < 0 || token >= vocabulary || size == shape.batch()) {
      throw new IllegalStateException("token " + token + " at place " + size);
    }
    if (held[sequence] == shape.cells) {
      throw new IllegalStateException("sequence " + sequence + " is full");
    }
    tokens.setAtIndex(JAVA_INT, size, token);
    positions.setAtIndex(JAVA_INT, size, held[sequence]++);
    sequences.setAtIndex(JAVA_INT, size, sequence);
    asked.set(JAVA_BYTE, size, ask);
    size++;
  }

  /// Computes the batch, and begins a new one. If that fails, the batch's sequences are empty
  /// afterwards.
  ///
  /// @return the number of tokens computed
  /// @throws InterruptedException if the thread is interrupted, before or while it computes
  int decode() throws InterruptedException {
    if (size == 0) {
      throw new IllegalStateException("an empty batch");
    }
    int code = Thread.interrupted() ? ABORTED : compute();
    int computed = size;
    if (code != 0) {
      for (int i = 0; i < size; i++) {
        clear(sequences.getAtIndex(JAVA_INT, i));
      }
    }
    size = 0;
    rows = 0;
    if (code == ABORTED) {
      // Clears the flag, as InterruptedException asks for.
      Thread.interrupted();
      throw new InterruptedException("stopped while computing");
    }
    if (code != 0) {
      throw new IllegalStateException("llama_decode gave " + code + ": " + NativeLog.ONLY.cause());
    }
    return computed;
  }

  private static final int ABORTED = 2;

  private int compute() {
    batch.set(JAVA_INT, 0, size);
    int code = llama.decode(context, batch);
    if (code == 0 && rows > 0) {
      logits = llama.logits(context).reinterpret((long) rows * vocabulary * JAVA_FLOAT.byteSize());
    }
    return code;
  }

  /// Copies a row of the last batch's logits.
  ///
  /// @param into as long as the vocabulary
  void row(int row, float[] into) {
    MemorySegment.copy(
        logits, JAVA_FLOAT, (long) row * vocabulary * JAVA_FLOAT.byteSize(), into, 0, vocabulary);
  }

  /// Makes `to` a copy of the first `kept` tokens of `from`. The whole sequence is copied and its
  /// tail removed: between streams llama.cpp copies no less.
  void fork(int from, int to, int kept) {
    if (from == to || kept < 0 || kept > held[from] || size > 0) {
      throw new IllegalStateException("fork of " + kept + " tokens, " + from + " to " + to);
    }
    if (kept == 0) {
      clear(to);
      return;
    }
    llama.sequenceCopy(memory, from, to);
    held[to] = held[from];
    trim(to, kept);
  }

  /// Forgets all tokens of a sequence but the first `kept`, if it holds more.
  void trim(int sequence, int kept) {
    if (kept < held[sequence]) {
      if (!llama.sequenceRemove(memory, sequence, kept, -1)) {
        throw new IllegalStateException("this kind of model cannot forget a tail");
      }
      held[sequence] = kept;
    }
  }

  /// Empties a sequence.
  void clear(int sequence) {
    if (sequence < 0 || sequence >= shape.sequences) {
      throw new IllegalStateException("no sequence " + sequence);
    }
    llama.sequenceRemove(memory, sequence, -1, -1);
    held[sequence] = 0;
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
