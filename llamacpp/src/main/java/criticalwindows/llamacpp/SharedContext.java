package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import criticalwindows.llamacpp.Cells.Shape;
import criticalwindows.llamacpp.Part.Entry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A context whose sequences read the text they were forked from where it lies. The forward pass is
/// our own, and its attention takes what many sequences read together as one matrix product
/// (decision 10).
final class SharedContext extends Context {
  private static final int GGML_ABORTED = 1;

  private final Arena arena = Arena.ofShared();
  private final Cells cells;
  private final Limits limits;
  private final Forward forward;
  private final MemorySegment logits;

  SharedContext(Weights weights, Shape shape, LlamaOptions options) {
    super(weights, shape);
    Decoder decoder = weights.requireDecoder();
    limits = Limits.of(decoder.sizes(), shape);
    cells = new Cells(decoder, shape);
    forward =
        new Forward(
            decoder,
            cells,
            limits,
            new Forward.Engine(options.threads(), abortCallback(arena), weights.vector()));
    logits = arena.allocate(JAVA_FLOAT, (long) shape.rows() * vocabulary());
  }

  @Override
  int compute(List<Entry> entries) {
    cells.detachLoneReaders();
    entries.forEach(entry -> cells.grow(entry.sequence(), entry.at() + 1));
    long written = 0;
    for (Part part : Part.of(entries, cells, limits)) {
      long bytes = part.asked().size() * (long) vocabulary() * Float.BYTES;
      int code = forward.compute(part, logits.asSlice(written, bytes));
      if (code != 0) {
        return code == GGML_ABORTED ? ABORTED : code;
      }
      written += bytes;
    }
    return 0;
  }

  @Override
  MemorySegment logits() {
    return logits;
  }

  @Override
  void copyTo(int from, int to, int kept) {
    cells.fork(from, to, kept);
  }

  @Override
  void keep(int from, int to, int kept) {
    requireFork(from, to, kept);
    cells.keep(from, to, kept);
    held(to, kept);
  }

  @Override
  void move(int from, int to) {
    requireFork(from, to, held(from));
    cells.move(from, to);
    held(to, held(from));
    held(from, 0);
  }

  @Override
  void takeMemory() {
    cells.takeMemory();
  }

  @Override
  boolean serves(int sequence) {
    return cells.serves(sequence);
  }

  @Override
  void cut(int sequence, int kept) {
    cells.trim(sequence, kept);
  }

  @Override
  public void close() {
    forward.close();
    cells.close();
    arena.close();
  }
}
