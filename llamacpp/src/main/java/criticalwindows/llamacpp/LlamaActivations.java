package criticalwindows.llamacpp;

import criticalwindows.activation.ActivationReader;
import criticalwindows.activation.HookPoint;
import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.model.Tokens;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Activations of a model from a GGUF file, as llama.cpp computes them in this process, for every
/// architecture that it computes layer by layer.
///
/// What no hook point needs is not computed: the layers above the highest one, and the output.
/// Where a file is in single precision, so are its keys and values; in other files they are halves.
/// It belongs to the thread that reads first.
public final class LlamaActivations implements ActivationReader {
  /// The most bytes of the logits of one batch: on the last layer they come with each vector.
  private static final long LOGIT_BYTES = 128L << 20;

  private final Weights weights;
  private final Room room;
  private final int layers;
  private final int width;
  private final Arena arena = Arena.ofShared();
  private final Taps taps = new Taps(arena);
  private final StreamContext context;
  private final int rows;
  private Optional<Thread> user = Optional.empty();
  private boolean closed;

  /// What a reader is made for.
  ///
  /// @param hooks at least one, none twice
  /// @param sequences texts that it holds at once, in [1, 256]
  /// @param tokens of the longest one, at least 1
  public record Room(List<HookPoint> hooks, int sequences, int tokens) {
    public Room {
      hooks = List.copyOf(hooks);
      if (hooks.isEmpty() || new HashSet<>(hooks).size() < hooks.size()) {
        throw new IllegalArgumentException("hook points " + hooks);
      }
      if (sequences < 1 || sequences > Context.MOST_SEQUENCES || tokens < 1) {
        throw new IllegalArgumentException(sequences + " texts of " + tokens + " tokens");
      }
    }
  }

  private LlamaActivations(Weights weights, LlamaOptions options, Room room) {
    this.weights = weights;
    this.room = room;
    layers = weights.number("llama_model_n_layer");
    width = weights.number("llama_model_n_embd");
    requireLayers();
    Cells.Shape shape = new Cells.Shape(room.sequences, Cells.Shape.cells(room.tokens));
    requireMemory(shape, options);
    long row = (long) Float.BYTES * weights.vocabularySize();
    rows = Math.clamp(LOGIT_BYTES / row, 1, Math.min(Limits.MICRO_BATCH, shape.batch()));
    StreamContext.Extras extras =
        new StreamContext.Extras(Math.max(rows, shape.rows()), cache(), taps.callback());
    context = new StreamContext(weights, shape, options.withAttention(way(options)), extras);
  }

  /// Opens a model.
  ///
  /// @param options their chat template does not matter; of the ways to compute attention it has
  ///   llama.cpp's two
  /// @throws UserError if the file is missing, damaged, or of a kind that cannot be read so; if the
  ///   model has no such layer or no such tensor there; if there is too little memory
  public static LlamaActivations open(Path gguf, LlamaOptions options, Room room) {
    Weights.requireGguf(gguf);
    NativeFiles natives = NativeFiles.find(System.getenv());
    Weights weights =
        NativeCheck.PINNED.open(
            natives,
            gguf,
            llama -> Weights.load(llama, gguf, options.adapter(), options.steering()));
    try {
      LlamaActivations reader = new LlamaActivations(weights, options, room);
      reader.tap();
      return reader;
    } catch (RuntimeException e) {
      weights.free();
      throw e;
    }
  }

  /// How many readers of a model are quickest side by side, each with an equal share of the
  /// threads: one for each thread where the model is small.
  public static int beside(Path gguf, LlamaOptions options) {
    return gguf.toFile().length() <= LlamaModel.WORKER_BYTES ? options.threads() : 1;
  }

  /// Flash attention loses what single precision has.
  private Attention way(LlamaOptions options) {
    boolean plain = single() || options.attention() == Attention.PLAIN;
    return plain ? Attention.PLAIN : Attention.FLASH;
  }

  private StreamContext.CacheType cache() {
    return single() ? StreamContext.CacheType.F32 : StreamContext.CacheType.F16;
  }

  /// Whether the file's matrices are in single precision.
  private boolean single() {
    return weights.metadata("general.file_type").orElse("").equals("0");
  }

  private void requireLayers() {
    for (HookPoint hook : room.hooks) {
      if (hook.layer() > layers) {
        throw new UserError(
            "there is no " + hook.word() + ": the model has " + layers + " layers",
            "name layers from 1 to " + layers);
      }
    }
  }

