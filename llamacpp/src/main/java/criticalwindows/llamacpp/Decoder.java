package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.GgufValue;
import criticalwindows.gguf.Tensor;
import criticalwindows.llamacpp.Ggml.Rope;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.AdapterFile;
import criticalwindows.lora.BaseModel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A model whose forward pass we put together ourselves, out of ggml's operations: Llama, Qwen 2 or
/// Qwen 3. Its weights are held in single precision, which is quickest in batches.
final class Decoder implements AutoCloseable {
  /// How each architecture rotates its heads: pairs of neighbours (0), or of halves (2).
  private static final Map<String, Integer> ROTATIONS = Map.of("llama", 0, "qwen2", 2, "qwen3", 2);

  private static final List<String> LAYER =
      List.of(
          "attn_norm",
          "attn_q",
          "attn_k",
          "attn_v",
          "attn_output",
          "ffn_norm",
          "ffn_gate",
          "ffn_up",
          "ffn_down");

  /// Of memory that ggml takes from us.
  private static final int ALIGNMENT = 32;

  private static final MemorySegment NONE = MemorySegment.NULL;

  private final Arena arena = Arena.ofShared();
  private final Ggml ggml;
  private final GgufReader file;
  private final MemorySegment backend;
  private final List<MemorySegment> kinds;
  private final MemorySegment context;
  private final List<MemorySegment> buffers = new ArrayList<>();
  private final Set<String> unread;
  private final Map<String, Adapter.Pair> added = new HashMap<>();
  private final float scale;

  private final Sizes sizes;
  private final MemorySegment embedding;
  private final List<Layer> layers = new ArrayList<>();
  private final MemorySegment norm;
  private final MemorySegment output;

  /// What a model is made of.
  ///
  /// @param keyHeads heads of keys, and of values; each serves as many heads of queries
  /// @param head length of a head
  record Sizes(
      int layers,
      int embedding,
      int heads,
      int keyHeads,
      int head,
      int trained,
      int rotation,
      float base,
      float epsilon) {
    /// Heads of queries for each of keys.
    int group() {
      return heads / keyHeads;
    }

    /// Numbers in a token's keys of one layer. Its values are as many.
    int keys() {
      return keyHeads * head;
    }
  }

  /// A layer's tensors.
  record Layer(
      MemorySegment norm,
      Projection query,
      Projection key,
      Projection value,
      Matrix output,
      MemorySegment forwardNorm,
      Matrix gate,
      Matrix up,
      Matrix down) {}

  /// A matrix, and what comes after it: NULL where there is none.
  ///
  /// @param norm over each head
  record Projection(Matrix matrix, MemorySegment bias, MemorySegment norm) {}

  /// A matrix, and an adapter's two that are added to it, `second · first`: NULL where there are
  /// none.
  record Matrix(MemorySegment weight, MemorySegment first, MemorySegment second) {}

  /// A model of a file, if it is one of these.
  ///
  /// @param adapter what is added to it
  static Optional<Decoder> of(Ggml ggml, Path gguf, Optional<Path> adapter) {
    GgufReader file = GgufReader.open(gguf);
    Optional<Sizes> sizes = sizes(file);
    if (sizes.isPresent() && readable(file, sizes.get().layers)) {
      Decoder decoder = decoder(ggml, file, sizes.get(), adapter);
      if (decoder.unread.isEmpty()) {
        return Optional.of(decoder);
      }
      decoder.close();
    }
    file.close();
    return Optional.empty();
  }

  /// The adapter's numbers are copied, as the weights' are.
  private static Decoder decoder(Ggml ggml, GgufReader file, Sizes sizes, Optional<Path> adapter) {
    if (adapter.isEmpty()) {
      return new Decoder(ggml, file, sizes, Optional.empty());
    }
    try (AdapterFile more = AdapterFile.open(adapter.get(), BaseModel.open(file.path()))) {
      return new Decoder(ggml, file, sizes, Optional.of(more.ggufAdapter()));
    }
  }

