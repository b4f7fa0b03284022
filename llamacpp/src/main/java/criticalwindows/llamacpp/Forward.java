package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import criticalwindows.llamacpp.Decoder.Layer;
import criticalwindows.llamacpp.Decoder.Matrix;
import criticalwindows.llamacpp.Decoder.Projection;
import criticalwindows.llamacpp.Ggml.Rope;
import criticalwindows.llamacpp.Ggml.Shape;
import criticalwindows.llamacpp.Ggml.Strides;
import criticalwindows.llamacpp.Part.Entry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The forward pass of a [Decoder] for a batch of tokens of many sequences, as one ggml graph.
///
/// A batch is a list of readings: neighbours in it whose attention is computed together. What they
/// all read in a shared prefix is one matrix product, however many they are; what each holds itself
/// is one of its own. Both kinds of scores go through one softmax.
final class Forward implements AutoCloseable {
  private static final int F32 = Float.BYTES;
  private static final int F16 = Short.BYTES;
  private static final int NO_MEMORY = -2; // GGML_STATUS_ALLOC_FAILED
  private static final int ADAPTED = 7 * 3; // seven matrices, each with two products and a sum
  private static final short MASKED = (short) 0xFC00; // minus infinity

  private final Ggml ggml;
  private final Decoder decoder;
  private final Decoder.Sizes sizes;
  private final Cells cells;
  private final Rope rope;
  private final Limits limits;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment backend;
  private final MemorySegment allocator;
  private final Inputs inputs;
  private MemorySegment descriptions = MemorySegment.NULL;
  private MemorySegment context = MemorySegment.NULL;
  private MemorySegment graph = MemorySegment.NULL;

  /// The tensors that a batch is written to, and two that hold what is on its way.
  private final class Inputs {
    private final MemorySegment context;
    private final MemorySegment memory;
    private final MemorySegment buffer;
    private long used;
    private final Filled tokens;
    private final Filled positions;
    private final Filled asked;
    private final Filled rows;
    private final Filled mask;
    private final Filled scores;
    private final Filled attended;

    /// What is added after each layer; NULL after the others.
    private final List<MemorySegment> added = new ArrayList<>();

    private record Filled(MemorySegment tensor, MemorySegment memory) {}

    Inputs(Optional<LoadedVector> steering) {
      long most = limits.tokens();
      long pairs = limits.pairs();
      long steered = steering.isPresent() ? sizes.layers() : 0;
      context = ggml.init(arena.allocate(ggml.bytes(8 + steered, 0)));
      memory =
          arena.allocate(
              3 * most * 4
                  + most * sizes.keyHeads() * 8
                  + pairs * 2
                  + pairs * sizes.heads() * 4
                  + most * sizes.heads() * sizes.head() * 4
                  + steered * sizes.embedding() * 4
                  + (8 + steered) * 64,
              64);
      buffer = ggml.backends().buffer(memory);
      tokens = fill(Ggml.I32, most, 4);
      positions = fill(Ggml.I32, most, 4);
      asked = fill(Ggml.I32, most, 4);
      rows = fill(Ggml.I64, most * sizes.keyHeads(), 8);
      mask = fill(Ggml.F16, pairs, 2);
      scores = fill(Ggml.F32, pairs * sizes.heads(), 4);
      attended = fill(Ggml.F32, most * sizes.heads() * sizes.head(), 4);
      for (int layer = 1; layer <= sizes.layers(); layer++) {
        added.add(vector(steering, layer));
      }
    }

    private MemorySegment vector(Optional<LoadedVector> steering, int layer) {
      if (steering.isEmpty() || !steering.get().adds(layer)) {
        return MemorySegment.NULL;
      }
      float[] numbers = steering.get().numbers(layer);
      Filled filled = fill(Ggml.F32, numbers.length, F32);
      MemorySegment.copy(numbers, 0, filled.memory, JAVA_FLOAT, 0, numbers.length);
      return filled.tensor;
    }

    private Filled fill(int type, long count, int bytes) {
      MemorySegment tensor = ggml.tensor(context, type, Shape.of(count, 1));
      MemorySegment place = memory.asSlice(used, count * bytes);
      ggml.backends().place(tensor, buffer, place);
      used += Math.ceilDiv(count * bytes, 64) * 64;
      return new Filled(tensor, place);
    }
  }

