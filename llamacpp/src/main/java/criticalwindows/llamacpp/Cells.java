package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import criticalwindows.error.UserError;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// The keys and values of sequences. A sequence that is forked from another reads the first tokens
/// there, and holds only what comes after them.
///
/// Of each layer there are three arrays: keys `[sequence][head][cell][number]`, values in the same
/// order, and, of sequences that others read, values again as `[sequence][head][number][cell]`. The
/// first and the last are 16-bit floats for products of rows; values are 32-bit floats, for the sum
/// of rows that ggml has for no others.
final class Cells implements AutoCloseable {
  private static final int NONE = -1;
  private static final int KEY = Short.BYTES;
  private static final int VALUE = Float.BYTES;
  private static final int TURNED = Short.BYTES;

  /// Of one number of a token's keys, and the value beside it.
  private static final int BYTES = KEY + VALUE + TURNED;

  /// Fewer tokens than this are copied: to read them elsewhere would not pay.
  private static final int LEAST_SHARED = 16;

  private final Ggml ggml;
  private final Decoder.Sizes sizes;
  private final Shape shape;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment numbers;
  private final MemorySegment buffer;
  private final MemorySegment context;
  private final MemorySegment[] keys;
  private final MemorySegment[] values;
  private final MemorySegment[] turned;
  private final int[] sharedPrefix;
  private final int[] shared;
  private final int[] own;
  // How many cells were turned.
  private final int[] turnedCells;

  /// How many cells there are.
  ///
  /// @param sequences in [1, 256]
  /// @param cells tokens of each sequence, in steps of 256: whole blocks of them are read
  record Shape(int sequences, int cells) {
    private static final int BATCH = 2048;
    private static final int LEAST_ROWS = 64;
    private static final int STEP = 256;

    Shape {
      if (cells < 1 || cells % STEP != 0) {
        throw new IllegalArgumentException(cells + " cells");
      }
    }

    /// The fewest cells that hold `tokens`: llama.cpp counts in steps.
    static int cells(int tokens) {
      return Math.max(1, Math.ceilDiv(tokens, STEP)) * STEP;
    }

    /// The most tokens of one batch.
    int batch() {
      return (int) Math.min(BATCH, (long) sequences * cells);
    }

    /// Rows of logits that one batch can ask for.
    int rows() {
      return Math.min(batch(), Math.max(sequences, LEAST_ROWS));
    }
  }

  Cells(Decoder decoder, Shape shape) {
    this.ggml = decoder.ggml();
    this.sizes = decoder.sizes();
    this.shape = shape;
    int layers = sizes.layers();
    numbers = zeros(layers * layerNumbers() * BYTES);
    buffer = ggml.backends().buffer(numbers);
    context = ggml.init(arena.allocate(ggml.bytes(3L * layers, 0)));
    keys = new MemorySegment[layers];
    values = new MemorySegment[layers];
    turned = new MemorySegment[layers];
    for (int i = 0; i < layers; i++) {
      keys[i] = tensor(Ggml.F16, keysAt(i));
      values[i] = tensor(Ggml.F32, valuesAt(i));
      turned[i] = tensor(Ggml.F16, turnedAt(i));
    }
    sharedPrefix = new int[shape.sequences()];
    Arrays.fill(sharedPrefix, NONE);
    shared = new int[shape.sequences()];
    own = new int[shape.sequences()];
    turnedCells = new int[shape.sequences()];
  }

  /// What one token takes, all layers.
  static long tokenBytes(Decoder.Sizes sizes) {
    return (long) sizes.layers() * sizes.keys() * BYTES;
  }

  private long layerNumbers() {
    return (long) shape.sequences() * stride();
  }

  private long keysAt(int layer) {
    return layer * layerNumbers() * BYTES;
  }

  private long valuesAt(int layer) {
    return keysAt(layer) + layerNumbers() * KEY;
  }

  private long turnedAt(int layer) {
    return valuesAt(layer) + layerNumbers() * VALUE;
  }

  private MemorySegment tensor(int type, long at) {
    MemorySegment made = ggml.tensor(context, type, Ggml.Shape.of(layerNumbers(), 1));
    ggml.backends().place(made, buffer, numbers.asSlice(at));
    return made;
  }