  private void requireMemory(Cells.Shape shape, LlamaOptions options) {
    long head = Math.ceilDiv(width, Math.max(1, weights.number("llama_model_n_head")));
    long token = 2L * Float.BYTES * layers * weights.number("llama_model_n_head_kv") * head;
    long bytes = weights.bytes() + token * shape.sequences() * shape.cells();
    if (bytes > options.memoryBytes()) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%d MB of memory are too little for %d texts of %d tokens, which take %d MB",
              options.memoryBytes() / 1_000_000,
              shape.sequences(),
              room.tokens,
              Math.ceilDiv(bytes, 1_000_000)),
          "allow more memory, or read shorter texts");
    }
  }

  /// Computes one token, to see what is computed.
  private void tap() {
    try {
      context.ask(0, 0);
      context.decode();
      taps.tap(room.hooks, weights);
      context.clear(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeContext();
      throw new IllegalStateException("stopped while the model was opened", e);
    } catch (RuntimeException e) {
      closeContext();
      throw e;
    }
  }

  @Override
  public int layers() {
    return layers;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public List<HookPoint> hooks() {
    return room.hooks;
  }

  @Override
  public int sequences() {
    return room.sequences;
  }

  @Override
  public int contextLength() {
    return room.tokens;
  }

  @Override
  public float[][] read(int sequence, Tokens next, int[] wanted) throws InterruptedException {
    requireOpen();
    require(sequence, next, wanted);
    float[][] all = new float[wanted.length][room.hooks.size() * width];
    int taken = 0;
    for (int from = 0; from < next.size(); ) {
      int most = Math.min(next.size(), from + Math.min(Limits.MICRO_BATCH, context.room()));
      int end = taken;
      while (end < wanted.length && wanted[end] < most && end - taken < rows) {
        end++;
      }
      int to = end < wanted.length ? Math.min(most, wanted[end]) : most;
      int[] places = shifted(Arrays.copyOfRange(wanted, taken, end), from);
      batch(sequence, next.slice(from, to), places, Arrays.copyOfRange(all, taken, end));
      from = to;
      taken = end;
    }
    return all;
  }

  private static int[] shifted(int[] places, int by) {
    return Arrays.stream(places).map(place -> place - by).toArray();
  }

  /// One sequence alone is computed, so that rows of tensors are its tokens in their order; on the
  /// last layer only those are there whose logits are asked for.
  private void batch(int sequence, Tokens tokens, int[] places, float[][] into)
      throws InterruptedException {
    int at = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (at < places.length && places[at] == i) {
        context.ask(tokens.at(i), sequence);
        at++;
      } else {
        context.read(tokens.at(i), sequence);
      }
    }
    taps.expect(new Taps.Wanted(tokens.size(), places, into));
    context.decode();
    try {
      taps.requireTaken();
    } catch (IllegalStateException e) {
      context.clear(sequence);
      throw e;
    }
  }

  private void require(int sequence, Tokens next, int[] wanted) {
    int held = context.held(sequence);
    if (next.isEmpty() || held + next.size() > room.tokens) {
      throw new IllegalArgumentException(
          next.size() + " tokens after " + held + " in a text of at most " + room.tokens);
    }
    int size = weights.vocabularySize();
    if (next.stream().anyMatch(id -> id >= size)) {
      throw new IllegalArgumentException("a token that is not below " + size);
    }
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] < 0 || wanted[i] >= next.size() || (i > 0 && wanted[i] <= wanted[i - 1])) {
        throw new IllegalArgumentException("places " + Arrays.toString(wanted));
      }
    }
  }

  @Override
  public void trim(int sequence, int kept) {
    requireOpen();
    if (kept < 0 || kept > context.held(sequence)) {
      throw new IllegalArgumentException(kept + " of " + context.held(sequence) + " tokens");
    }
    context.trim(sequence, kept);
  }

  /// The first thread that reads is the one that goes on: two in one native context would end the
  /// process.
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the reader is closed");
    }
    Thread now = Thread.currentThread();
    user = user.or(() -> Optional.of(now));
    if (!user.get().equals(now)) {
      throw new IllegalStateException("the reader belongs to " + user.get().getName());
    }
  }

  private void closeContext() {
    context.close();
    arena.close();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      closeContext();
      weights.free();
    }
  }
}
