package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import criticalwindows.error.UserError;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/// The functions of ggml that give tensors memory and compute graphs, each under its C prototype.
@SuppressWarnings("restricted") // the room for native access
final class GgmlBackend {
  private static final int CPU = 0;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;
  // ggml_backend_t ggml_backend_init_by_type(enum ggml_backend_dev_type type, const char * params);
  private final MethodHandle backendInit;
  // void ggml_backend_free(ggml_backend_t backend);
  private final MethodHandle backendFree;
  // enum ggml_status ggml_backend_graph_compute(ggml_backend_t backend, struct ggml_cgraph *);
  private final MethodHandle compute;
  // ggml_backend_buffer_type_t ggml_backend_get_default_buffer_type(ggml_backend_t backend);
  private final MethodHandle bufferType;
  // ggml_backend_buffer_t ggml_backend_cpu_buffer_from_ptr(void * ptr, size_t size);
  private final MethodHandle bufferOf;
  // void ggml_backend_buffer_free(ggml_backend_buffer_t buffer);
  private final MethodHandle bufferFree;
  // enum ggml_status ggml_backend_tensor_alloc(ggml_backend_buffer_t, struct ggml_tensor *, void *
  //     addr);
  private final MethodHandle tensorAlloc;
  // void ggml_backend_tensor_set(struct ggml_tensor *, const void * data, size_t offset, size_t
  //     size);
  private final MethodHandle tensorSet;
  // void ggml_backend_tensor_get(const struct ggml_tensor *, void * data, size_t offset, size_t
  //     size);
  private final MethodHandle tensorGet;
  // size_t ggml_nbytes(const struct ggml_tensor *);
  private final MethodHandle tensorBytes;
  // size_t ggml_backend_buft_get_alloc_size(ggml_backend_buffer_type_t, const struct ggml_tensor
  // *);
  private final MethodHandle allocSize;
  // ggml_backend_buffer_t ggml_backend_buft_alloc_buffer(ggml_backend_buffer_type_t, size_t size);
  private final MethodHandle bufferAlloc;
  // void * ggml_backend_buffer_get_base(ggml_backend_buffer_t buffer);
  private final MethodHandle bufferBase;
  // bool ggml_backend_supports_op(ggml_backend_t backend, const struct ggml_tensor * op);
  private final MethodHandle supports;
  // ggml_gallocr_t ggml_gallocr_new(ggml_backend_buffer_type_t buft);
  private final MethodHandle allocatorNew;
  // void ggml_gallocr_free(ggml_gallocr_t galloc);
  private final MethodHandle allocatorFree;
  // bool ggml_gallocr_alloc_graph(ggml_gallocr_t galloc, struct ggml_cgraph *);
  private final MethodHandle allocateGraph;

