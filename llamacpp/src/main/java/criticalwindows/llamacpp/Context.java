package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import criticalwindows.llamacpp.Cells.Shape;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.llamacpp.Part.Entry;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/// A number of sequences of tokens whose keys and values are held, and the batch that is being put
/// together for them.
///
/// Native code ends the process where a precondition fails, so every one is checked here first.
abstract sealed class Context implements AutoCloseable permits SharedContext, StreamContext {
  /// The most sequences llama.cpp knows (`LLAMA_MAX_SEQ`).
  static final int MOST_SEQUENCES = 256;

  /// What [#compute] gives where the thread was interrupted.
  static final int ABORTED = 2;

  private final Shape shape;
  private final int mostRows;
  private final int vocabulary;
  private final int[] held;
  private final List<Entry> batch = new ArrayList<>();
  private int rows;

  /// An empty context, of the kind that the options' attention needs.
  static Context open(Weights weights, Shape shape, LlamaOptions options) {
    if (shape.sequences() < 1 || shape.sequences() > MOST_SEQUENCES) {
      throw new IllegalArgumentException(shape.sequences() + " sequences");
    }
    return options.attention() == Attention.SHARED
        ? new SharedContext(weights, shape, options)
        : new StreamContext(weights, shape, options);
  }

  Context(Weights weights, Shape shape) {
    this(weights, shape, shape.rows());
  }

  /// @param mostRows of logits that one batch can ask for
  Context(Weights weights, Shape shape, int mostRows) {
    this.shape = shape;
    this.mostRows = mostRows;
    vocabulary = weights.vocabularySize();
    held = new int[shape.sequences()];
  }

  /// Computes a batch.
  ///
  /// @return 0, or [#ABORTED], or what the library says is wrong
  abstract int compute(List<Entry> entries);

  /// The rows of logits of the last batch.
  abstract MemorySegment logits();

  /// Makes `to`, which is empty, hold or share the first `kept` tokens of `from`.
  abstract void copyTo(int from, int to, int kept);

  /// Forgets all tokens of a sequence but the first `kept`, if it holds more.
  abstract void cut(int sequence, int kept);

  Shape shape() {
    return shape;
  }

  int vocabulary() {
    return vocabulary;
  }

  /// The number of tokens of a sequence whose keys and values are held, those of the batch
  /// included.
  int held(int sequence) {
    return held[sequence];
  }

  /// A sequence now holds that many.
  void held(int sequence, int tokens) {
    held[sequence] = tokens;
  }

  /// Free places in the batch.
  int room() {
    return shape.batch() - batch.size();
  }

  /// How many more rows of logits the batch can ask for.
  int rowsLeft() {
    return mostRows - rows;
  }

  /// Adds the next token of a sequence to the batch.
  void read(int token, int sequence) {
    add(token, sequence, false);
  }

  /// Adds the next token of a sequence to the batch, and asks for the logits after it.
  ///
  /// @return the row in which they will be
  int ask(int token, int sequence) {
    if (rows == mostRows) {
      throw new IllegalStateException("more than " + rows + " rows asked for");
    }
    add(token, sequence, true);
    return rows++;
  }

  private void add(int token, int sequence, boolean asked) {
    if (token < 0 || token >= vocabulary || room() == 0) {
      throw new IllegalStateException("token " + token + " at place " + batch.size());
    }
    if (held[sequence] == shape.cells()) {
      throw new IllegalStateException("sequence " + sequence + " is full");
    }
    batch.add(new Entry(token, sequence, held[sequence]++, asked));
  }

  /// Computes the batch, and begins a new one. If that fails, the batch's sequences are empty
  /// afterwards.
  ///
  /// @return the number of tokens computed
  /// @throws InterruptedException if the thread is interrupted, before or while it computes
  int decode() throws InterruptedException {
    if (batch.isEmpty()) {
      throw new IllegalStateException("an empty batch");
    }
    int code = Thread.interrupted() ? ABORTED : compute(batch);
    int computed = batch.size();
    if (code != 0) {
      batch.stream().mapToInt(Entry::sequence).distinct().forEach(this::clear);
    }
    batch.clear();
    rows = 0;
    if (code == ABORTED) {
      // Clears the flag, as InterruptedException asks for.
      Thread.interrupted();
      throw new InterruptedException("stopped while computing");
    }
    if (code != 0) {
      throw new IllegalStateException("a batch gave " + code + ": " + NativeLog.ONLY.cause());
    }
    return computed;
  }

  /// Copies a row of the last batch's logits.
  ///
  /// @param into as long as the vocabulary
  void row(int row, float[] into) {
    MemorySegment.copy(
        logits(), JAVA_FLOAT, (long) row * vocabulary * Float.BYTES, into, 0, vocabulary);
  }

  /// Gives `to` the first `kept` tokens of `from`.
  void fork(int from, int to, int kept) {
    requireFork(from, to, kept);
    clear(to);
    if (kept > 0) {
      copyTo(from, to, kept);
      held[to] = kept;
    }
  }

  /// Whether a fork is possible now: native code would end the process otherwise.
  void requireFork(int from, int to, int kept) {
    if (from == to || kept < 0 || kept > held[from] || !batch.isEmpty()) {
      throw new IllegalStateException("fork of " + kept + " tokens, " + from + " to " + to);
    }
  }

  /// As [#fork], for others to fork from.
  void keep(int from, int to, int kept) {
    fork(from, to, kept);
  }

  /// Gives `to` all that `from` has, which is empty afterwards.
  void move(int from, int to) {
    fork(from, to, held[from]);
    clear(from);
  }

  /// Takes now what memory it would take bit by bit. llama.cpp has taken all of it already.
  void takeMemory() {}

  /// Whether other sequences need this one as it is.
  boolean serves(int sequence) {
    return false;
  }

  /// Forgets all tokens of a sequence but the first `kept`, if it holds more.
  void trim(int sequence, int kept) {
    if (kept < held[sequence]) {
      cut(sequence, kept);
      held[sequence] = kept;
    }
  }

  /// Empties a sequence.
  void clear(int sequence) {
    trim(sequence, 0);
  }

  /// `bool (*ggml_abort_callback)(void * data)`: asked between the nodes of a computation, on the
  /// thread that called, so that an interrupt does not wait for the whole batch.
  @SuppressWarnings("restricted") // the room for native access
  static MemorySegment abortCallback(Arena arena) {
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

  @Override
  public abstract void close();
}