  Forward(Decoder decoder, Cells cells, Limits limits, Engine engine) {
    this.ggml = decoder.ggml();
    this.decoder = decoder;
    this.sizes = decoder.sizes();
    this.cells = cells;
    this.limits = limits;
    rope = decoder.rope();
    backend = ggml.backends().backend(engine.threads, engine.abort);
    allocator = ggml.backends().allocator(backend);
    inputs = new Inputs(engine.steering);
  }

  /// @param abort asked between operations
  /// @param steering what is added to the residual stream
  record Engine(int threads, MemorySegment abort, Optional<LoadedVector> steering) {}

  /// Computes a part of a batch.
  ///
  /// @param logits gets the rows that were asked for
  /// @return 0, or what ggml says: 1 where it was aborted, -2 where memory was short
  int compute(Part part, MemorySegment logits) {
    // A graph needs an end, if nothing is wanted of it but keys and values.
    List<Integer> asked = part.asked().isEmpty() ? List.of(0) : part.asked();
    write(part.entries(), part.readings(), asked);
    begin(16 + sizes.layers() * (ADAPTED + 41 + 32L * part.readings().size()));
    try {
      MemorySegment result = pass(part, asked.size());
      ggml.setOutput(result);
      ggml.expand(graph, result);
      if (!ggml.backends().allocate(allocator, graph)) {
        return NO_MEMORY;
      }
      int code = ggml.backends().compute(backend, graph);
      if (code == 0) {
        MemorySegment.copy(ggml.data(result, logits.byteSize()), 0, logits, 0, logits.byteSize());
      }
      return code;
    } finally {
      ggml.free(context);
    }
  }

  private void begin(long nodes) {
    long bytes = ggml.bytes(2 * nodes, nodes);
    if (descriptions.byteSize() < bytes) {
      descriptions = arena.allocate(bytes * 5 / 4, 64);
    }
    context = ggml.init(descriptions);
    graph = ggml.graph(context, nodes);
  }

  private void write(List<Entry> batch, List<AttentionGroup> readings, List<Integer> asked) {
    long row = 0;
    for (int i = 0; i < batch.size(); i++) {
      Entry e = batch.get(i);
      inputs.tokens.memory.setAtIndex(JAVA_INT, i, e.token());
      inputs.positions.memory.setAtIndex(JAVA_INT, i, e.at());
      int cell = e.at() - cells.shared(e.sequence());
      for (int h = 0; h < sizes.keyHeads(); h++) {
        inputs.rows.memory.setAtIndex(JAVA_LONG, row++, cells.row(e.sequence(), cell, h));
      }
    }
    for (int i = 0; i < asked.size(); i++) {
      inputs.asked.memory.setAtIndex(JAVA_INT, i, asked.get(i));
    }
    long at = 0;
    for (AttentionGroup r : readings) {
      for (int i = 0; i < r.count(); i++) {
        Entry e = batch.get(r.first() + i);
        int shared = cells.shared(e.sequence());
        at = open(at, shared, r.shared());
        at = open(at, e.at() - shared + 1, r.own());
      }
    }
  }

  /// Unmasks the first cells of so many.
  private long open(long at, int first, int all) {
    for (int i = 0; i < all; i++) {
      inputs.mask.memory.setAtIndex(JAVA_SHORT, at + i, i < first ? 0 : MASKED);
    }
    return at + all;
  }

  private MemorySegment pass(Part part, int asked) {
    MemorySegment tokens = first(inputs.tokens.tensor, part.entries().size(), Integer.BYTES);
    MemorySegment x = ggml.rows(context, decoder.embedding(), tokens);
    for (int i = 0; i < sizes.layers(); i++) {
      Layer layer = decoder.layers().get(i);
      MemorySegment taken = product(layer.output(), attention(layer, i, x, part));
      if (i == sizes.layers() - 1) {
        MemorySegment which = first(inputs.asked.tensor, asked, Integer.BYTES);
        taken = ggml.rows(context, taken, which);
        x = ggml.rows(context, x, which);
      }
      x = ggml.add(context, x, taken);
      x = ggml.add(context, x, forward(layer, normed(x, layer.forwardNorm())));
      if (inputs.added.get(i).address() != 0) {
        x = ggml.add(context, x, inputs.added.get(i));
      }
    }
    return ggml.product(context, decoder.output(), normed(x, decoder.norm()));
  }

  private MemorySegment forward(Layer layer, MemorySegment x) {
    MemorySegment gate = product(layer.gate(), x);
    MemorySegment up = product(layer.up(), x);
    return product(layer.down(), ggml.swiglu(context, gate, up));
  }