  /// Whether every tensor is there under its name and lies where ggml can read it. Vectors must be
  /// of single precision. ggml would end the process otherwise.
  private static boolean readable(GgufReader file, int layers) {
    Set<String> names = new HashSet<>(file.tensorNames());
    boolean whole =
        names.containsAll(List.of("token_embd.weight", "output_norm.weight"))
            && IntStream.range(0, layers)
                .boxed()
                .flatMap(i -> LAYER.stream().map(name -> "blk." + i + "." + name + ".weight"))
                .allMatch(names::contains);
    return whole
        && names.stream()
            .map(file::raw)
            .allMatch(
                raw ->
                    raw.bytes().address() % ALIGNMENT == 0
                        && (raw.shape().size() > 1 || raw.code() == Ggml.F32));
  }

  private static Optional<Sizes> sizes(GgufReader file) {
    String kind = file.text("general.architecture");
    boolean known =
        ROTATIONS.containsKey(kind)
            && file.metadata().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + "."))
                .allMatch(
                    entry ->
                        DecoderConfig.isPlain(entry.getKey().substring(kind.length() + 1))
                            && isNumber(entry.getValue()));
    if (!known) {
      return Optional.empty();
    }
    int heads = whole(file, kind + ".attention.head_count");
    int embedding = whole(file, kind + ".embedding_length");
    int head = whole(file, kind + ".attention.key_length", embedding / heads);
    Sizes sizes =
        new Sizes(
            whole(file, kind + ".block_count"),
            embedding,
            heads,
            whole(file, kind + ".attention.head_count_kv", heads),
            head,
            whole(file, kind + ".context_length"),
            ROTATIONS.getOrDefault(kind, 0),
            (float) real(file, kind + ".rope.freq_base", 10_000),
            (float) file.real(kind + ".attention.layer_norm_rms_epsilon"));
    boolean plain =
        whole(file, kind + ".attention.value_length", head) == head
            && whole(file, kind + ".rope.dimension_count", head) == head
            && heads % sizes.keyHeads == 0
            && head % 16 == 0;
    return plain ? Optional.of(sizes) : Optional.empty();
  }

  /// Not a list, which has one for each layer.
  private static boolean isNumber(GgufValue value) {
    return value instanceof GgufValue.Whole || value instanceof GgufValue.Real;
  }

  private static int whole(GgufReader file, String key) {
    return Math.toIntExact(file.whole(key));
  }

  private static int whole(GgufReader file, String key, int otherwise) {
    return file.metadata().containsKey(key) ? whole(file, key) : otherwise;
  }

  private static double real(GgufReader file, String key, double otherwise) {
    return file.metadata().get(key) instanceof GgufValue.Real ? file.real(key) : otherwise;
  }

  private Decoder(Ggml ggml, GgufReader file, Sizes sizes, Optional<Adapter> adapter) {
    this.ggml = ggml;
    this.file = file;
    this.sizes = sizes;
    unread = new HashSet<>(file.tensorNames());
    backend = ggml.backends().backend(1, NONE);
    kinds = ggml.backends().weightBuffers(backend);
    scale = (float) adapter.map(more -> more.config().scale()).orElse(0.0).doubleValue();
    adapter.ifPresent(more -> more.pairs().forEach(this::add));
    long tensors = (unread.size() + 1L) * (kinds.size() + 1) + 2L * added.size();
    context = ggml.init(arena.allocate(ggml.bytes(tensors, 0)));
    embedding = plain("token_embd.weight");
    for (int i = 0; i < sizes.layers; i++) {
      layers.add(layer("blk." + i + "."));
    }
    norm = plain("output_norm.weight");
    output = matrix(unread.contains("output.weight") ? "output.weight" : "token_embd.weight");
    added.clear();
  }

  private void add(Adapter.Pair pair) {
    added.put(pair.projection().ggufName(pair.layer()), pair);
  }

  private Layer layer(String name) {
    return new Layer(
        plain(name + "attn_norm.weight"),
        projection(name + "attn_q"),
        projection(name + "attn_k"),
        projection(name + "attn_v"),
        adapted(name + "attn_output"),
        plain(name + "ffn_norm.weight"),
        adapted(name + "ffn_gate"),
        adapted(name + "ffn_up"),
        adapted(name + "ffn_down"));
  }

  private Projection projection(String name) {
    return new Projection(adapted(name), optional(name + ".bias"), optional(name + "_norm.weight"));
  }

  private Matrix adapted(String name) {
    MemorySegment weight = matrix(name + ".weight");
    return Optional.ofNullable(added.get(name))
        .map(pair -> new Matrix(weight, copied(pair.a(), 1), copied(pair.b(), scale)))
        .orElse(new Matrix(weight, NONE, NONE));
  }

  /// A tensor in memory of our own, in single precision.
  ///
  /// @param factor that every number is multiplied with
  private MemorySegment copied(Tensor tensor, float factor) {
    int columns = tensor.columns();
    MemorySegment numbers = arena.allocate(tensor.size() * Float.BYTES, ALIGNMENT);
    float[] row = new float[columns];
    for (long i = 0; i < tensor.rowCount(); i++) {
      tensor.rows().read(i, row);
      for (int j = 0; j < columns; j++) {
        numbers.setAtIndex(JAVA_FLOAT, i * columns + j, factor * row[j]);
      }
    }
    MemorySegment copy = ggml.tensor(context, Ggml.F32, Ggml.Shape.of(columns, tensor.rowCount()));
    MemorySegment buffer = ggml.backends().buffer(numbers);
    buffers.add(buffer);
    ggml.backends().place(copy, buffer, numbers);
    return copy;
  }

  private MemorySegment optional(String name) {
    return unread.contains(name) ? plain(name) : NONE;
  }

  /// A tensor where it lies in the file.
  private MemorySegment plain(String name) {
    MemorySegment tensor = described(name);
    MemorySegment numbers = numbers(name, tensor);
    MemorySegment buffer = ggml.backends().buffer(numbers);
    buffers.add(buffer);
    ggml.backends().place(tensor, buffer, numbers);
    return tensor;
  }

  /// A tensor for products, in the processor's own layout if there is one for it.
  private MemorySegment matrix(String name) {
    for (MemorySegment kind : kinds) {
      MemorySegment tensor = described(name);
      if (multiplies(kind, tensor)) {
        MemorySegment buffer = ggml.backends().buffer(kind, ggml.backends().bytes(kind, tensor));
        buffers.add(buffer);
        ggml.backends().place(tensor, buffer, ggml.backends().base(buffer));
        ggml.backends().set(tensor, numbers(name, tensor));
        return tensor;
      }
    }
    return plain(name);
  }

  private boolean multiplies(MemorySegment kind, MemorySegment tensor) {
    try (Arena trial = Arena.ofConfined()) {
      MemorySegment some = ggml.init(trial.allocate(ggml.bytes(4, 0)));
      MemorySegment empty = ggml.backends().buffer(kind, 0);
      ggml.backends().promise(tensor, empty);
      MemorySegment other =
          ggml.tensor(some, Ggml.F32, Ggml.Shape.of(ggml.backends().length(tensor), 512));
      boolean can = ggml.backends().supports(backend, ggml.product(some, tensor, other));
      ggml.backends().promise(tensor, NONE);
      ggml.backends().freeBuffer(empty);
      ggml.free(some);
      return can;
    }
  }

  private MemorySegment described(String name) {
    unread.remove(name);
    GgufReader.Raw raw = file.raw(name);
    long rows = raw.shape().stream().reduce(1L, Math::multiplyExact) / raw.shape().getLast();
    return ggml.tensor(context, raw.code(), Ggml.Shape.of(raw.shape().getLast(), rows));
  }

  private MemorySegment numbers(String name, MemorySegment tensor) {
    return file.raw(name).bytes().asSlice(0, ggml.backends().bytes(tensor));
  }

  Ggml ggml() {
    return ggml;
  }

  Sizes sizes() {
    return sizes;
  }

  MemorySegment embedding() {
    return embedding;
  }

  List<Layer> layers() {
    return layers;
  }

  MemorySegment norm() {
    return norm;
  }

  MemorySegment output() {
    return output;
  }

  /// The rotation of every head.
  Rope rope() {
    return new Rope(NONE, sizes.head, sizes.rotation, sizes.trained, sizes.base, 1);
  }

  @Override
  public void close() {
    ggml.free(context);
    buffers.forEach(ggml.backends()::freeBuffer);
    ggml.backends().freeBackend(backend);
    file.close();
    arena.close();
  }
}
