package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import criticalwindows.mistake.Mistake;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/// The functions of ggml, the tensor library inside llama.cpp 0.5.0, that are used here, each under
/// its C prototype. A tensor is a pointer; its dimensions are given innermost first, as ggml has
/// them.
@SuppressWarnings("restricted") // the room for native access
final class Ggml {
  /// `enum ggml_type`.
  static final int F32 = 0;

  static final int F16 = 1;
  static final int I32 = 26;
  static final int I64 = 27;

  private static final StructLayout INIT_PARAMS =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(3, JAVA_LONG));
  private static final int CPU = 0;

  /// Of `buffer` in `struct ggml_tensor`.
  private static final long BUFFER_OFFSET = 8;

  /// Of `ne[0]` in `struct ggml_tensor`.
  private static final long LENGTH_OFFSET = 16;

  private static final int DIMENSIONS = 4;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;

  // struct ggml_context * ggml_init(struct ggml_init_params params);
  private final MethodHandle init;
  // void ggml_reset(struct ggml_context * ctx);
  private final MethodHandle reset;
  // void ggml_free(struct ggml_context * ctx);
  private final MethodHandle free;
  // struct ggml_tensor * ggml_new_tensor_4d(struct ggml_context *, enum ggml_type, int64_t ne0,
  //     int64_t ne1, int64_t ne2, int64_t ne3);
  private final MethodHandle newTensor;
  // struct ggml_tensor * ggml_view_4d(struct ggml_context *, struct ggml_tensor *, int64_t ne0,
  //     int64_t ne1, int64_t ne2, int64_t ne3, size_t nb1, size_t nb2, size_t nb3, size_t offset);
  private final MethodHandle view;
  // struct ggml_tensor * ggml_reshape_4d(struct ggml_context *, struct ggml_tensor *, int64_t ne0,
  //     int64_t ne1, int64_t ne2, int64_t ne3);
  private final MethodHandle reshape;
  // struct ggml_tensor * ggml_permute(struct ggml_context *, struct ggml_tensor *, int axis0, int
  //     axis1, int axis2, int axis3);
  private final MethodHandle permute;
  // struct ggml_tensor * ggml_cont(struct ggml_context *, struct ggml_tensor *);
  private final MethodHandle contiguous;
  // struct ggml_tensor * ggml_mul_mat(struct ggml_context *, struct ggml_tensor *, struct
  //     ggml_tensor *); and others of that type
  private final MethodHandle matrixProduct;
  private final MethodHandle outerProduct;
  private final MethodHandle add;
  private final MethodHandle multiply;
  private final MethodHandle getRows;
  private final MethodHandle copy;
  private final MethodHandle swiglu;
  // struct ggml_tensor * ggml_set_rows(struct ggml_context *, struct ggml_tensor * into, struct
  //     ggml_tensor * from, struct ggml_tensor * rows);
  private final MethodHandle setRows;
  // struct ggml_tensor * ggml_rms_norm(struct ggml_context *, struct ggml_tensor *, float eps);
  private final MethodHandle rmsNorm;
  // struct ggml_tensor * ggml_rope_ext(struct ggml_context *, struct ggml_tensor * a, struct
  //     ggml_tensor * positions, struct ggml_tensor * factors, int n_dims, int mode, int
  //     n_ctx_orig, float freq_base, float freq_scale, float ext_factor, float attn_factor, float
  //     beta_fast, float beta_slow);
  private final MethodHandle rope;
  // struct ggml_tensor * ggml_soft_max_ext(struct ggml_context *, struct ggml_tensor * a, struct
  //     ggml_tensor * mask, float scale, float max_bias);
  private final MethodHandle softMax;
  // struct ggml_cgraph * ggml_new_graph_custom(struct ggml_context *, size_t size, bool grads);
  private final MethodHandle newGraph;
  // void ggml_build_forward_expand(struct ggml_cgraph *, struct ggml_tensor *);
  private final MethodHandle expand;
  // void ggml_set_output(struct ggml_tensor *);
  private final MethodHandle setOutput;
  // void * ggml_get_data(const struct ggml_tensor *);
  private final MethodHandle data;
  // size_t ggml_tensor_overhead(void);
  private final MethodHandle tensorOverhead;
  // size_t ggml_graph_overhead_custom(size_t size, bool grads);
  private final MethodHandle graphOverhead;

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
  Ggml(SymbolLookup symbols) {
    this.symbols = symbols;
    FunctionDescriptor unary = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS);
    FunctionDescriptor binary = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    init = function("ggml_init", FunctionDescriptor.of(ADDRESS, INIT_PARAMS));
    reset = function("ggml_reset", FunctionDescriptor.ofVoid(ADDRESS));
    free = function("ggml_free", FunctionDescriptor.ofVoid(ADDRESS));
    newTensor =
        function(
            "ggml_new_tensor_4d", shaped(FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT), 0));
    view = function("ggml_view_4d", shaped(unary, 4));
    reshape = function("ggml_reshape_4d", shaped(unary, 0));
    permute =
        function(
            "ggml_permute", unary.appendArgumentLayouts(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    contiguous = function("ggml_cont", unary);
    matrixProduct = function("ggml_mul_mat", binary);
    outerProduct = function("ggml_out_prod", binary);
    add = function("ggml_add", binary);
    multiply = function("ggml_mul", binary);
    getRows = function("ggml_get_rows", binary);
    copy = function("ggml_cpy", binary);
    swiglu = function("ggml_swiglu_split", binary);
    setRows = function("ggml_set_rows", binary.appendArgumentLayouts(ADDRESS));
    rmsNorm = function("ggml_rms_norm", unary.appendArgumentLayouts(JAVA_FLOAT));
    rope =
        function(
            "ggml_rope_ext",
            FunctionDescriptor.of(
                ADDRESS,
                ADDRESS,
                ADDRESS,
                ADDRESS,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                JAVA_FLOAT,
                JAVA_FLOAT,
                JAVA_FLOAT,
                JAVA_FLOAT,
                JAVA_FLOAT));
    softMax = function("ggml_soft_max_ext", binary.appendArgumentLayouts(JAVA_FLOAT, JAVA_FLOAT));
    newGraph =
        function(
            "ggml_new_graph_custom",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_BOOLEAN));
    expand = function("ggml_build_forward_expand", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    setOutput = function("ggml_set_output", FunctionDescriptor.ofVoid(ADDRESS));
    data = function("ggml_get_data", FunctionDescriptor.of(ADDRESS, ADDRESS));
    tensorOverhead = function("ggml_tensor_overhead", FunctionDescriptor.of(JAVA_LONG));
    graphOverhead =
        function(
            "ggml_graph_overhead_custom",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_BOOLEAN));
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

  private static FunctionDescriptor shaped(FunctionDescriptor before, int after) {
    FunctionDescriptor all = before;
    for (int i = 0; i < DIMENSIONS + after; i++) {
      all = all.appendArgumentLayouts(JAVA_LONG);
    }
    return all;
  }

  private MethodHandle function(String name, FunctionDescriptor type) {
    return linker.downcallHandle(symbols.findOrThrow(name), type);
  }

  /// A shape, innermost dimension first.
  record Shape(long first, long second, long third, long fourth) {
    static Shape of(long first, long second) {
      return new Shape(first, second, 1, 1);
    }

    static Shape of(long first, long second, long third) {
      return new Shape(first, second, third, 1);
    }
  }

  /// Where a view's rows, matrices and blocks lie, in bytes.
  record Strides(long row, long matrix, long block, long offset) {
    /// Those of matrices of so many rows, one after the other.
    static Strides of(long row, long rows) {
      return new Strides(row, row * rows, row * rows, 0);
    }

    Strides from(long bytes) {
      return new Strides(row, matrix, block, bytes);
    }
  }

  /// A context that holds descriptions of tensors, and no numbers.
  ///
  /// @param memory for the descriptions
  MemorySegment init(MemorySegment memory) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(INIT_PARAMS);
      params.set(JAVA_LONG, 0, memory.byteSize());
      params.set(ADDRESS, 8, memory);
      params.set(JAVA_LONG, 16, 1); // no_alloc
      return Native.call(() -> (MemorySegment) init.invokeExact(params));
    }
  }

  void reset(MemorySegment context) {
    Native.run(
        () -> {
          reset.invokeExact(context);
        });
  }

  void free(MemorySegment context) {
    Native.run(
        () -> {
          free.invokeExact(context);
        });
  }

  /// Bytes that so many tensors and a graph of so many nodes take in a context.
  long bytes(long tensors, long nodes) {
    long each = Native.callLong(() -> (long) tensorOverhead.invokeExact());
    long graph = Native.callLong(() -> (long) graphOverhead.invokeExact(nodes, false));
    return tensors * each + graph;
  }

  MemorySegment tensor(MemorySegment context, int type, Shape s) {
    return Native.call(
        () ->
            (MemorySegment)
                newTensor.invokeExact(context, type, s.first, s.second, s.third, s.fourth));
  }

  MemorySegment view(MemorySegment context, MemorySegment a, Shape s, Strides by) {
    return Native.call(
        () ->
            (MemorySegment)
                view.invokeExact(
                    context, a, s.first, s.second, s.third, s.fourth, by.row, by.matrix, by.block,
                    by.offset));
  }

  MemorySegment reshape(MemorySegment context, MemorySegment a, Shape s) {
    return Native.call(
        () ->
            (MemorySegment) reshape.invokeExact(context, a, s.first, s.second, s.third, s.fourth));
  }

  /// Dimension i of `a` becomes dimension `to`ᵢ.
  MemorySegment permute(
      MemorySegment context, MemorySegment a, int to0, int to1, int to2, int to3) {
    return Native.call(() -> (MemorySegment) permute.invokeExact(context, a, to0, to1, to2, to3));
  }

  MemorySegment contiguous(MemorySegment context, MemorySegment a) {
    return Native.call(() -> (MemorySegment) contiguous.invokeExact(context, a));
  }

  /// Rows of `a` times rows of `b`.
  MemorySegment product(MemorySegment context, MemorySegment a, MemorySegment b) {
    return binary(matrixProduct, context, a, b);
  }

  /// Columns of `a` times columns of `b`.
  MemorySegment outerProduct(MemorySegment context, MemorySegment a, MemorySegment b) {
    return binary(outerProduct, context, a, b);
  }

  MemorySegment add(MemorySegment context, MemorySegment a, MemorySegment b) {
    return binary(add, context, a, b);
  }

  MemorySegment multiply(MemorySegment context, MemorySegment a, MemorySegment b) {
    return binary(multiply, context, a, b);
  }

  MemorySegment rows(MemorySegment context, MemorySegment a, MemorySegment which) {
    return binary(getRows, context, a, which);
  }

  MemorySegment swiglu(MemorySegment context, MemorySegment gate, MemorySegment up) {
    return binary(swiglu, context, gate, up);
  }

  private static MemorySegment binary(
      MethodHandle operation, MemorySegment context, MemorySegment a, MemorySegment b) {
    return Native.call(() -> (MemorySegment) operation.invokeExact(context, a, b));
  }

  /// Copies the numbers of `a` into a view of the same shape.
  MemorySegment copy(MemorySegment context, MemorySegment a, MemorySegment into) {
    return binary(copy, context, a, into);
  }

  MemorySegment setRows(
      MemorySegment context, MemorySegment into, MemorySegment from, MemorySegment which) {
    return Native.call(() -> (MemorySegment) setRows.invokeExact(context, into, from, which));
  }

  MemorySegment rmsNorm(MemorySegment context, MemorySegment a, float epsilon) {
    return Native.call(() -> (MemorySegment) rmsNorm.invokeExact(context, a, epsilon));
  }

  /// Rotary position embedding of a whole head.
  MemorySegment rope(MemorySegment context, MemorySegment a, MemorySegment positions, Rope by) {
    return Native.call(
        () ->
            (MemorySegment)
                rope.invokeExact(
                    context,
                    a,
                    positions,
                    by.factors,
                    by.dimensions,
                    by.mode,
                    by.trained,
                    by.base,
                    by.scale,
                    0f,
                    1f,
                    32f,
                    1f));
  }

  /// @param factors a divisor for each frequency, or NULL
  /// @param mode 0 for neighbours (Llama), 2 for halves (NeoX)
  record Rope(
      MemorySegment factors, int dimensions, int mode, int trained, float base, float scale) {}

  MemorySegment softMax(MemorySegment context, MemorySegment a, MemorySegment mask, float scale) {
    return Native.call(() -> (MemorySegment) softMax.invokeExact(context, a, mask, scale, 0f));
  }

  MemorySegment graph(MemorySegment context, long nodes) {
    return Native.call(() -> (MemorySegment) newGraph.invokeExact(context, nodes, false));
  }

  void expand(MemorySegment graph, MemorySegment tensor) {
    Native.run(
        () -> {
          expand.invokeExact(graph, tensor);
        });
  }

  void setOutput(MemorySegment tensor) {
    Native.run(
        () -> {
          setOutput.invokeExact(tensor);
        });
  }

  MemorySegment data(MemorySegment tensor) {
    return Native.call(() -> (MemorySegment) data.invokeExact(tensor));
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
    return tensor.reinterpret(LENGTH_OFFSET + JAVA_LONG.byteSize()).get(JAVA_LONG, LENGTH_OFFSET);
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
      throw new Mistake(
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
    tensor.reinterpret(BUFFER_OFFSET + ADDRESS.byteSize()).set(ADDRESS, BUFFER_OFFSET, buffer);
  }

  /// Fills a tensor that has its place.
  void set(MemorySegment tensor, MemorySegment numbers) {
    long size = numbers.byteSize();
    Native.run(
        () -> {
          tensorSet.invokeExact(tensor, numbers, 0L, size);
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
