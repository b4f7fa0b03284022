package criticalwindows.llamacpp;

import static criticalwindows.llamacpp.Structs.offset;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of ggml, the tensor library inside llama.cpp, that are used here, each under its C
/// prototype. A tensor is a pointer; its dimensions are given innermost first, as ggml has them.
@SuppressWarnings("restricted") // the room for native access
final class Ggml {
  /// `enum ggml_type`.
  static final int F32 = 0;

  static final int F16 = 1;
  static final int I32 = 26;
  static final int I64 = 27;

  private static final int DIMENSIONS = 4;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;
  private final GgmlBackend backends;

  // struct ggml_context * ggml_init(struct ggml_init_params params);
  private final MethodHandle init;
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

  /// @param symbols of libggml and libggml-base
  Ggml(SymbolLookup symbols) {
    this.symbols = symbols;
    backends = new GgmlBackend(symbols);
    FunctionDescriptor unary = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS);
    FunctionDescriptor binary = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    init = function("ggml_init", FunctionDescriptor.of(ADDRESS, Structs.INIT_PARAMS));
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

  /// Its memory and its processors.
  GgmlBackend backends() {
    return backends;
  }

  /// A context that holds descriptions of tensors, and no numbers.
  ///
  /// @param memory for the descriptions
  MemorySegment init(MemorySegment memory) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(Structs.INIT_PARAMS);
      params.set(JAVA_LONG, offset(Structs.INIT_PARAMS, "mem_size"), memory.byteSize());
      params.set(ADDRESS, offset(Structs.INIT_PARAMS, "mem_buffer"), memory);
      params.set(JAVA_BOOLEAN, offset(Structs.INIT_PARAMS, "no_alloc"), true);
      return Native.call(() -> (MemorySegment) init.invokeExact(params));
    }
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

  /// The first bytes of a tensor's numbers.
  MemorySegment data(MemorySegment tensor, long bytes) {
    return Native.call(() -> (MemorySegment) data.invokeExact(tensor)).reinterpret(bytes);
  }
}