  /// Zeros that take no memory until they are written: an arena would write them all at once.
  @SuppressWarnings("restricted") // the room for native access
  private MemorySegment zeros(long bytes) {
    Linker linker = Linker.nativeLinker();
    // void * calloc(size_t nmemb, size_t size); void free(void * ptr);
    MethodHandle calloc =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("calloc"),
            FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
    MethodHandle free =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));
    long page = 4096;
    MemorySegment all = Native.call(() -> (MemorySegment) calloc.invokeExact(1L, bytes + page));
    if (all.address() == 0) {
      arena.close();
      throw new UserError(
          "there is no memory for " + shape, "give it a smaller memory budget or shorter texts");
    }
    MemorySegment whole =
        all.reinterpret(
            bytes + page,
            arena,
            memory ->
                Native.run(
                    () -> {
                      free.invokeExact(memory);
                    }));
    return whole.asSlice(Math.floorMod(-all.address(), page), bytes);
  }

  MemorySegment keys(int layer) {
    return keys[layer];
  }

  MemorySegment values(int layer) {
    return values[layer];
  }

  /// The values of the cells that others read, cell by cell.
  MemorySegment turned(int layer) {
    return turned[layer];
  }

  /// Rows of a layer's keys, or values.
  long rows() {
    return layerNumbers() / sizes.head();
  }

  /// From one head to the next, in numbers.
  long headStride() {
    return (long) shape.cells() * sizes.head();
  }

  /// From one sequence to the next, in numbers.
  long stride() {
    return (long) shape.cells() * sizes.keys();
  }

  /// The sequence that holds the first tokens of this one; itself if it does.
  int sharedPrefix(int sequence) {
    return sharedPrefix[sequence] == NONE ? sequence : sharedPrefix[sequence];
  }

  /// How many tokens are read from the shared prefix.
  int shared(int sequence) {
    return shared[sequence];
  }

  /// Tokens were computed.
  void grow(int sequence, int held) {
    own[sequence] = held - shared[sequence];
  }

  /// A text that only one sequence reads is copied there: then it is computed in the same way, to
  /// the last bit, as if that sequence had been alone from the start.
  void detachLoneReaders() {
    for (int sequence = 0; sequence < sharedPrefix.length; sequence++) {
      int of = sequence;
      if (Arrays.stream(sharedPrefix).filter(read -> read == of).limit(2).count() == 1) {
        detachReaders(sequence, 0);
      }
    }
  }

  /// Makes `to` read the first `kept` tokens of `from`.
  void fork(int from, int to, int kept) {
    clear(to);
    if (sharedPrefix[from] == NONE && kept >= LEAST_SHARED) {
      turn(from, kept);
      sharedPrefix[to] = from;
      shared[to] = kept;
    } else {
      copyAll(from, to, kept);
    }
  }

  /// Makes `to` hold the first `kept` tokens of `from`, for others to read. Where `from` reads its
  /// own first tokens there, they stay; what `to` has after them may be another text.
  void keep(int from, int to, int kept) {
    if (sharedPrefix[from] == to && shared[from] <= kept) {
      trim(to, shared[from]);
      copy(new Stretch(from, 0, to, shared[from], kept - shared[from]));
      own[to] = kept;
    } else {
      clear(to);
      copyAll(from, to, kept);
    }
  }

  /// Makes `to` what `from` is, and `from` empty.
  void move(int from, int to) {
    detachReaders(from, 0);
    clear(to);
    copy(new Stretch(from, 0, to, 0, own[from]));
    sharedPrefix[to] = sharedPrefix[from];
    shared[to] = shared[from];
    own[to] = own[from];
    clear(from);
  }

  /// Forgets all but the first `kept` tokens.
  void trim(int sequence, int kept) {
    detachReaders(sequence, kept);
    turnedCells[sequence] = Math.min(turnedCells[sequence], kept);
    shared[sequence] = Math.min(shared[sequence], kept);
    own[sequence] = Math.min(own[sequence], kept - shared[sequence]);
    if (shared[sequence] == 0) {
      sharedPrefix[sequence] = NONE;
    }
  }

  void clear(int sequence) {
    trim(sequence, 0);
  }

  /// Writes all cells, none of which may be in use.
  void takeMemory() {
    numbers.fill((byte) 0);
  }

  /// Whether other sequences read here.
  boolean serves(int sequence) {
    return Arrays.stream(sharedPrefix).anyMatch(of -> of == sequence);
  }

  /// Those that read more than the first `kept` tokens here get them themselves.
  private void detachReaders(int sequence, int kept) {
    for (int reader = 0; reader < sharedPrefix.length; reader++) {
      if (sharedPrefix[reader] == sequence && shared[reader] > kept) {
        copy(new Stretch(reader, 0, reader, shared[reader], own[reader]));
        copy(new Stretch(sequence, 0, reader, 0, shared[reader]));
        own[reader] += shared[reader];
        shared[reader] = 0;
        sharedPrefix[reader] = NONE;
      }
    }
  }

  private void copyAll(int from, int to, int kept) {
    int first = Math.min(kept, shared[from]);
    copy(new Stretch(sharedPrefix(from), 0, to, 0, first));
    copy(new Stretch(from, 0, to, first, kept - first));
    own[to] = kept;
  }

  /// Turns the values of the first cells, as far as that was not done.
  private void turn(int sequence, int count) {
    int head = sizes.head();
    for (int layer = 0; layer < sizes.layers(); layer++) {
      for (int h = 0; h < sizes.keyHeads(); h++) {
        long first = row(sequence, 0, h) * head;
        for (int cell = turnedCells[sequence]; cell < count; cell++) {
          long from = valuesAt(layer) + (first + (long) cell * head) * VALUE;
          long to = turnedAt(layer) + (first + cell) * TURNED;
          for (int d = 0; d < head; d++) {
            float value = numbers.get(JAVA_FLOAT, from + (long) d * VALUE);
            numbers.set(
                JAVA_SHORT, to + (long) d * shape.cells() * TURNED, Float.floatToFloat16(value));
          }
        }
      }
    }
    turnedCells[sequence] = Math.max(turnedCells[sequence], count);
  }

  private record Stretch(int from, int fromCell, int to, int toCell, int count) {}

  private void copy(Stretch s) {
    for (int h = 0; s.count > 0 && h < sizes.keyHeads(); h++) {
      long from = row(s.from, s.fromCell, h) * sizes.head();
      long to = row(s.to, s.toCell, h) * sizes.head();
      long count = (long) s.count * sizes.head();
      for (int layer = 0; layer < sizes.layers(); layer++) {
        move(keysAt(layer), from * KEY, to * KEY, count * KEY);
        move(valuesAt(layer), from * VALUE, to * VALUE, count * VALUE);
      }
    }
  }

  private void move(long base, long from, long to, long bytes) {
    MemorySegment.copy(numbers, base + from, numbers, base + to, bytes);
  }

  /// Which row of a layer's keys, or values, belongs to a cell and a head.
  long row(int sequence, int cell, int head) {
    return ((long) sequence * sizes.keyHeads() + head) * shape.cells() + cell;
  }

  @Override
  public void close() {
    ggml.free(context);
    ggml.backends().freeBuffer(buffer);
    arena.close();
  }
}