  /// @param symbols of libggml and libggml-base
  GgmlBackend(SymbolLookup symbols) {
    this.symbols = symbols;
    backendInit =
        function("ggml_backend_init_by_type", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
    backendFree = function("ggml_backend_free", FunctionDescriptor.ofVoid(ADDRESS));
    compute =
        function("ggml_backend_graph_compute", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    bufferType =
        function("ggml_backend_get_default_buffer_type", FunctionDescriptor.of(ADDRESS, ADDRESS));
    bufferOf =
        function(
            "ggml_backend_cpu_buffer_from_ptr", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));
    bufferFree = function("ggml_backend_buffer_free", FunctionDescriptor.ofVoid(ADDRESS));
    tensorAlloc =
        function(
            "ggml_backend_tensor_alloc",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    tensorSet =
        function(
            "ggml_backend_tensor_set",
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG));
    tensorGet =
        function(
            "ggml_backend_tensor_get",
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG));
    tensorBytes = function("ggml_nbytes", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    allocSize =
        function(
            "ggml_backend_buft_get_alloc_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
    bufferAlloc =
        function(
            "ggml_backend_buft_alloc_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));
    bufferBase = function("ggml_backend_buffer_get_base", FunctionDescriptor.of(ADDRESS, ADDRESS));
    supports =
        function("ggml_backend_supports_op", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS));
    allocatorNew = function("ggml_gallocr_new", FunctionDescriptor.of(ADDRESS, ADDRESS));
    allocatorFree = function("ggml_gallocr_free", FunctionDescriptor.ofVoid(ADDRESS));
    allocateGraph =
        function("ggml_gallocr_alloc_graph", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS));
  }

  private MethodHandle function(String name, FunctionDescriptor type) {
    return linker.downcallHandle(symbols.findOrThrow(name), type);
  }

  /// The processor, with so many threads of its own.
  ///
  /// @param abort `bool (*)(void *)`, asked between nodes
  MemorySegment backend(int threads, MemorySegment abort) {
    MemorySegment backend =
        Native.call(() -> (MemorySegment) backendInit.invokeExact(CPU, MemorySegment.NULL));
    MethodHandle setThreads =
        special(
            backend, "ggml_backend_set_n_threads", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
    MethodHandle setAbort =
        special(
            backend,
            "ggml_backend_set_abort_callback",
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    Native.run(
        () -> {
          setThreads.invokeExact(backend, threads);
          setAbort.invokeExact(backend, abort, MemorySegment.NULL);
        });
    return backend;
  }

  /// A function that a backend alone has.
  private MethodHandle special(MemorySegment backend, String name, FunctionDescriptor type) {
    FunctionDescriptor of = FunctionDescriptor.of(ADDRESS, ADDRESS);
    MethodHandle device = function("ggml_backend_get_device", of);
    MethodHandle registry = function("ggml_backend_dev_backend_reg", of);
    MethodHandle address =
        function("ggml_backend_reg_get_proc_address", of.appendArgumentLayouts(ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(name);
      MemorySegment found =
          Native.call(
              () -> {
                MemorySegment of0 = (MemorySegment) device.invokeExact(backend);
                MemorySegment of1 = (MemorySegment) registry.invokeExact(of0);
                return (MemorySegment) address.invokeExact(of1, text);
              });
      return linker.downcallHandle(found, type);
    }
  }

  void freeBackend(MemorySegment backend) {
    Native.run(
        () -> {
          backendFree.invokeExact(backend);
        });
  }

  /// Returns 0, or 1 where it was aborted, or an error below 0.
  int compute(MemorySegment backend, MemorySegment graph) {
    return Native.callInt(() -> (int) compute.invokeExact(backend, graph));
  }

  /// Memory of ours as a buffer for tensors.
  MemorySegment buffer(MemorySegment memory) {
    long size = memory.byteSize();
    return Native.call(() -> (MemorySegment) bufferOf.invokeExact(memory, size));
  }

  void freeBuffer(MemorySegment buffer) {
    Native.run(
        () -> {
          bufferFree.invokeExact(buffer);
        });
  }

  /// The kinds of memory in which a backend keeps weights its own way, best first.
  List<MemorySegment> weightBuffers(MemorySegment backend) {
    MethodHandle extras =
        special(
            backend, "ggml_backend_dev_get_extra_bufts", FunctionDescriptor.of(ADDRESS, ADDRESS));
    MethodHandle device =
        function("ggml_backend_get_device", FunctionDescriptor.of(ADDRESS, ADDRESS));
    MemorySegment first =
        Native.call(
            () -> {
              MemorySegment of = (MemorySegment) device.invokeExact(backend);
              return (MemorySegment) extras.invokeExact(of);
            });
    List<MemorySegment> found = new ArrayList<>();
    if (first.address() != 0) {
      MemorySegment all = first.reinterpret(Long.MAX_VALUE);
      for (int i = 0; all.getAtIndex(ADDRESS, i).address() != 0; i++) {
        found.add(all.getAtIndex(ADDRESS, i));
      }
    }
    return found;
  }

  /// The length of a tensor's rows.
  long length(MemorySegment tensor) {
    MemorySegment fields = tensor.reinterpret(Structs.TENSOR.byteSize());
    return fields.get(JAVA_LONG, Structs.offset(Structs.TENSOR, "ne"));
  }

  /// Bytes of a tensor's numbers.
  long bytes(MemorySegment tensor) {
    return Native.callLong(() -> (long) tensorBytes.invokeExact(tensor));
  }

  /// Bytes that a tensor takes in memory of a kind.
  long bytes(MemorySegment kind, MemorySegment tensor) {
    return Native.callLong(() -> (long) allocSize.invokeExact(kind, tensor));
  }

  MemorySegment buffer(MemorySegment kind, long bytes) {
    MemorySegment buffer = Native.call(() -> (MemorySegment) bufferAlloc.invokeExact(kind, bytes));
    if (buffer.address() == 0) {
      throw new UserError(
          "there is no memory for " + bytes + " bytes of weights",
          "free some memory, or use a smaller model");
    }
    return buffer;
  }

  MemorySegment base(MemorySegment buffer) {
    return Native.call(() -> (MemorySegment) bufferBase.invokeExact(buffer));
  }

  boolean supports(MemorySegment backend, MemorySegment operation) {
    return Native.callInt(() -> (boolean) supports.invokeExact(backend, operation) ? 1 : 0) == 1;
  }

  /// Says in which buffer a tensor will be, before it has a place there.
  void promise(MemorySegment tensor, MemorySegment buffer) {
    MemorySegment fields = tensor.reinterpret(Structs.TENSOR.byteSize());
    fields.set(ADDRESS, Structs.offset(Structs.TENSOR, "buffer"), buffer);
  }

  /// Fills a tensor that has its place.
  void set(MemorySegment tensor, MemorySegment numbers) {
    long size = numbers.byteSize();
    Native.run(
        () -> {
          tensorSet.invokeExact(tensor, numbers, 0L, size);
        });
  }

  /// Copies numbers of a tensor, wherever they are.
  ///
  /// @param at where they begin, in bytes
  void get(MemorySegment tensor, MemorySegment into, long at) {
    long size = into.byteSize();
    Native.run(
        () -> {
          tensorGet.invokeExact(tensor, into, at, size);
        });
  }

  /// Places a tensor's numbers.
  void place(MemorySegment tensor, MemorySegment buffer, MemorySegment at) {
    int code = Native.callInt(() -> (int) tensorAlloc.invokeExact(buffer, tensor, at));
    if (code != 0) {
      throw new IllegalStateException("ggml_backend_tensor_alloc gave " + code);
    }
  }

  /// What finds room for the numbers of a graph.
  MemorySegment allocator(MemorySegment backend) {
    return Native.call(
        () -> {
          MemorySegment type = (MemorySegment) bufferType.invokeExact(backend);
          return (MemorySegment) allocatorNew.invokeExact(type);
        });
  }

  void freeAllocator(MemorySegment allocator) {
    Native.run(
        () -> {
          allocatorFree.invokeExact(allocator);
        });
  }

  /// Whether there was room.
  boolean allocate(MemorySegment allocator, MemorySegment graph) {
    return Native.callInt(() -> (boolean) allocateGraph.invokeExact(allocator, graph) ? 1 : 0) == 1;
  }
}
