package criticalwindows.llamacpp;

import static criticalwindows.llamacpp.Structs.TENSOR;
import static criticalwindows.llamacpp.Structs.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import criticalwindows.activation.HookPoint;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What llama.cpp asks, tensor by tensor, while it computes a batch: here the numbers of some
/// tensors are taken out, and the computation is ended once nothing of the rest is needed.
///
/// *Source:* `ggml_backend_sched_compute_splits` in `ggml/src/ggml-backend.cpp` of [Llama#VERSION].
@SuppressWarnings("restricted") // the room for native access
final class Taps {
  private static final int F32 = 0;

  private final Arena arena;
  private final MemorySegment callback;
  private GraphNodes seen = new GraphNodes();
  private Optional<Targets> targets = Optional.empty();
  private Optional<Wanted> wanted = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private int next;
  private int taken;

  /// @param arena that is closed after the context
  Taps(Arena arena) {
    this.arena = arena;
    try {
      callback =
          Linker.nativeLinker()
              .upcallStub(
                  MethodHandles.lookup()
                      .findVirtual(
                          Taps.class,
                          "evaluate",
                          MethodType.methodType(
                              boolean.class,
                              MemorySegment.class,
                              boolean.class,
                              MemorySegment.class))
                      .bindTo(this),
                  FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_BOOLEAN, ADDRESS),
                  arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the taps' own method is gone", e);
    }
  }

  /// Where tensors are tapped.
  ///
  /// @param slots of each tensor of a batch, by its place in the order of computing: which of the
  ///   hook points it is, or -1
  /// @param names of the tensors that are hook points, in the order of these
  @SuppressWarnings("ArrayRecordComponent") // read at every tensor
  private record Targets(GgmlBackend ggml, int[] slots, List<String> names, MemorySegment row) {}

  /// What is taken of a batch.
  ///
  /// @param tokens of the batch
  /// @param places among them whose rows are taken, ascending
  /// @param into for each place, of shape [hook points × width]
  @SuppressWarnings("ArrayRecordComponent") // filled by native code
  record Wanted(int tokens, int[] places, float[][] into) {}

  /// `bool (*ggml_backend_sched_eval_callback)(struct ggml_tensor * t, bool ask, void * user_data)`
  MemorySegment callback() {
    return callback;
  }

  /// Taps the tensors of hook points from now on. A batch must have been computed before, which
  /// showed all there are.
  ///
  /// @throws criticalwindows.error.UserError if there is none for one of them
  void tap(List<HookPoint> hooks, Weights weights) {
    List<Integer> nodes = seen.find(hooks, weights.number("llama_model_n_layer"));
    int[] slots = new int[1 + nodes.stream().mapToInt(node -> node).max().orElseThrow()];
    Arrays.fill(slots, -1);
    for (int slot = 0; slot < nodes.size(); slot++) {
      slots[nodes.get(slot)] = slot;
    }
    List<String> names = nodes.stream().map(seen::name).toList();
    MemorySegment row = arena.allocate(JAVA_FLOAT, weights.number("llama_model_n_embd"));
    targets = Optional.of(new Targets(weights.llama().ggml().backends(), slots, names, row));
    seen = new GraphNodes();
  }

  /// Says what is to be taken of the batch that is computed next.
  void expect(Wanted of) {
    wanted = Optional.of(of);
    failure = Optional.empty();
    next = 0;
    taken = 0;
  }

  /// Whether all was taken that was expected.
  ///
  /// @throws IllegalStateException if not
  void requireTaken() {
    int expected = targets.orElseThrow().names.size();
    if (failure.isPresent() || taken < expected) {
      throw new IllegalStateException(
          taken + " of " + expected + " tensors were taken", failure.orElse(null));
    }
  }

  /// Called by llama.cpp. Nothing may be thrown: an exception that leaves an upcall ends the
  /// process.
  ///
  /// @param ask whether it asks if this tensor is wanted; otherwise it was computed
  /// @return whether it is wanted; whether to go on
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // its name and type are the callback's
  private boolean evaluate(MemorySegment tensor, boolean ask, MemorySegment user) {
    try {
      if (targets.isEmpty()) {
        seen.add(tensor);
        return false;
      }
      return ask ? asked(targets.get()) : took(targets.get(), tensor);
    } catch (Throwable e) {
      failure = Optional.of(e);
      next = Integer.MAX_VALUE;
      return ask;
    }
  }

  /// Behind the last one each is wanted, so that the computation can be ended there.
  private boolean asked(Targets of) {
    if (next >= of.slots.length) {
      return true;
    }
    return of.slots[next++] >= 0;
  }

  private boolean took(Targets of, MemorySegment tensor) {
    if (failure.isEmpty() && taken < of.names.size()) {
      int slot = of.slots[next - 1];
      MemorySegment fields = tensor.reinterpret(TENSOR.byteSize());
      String name = fields.asSlice(offset(TENSOR, "name"), Structs.NAME).getString(0);
      if (!name.equals(of.names.get(slot))) {
        throw new IllegalStateException(name + " where " + of.names.get(slot) + " was");
      }
      copy(of, slot, fields);
      taken++;
    }
    return next < of.slots.length;
  }

  private void copy(Targets of, int slot, MemorySegment fields) {
    Wanted batch = wanted.orElseThrow();
    int width = (int) (of.row.byteSize() / JAVA_FLOAT.byteSize());
    long rows = fields.get(JAVA_LONG, offset(TENSOR, "ne") + JAVA_LONG.byteSize());
    long stride = fields.get(JAVA_LONG, offset(TENSOR, "nb") + JAVA_LONG.byteSize());
    boolean all = rows == batch.tokens;
    if (fields.get(JAVA_INT, offset(TENSOR, "type")) != F32
        || fields.get(JAVA_LONG, offset(TENSOR, "ne")) != width
        || !(all || rows == batch.places.length)) {
      throw new IllegalStateException(of.names.get(slot) + " has " + rows + " rows");
    }
    for (int i = 0; i < batch.places.length; i++) {
      of.ggml.get(fields, of.row, stride * (all ? batch.places[i] : i));
      MemorySegment.copy(of.row, JAVA_FLOAT, 0, batch.into[i], slot * width, width);
    }
  }
}