  private MemorySegment product(Matrix matrix, MemorySegment x) {
    MemorySegment y = ggml.product(context, matrix.weight(), x);
    if (matrix.first().address() == 0) {
      return y;
    }
    MemorySegment inner = ggml.product(context, matrix.first(), x);
    return ggml.add(context, y, ggml.product(context, matrix.second(), inner));
  }

  /// The first numbers of a vector.
  private MemorySegment first(MemorySegment tensor, long count, int bytes) {
    return ggml.view(context, tensor, Shape.of(count, 1), Strides.of(count * bytes, 1));
  }

  private MemorySegment normed(MemorySegment x, MemorySegment weight) {
    return ggml.multiply(context, ggml.rmsNorm(context, x, sizes.epsilon()), weight);
  }

  /// What each token takes from all it reads: `[head × heads, tokens]`.
  private MemorySegment attention(Layer layer, int i, MemorySegment x, Part part) {
    int tokens = part.entries().size();
    long heads = (long) tokens * sizes.keyHeads();
    MemorySegment normed = normed(x, layer.norm());
    MemorySegment positions = first(inputs.positions.tensor, tokens, Integer.BYTES);
    MemorySegment query = projected(layer.query(), normed, sizes.heads(), tokens);
    MemorySegment key = projected(layer.key(), normed, sizes.keyHeads(), tokens);
    MemorySegment value = projected(layer.value(), normed, sizes.keyHeads(), tokens);
    query = ggml.rope(context, query, positions, rope);
    store(ggml.rope(context, key, positions, rope), heads, cells.keys(i), F16);
    store(value, heads, cells.values(i), F32);
    long width = (long) sizes.heads() * sizes.head();
    long mask = 0;
    for (AttentionGroup r : part.readings()) {
      MemorySegment read =
          ggml.reshape(context, read(r, i, query, mask), Shape.of(width, r.count()));
      Strides at = Strides.of(width * F32, r.count()).from(r.first() * width * F32);
      MemorySegment place =
          ggml.view(context, inputs.attended.tensor, Shape.of(width, r.count()), at);
      ggml.expand(graph, ggml.copy(context, read, place));
      mask += r.pairs();
    }
    Strides all = Strides.of(width * F32, tokens);
    return ggml.view(context, inputs.attended.tensor, Shape.of(width, tokens), all);
  }

  private MemorySegment projected(Projection p, MemorySegment x, long heads, long tokens) {
    MemorySegment y = product(p.matrix(), x);
    if (p.bias().address() != 0) {
      y = ggml.add(context, y, p.bias());
    }
    y = ggml.reshape(context, y, Shape.of(sizes.head(), heads, tokens));
    return p.norm().address() == 0 ? y : normed(y, p.norm());
  }

  /// Writes heads to their cells.
  private void store(MemorySegment from, long heads, MemorySegment into, int bytes) {
    MemorySegment rows =
        ggml.view(
            context,
            into,
            Shape.of(sizes.head(), cells.rows()),
            Strides.of((long) sizes.head() * bytes, cells.rows()));
    MemorySegment each = ggml.reshape(context, from, Shape.of(sizes.head(), heads));
    MemorySegment which = first(inputs.rows.tensor, heads, Long.BYTES);
    ggml.expand(graph, ggml.setRows(context, rows, each, which));
  }

  /// What the tokens of a reading take: `[head, group, key heads, count]`.
  private MemorySegment read(AttentionGroup r, int layer, MemorySegment query, long maskAt) {
    long token = (long) sizes.head() * sizes.heads() * F32;
    long key = (long) sizes.head() * sizes.group() * F32;
    MemorySegment each =
        ggml.view(
            context,
            query,
            new Shape(sizes.head(), sizes.group(), sizes.keyHeads(), r.count()),
            new Strides((long) sizes.head() * F32, key, token, r.first() * token));
    MemorySegment all =
        ggml.reshape(
            context,
            ggml.contiguous(context, ggml.permute(context, each, 0, 2, 3, 1)),
            Shape.of(sizes.head(), (long) r.count() * sizes.group(), sizes.keyHeads()));
    for (AttentionGroup.Stretch s : r.stretches()) {
      MemorySegment scores = ggml.product(context, keys(layer, s), s.each() ? each : all);
      MemorySegment place = part(inputs.scores.tensor, s, r);
      ggml.expand(graph, ggml.copy(context, scores, place));
    }
    MemorySegment weights = weights(r, maskAt);
    MemorySegment ofAll = MemorySegment.NULL;
    MemorySegment ofEach = MemorySegment.NULL;
    for (AttentionGroup.Stretch s : r.stretches()) {
      MemorySegment sum = sum(part(weights, s, r), s, layer);
      if (s.each()) {
        ofEach = sum;
      } else {
        ofAll = ofAll.address() == 0 ? sum : ggml.add(context, ofAll, sum);
      }
    }
    return ofAll.address() == 0 ? ofEach : joined(ofAll, ofEach, r);
  }

  /// The values of a stretch, weighted.
  private MemorySegment sum(MemorySegment weights, AttentionGroup.Stretch s, int layer) {
    return s.turned()
        ? ggml.product(context, turned(layer, s), weights)
        : ggml.outerProduct(context, values(layer, s), ggml.permute(context, weights, 1, 0, 2, 3));
  }

  private MemorySegment weights(AttentionGroup r, long maskAt) {
    Shape rows = Shape.of(r.width(), r.count());
    MemorySegment scores =
        ggml.view(
            context,
            inputs.scores.tensor,
            Shape.of(r.width(), r.count(), sizes.heads()),
            Strides.of((long) r.width() * F32, r.count()));
    MemorySegment mask =
        ggml.view(
            context,
            inputs.mask.tensor,
            rows,
            Strides.of((long) r.width() * F16, r.count()).from(maskAt * F16));
    return ggml.softMax(context, scores, mask, (float) (1 / Math.sqrt(sizes.head())));
  }

  /// `ofAll` is `[head, count and group, key heads]`, `ofEach` as the result, or NULL.
  private MemorySegment joined(MemorySegment ofAll, MemorySegment ofEach, AttentionGroup r) {
    Shape parts = new Shape(sizes.head(), r.count(), sizes.group(), sizes.keyHeads());
    MemorySegment turned = ggml.permute(context, ggml.reshape(context, ofAll, parts), 0, 3, 1, 2);
    return ofEach.address() == 0
        ? ggml.contiguous(context, turned)
        : ggml.add(context, ofEach, turned);
  }

  /// A stretch's columns of `[width, count, heads]`, in the order of its products: `[cells, group,
  /// key heads, count]` where each token has cells of its own, or else `[cells, count and group,
  /// key heads]`.
  private MemorySegment part(MemorySegment scores, AttentionGroup.Stretch s, AttentionGroup r) {
    long row = (long) r.width() * F32;
    long head = row * r.count();
    long group = head * sizes.group();
    long offset = (long) s.column() * F32;
    return s.each()
        ? ggml.view(
            context,
            scores,
            new Shape(s.cells(), sizes.group(), sizes.keyHeads(), r.count()),
            new Strides(head, group, row, offset))
        : ggml.view(
            context,
            scores,
            Shape.of(s.cells(), (long) r.count() * sizes.group(), sizes.keyHeads()),
            new Strides(row, group, group * sizes.keyHeads(), offset));
  }

  private MemorySegment keys(int layer, AttentionGroup.Stretch s) {
    return cells(cells.keys(layer), s, F16);
  }

  private MemorySegment values(int layer, AttentionGroup.Stretch s) {
    return cells(cells.values(layer), s, F32);
  }

  private MemorySegment turned(int layer, AttentionGroup.Stretch s) {
    long row = cells.headStride() / sizes.head() * F16;
    return ggml.view(
        context,
        cells.turned(layer),
        Shape.of(s.cells(), sizes.head(), sizes.keyHeads()),
        Strides.of(row, sizes.head()).from(s.sequence() * cells.stride() * F16));
  }

  private MemorySegment cells(MemorySegment tensor, AttentionGroup.Stretch s, int bytes) {
    return ggml.view(
        context,
        tensor,
        new Shape(sizes.head(), s.cells(), sizes.keyHeads(), s.sequences()),
        new Strides(
            (long) sizes.head() * bytes,
            cells.headStride() * bytes,
            cells.stride() * bytes,
            s.sequence() * cells.stride() * bytes));
  }

  @Override
  public void close() {
    ggml.backends().freeAllocator(allocator);
    ggml.backends().freeBackend(backend);
    ggml.free(inputs.context);
    ggml.backends().freeBuffer(inputs.buffer);
    arena.close();
  }
}
