package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// The functions of llama.cpp that are used here, each under its C prototype.
@SuppressWarnings("restricted") // the room for native access
final class Llama {
  /// The one version that has these functions and structs.
  static final String VERSION = "0.5.0";

  private static final FunctionDescriptor TOKENIZE =
      FunctionDescriptor.of(
          JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_BOOLEAN, JAVA_BOOLEAN);

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;
  private final Ggml ggml;
  private final LlamaAdapters adapters;

  // const char * llama_version(void);
  private final MethodHandle version;
  // struct llama_model_params llama_model_default_params(void);
  private final MethodHandle modelDefaultParams;
  // struct llama_context_params llama_context_default_params(void);
  private final MethodHandle contextDefaultParams;
  // void llama_log_set(ggml_log_callback log_callback, void * user_data);
  private final MethodHandle logSet;
  // void llama_backend_init(void);
  private final MethodHandle backendInit;
  // void ggml_backend_load_all_from_path(const char * dir_path);
  private final MethodHandle loadBackends;
  // ggml_backend_reg_t ggml_backend_load(const char * path);
  private final MethodHandle loadBackend;
  // ggml_backend_reg_t ggml_backend_reg_by_name(const char * name);
  private final MethodHandle backendNamed;
  // void ggml_backend_unload(ggml_backend_reg_t reg);
  private final MethodHandle unloadBackend;
  // size_t ggml_backend_dev_count(void);
  private final MethodHandle deviceCount;
  // const char * llama_print_system_info(void);
  private final MethodHandle systemInfo;
  // struct llama_model * llama_model_load_from_file(const char * path, struct llama_model_params);
  private final MethodHandle modelLoad;
  // void llama_model_free(struct llama_model * model);
  private final MethodHandle modelFree;
  // int32_t llama_model_meta_val_str(const struct llama_model *, const char * key, char * buf,
  //     size_t buf_size);
  private final MethodHandle modelMeta;
  // uint64_t llama_model_size(const struct llama_model * model);
  private final MethodHandle modelSize;
  // struct llama_context * llama_init_from_model(struct llama_model *, struct
  // llama_context_params);
  private final MethodHandle contextInit;
  // void llama_free(struct llama_context * ctx);
  private final MethodHandle contextFree;
  // llama_memory_t llama_get_memory(const struct llama_context * ctx);
  private final MethodHandle contextMemory;
  // size_t llama_state_seq_get_size(struct llama_context * ctx, llama_seq_id seq_id);
  private final MethodHandle stateSize;
  // bool llama_memory_seq_rm(llama_memory_t mem, llama_seq_id seq_id, llama_pos p0, llama_pos p1);
  private final MethodHandle sequenceRemove;
  // void llama_memory_seq_cp(llama_memory_t mem, llama_seq_id seq_id_src, llama_seq_id seq_id_dst,
  //     llama_pos p0, llama_pos p1);
  private final MethodHandle sequenceCopy;
  // int32_t llama_decode(struct llama_context * ctx, struct llama_batch batch);
  private final MethodHandle decode;
  // float * llama_get_logits(struct llama_context * ctx);
  private final MethodHandle logits;
  // int32_t llama_tokenize(const struct llama_vocab * vocab, const char * text, int32_t text_len,
  //     llama_token * tokens, int32_t n_tokens_max, bool add_special, bool parse_special);
  private final MethodHandle tokenize;
  // int32_t llama_token_to_piece(const struct llama_vocab * vocab, llama_token token, char * buf,
  //     int32_t length, int32_t lstrip, bool special);
  private final MethodHandle tokenToPiece;
  // const char * llama_vocab_get_text(const struct llama_vocab * vocab, llama_token token);
  private final MethodHandle tokenText;
  // int32_t llama_chat_apply_template(const char * tmpl, const struct llama_chat_message * chat,
  //     size_t n_msg, bool add_ass, char * buf, int32_t length);
  private final MethodHandle chatApply;
  // const char * llama_model_chat_template(const struct llama_model * model, const char * name);
  private final MethodHandle chatTemplate;

  /// @param symbols of libllama, libggml and libggml-base
  Llama(SymbolLookup symbols) {
    this.symbols = symbols;
    ggml = new Ggml(symbols);
    adapters = new LlamaAdapters(symbols);
    version = function("llama_version", FunctionDescriptor.of(ADDRESS));
    modelDefaultParams =
        function("llama_model_default_params", FunctionDescriptor.of(Structs.MODEL_PARAMS));
    contextDefaultParams =
        function("llama_context_default_params", FunctionDescriptor.of(Structs.CONTEXT_PARAMS));
    logSet = function("llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    backendInit = function("llama_backend_init", FunctionDescriptor.ofVoid());
    loadBackends = function("ggml_backend_load_all_from_path", FunctionDescriptor.ofVoid(ADDRESS));
    loadBackend = function("ggml_backend_load", FunctionDescriptor.of(ADDRESS, ADDRESS));
    backendNamed = function("ggml_backend_reg_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS));
    unloadBackend = function("ggml_backend_unload", FunctionDescriptor.ofVoid(ADDRESS));
    deviceCount = function("ggml_backend_dev_count", FunctionDescriptor.of(JAVA_LONG));
    systemInfo = function("llama_print_system_info", FunctionDescriptor.of(ADDRESS));
    modelLoad =
        function(
            "llama_model_load_from_file",
            FunctionDescriptor.of(ADDRESS, ADDRESS, Structs.MODEL_PARAMS));
    modelFree = function("llama_model_free", FunctionDescriptor.ofVoid(ADDRESS));
    modelMeta =
        function(
            "llama_model_meta_val_str",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
    modelSize = function("llama_model_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    contextInit =
        function(
            "llama_init_from_model",
            FunctionDescriptor.of(ADDRESS, ADDRESS, Structs.CONTEXT_PARAMS));
    contextFree = function("llama_free", FunctionDescriptor.ofVoid(ADDRESS));
    contextMemory = function("llama_get_memory", FunctionDescriptor.of(ADDRESS, ADDRESS));
    stateSize =
        function("llama_state_seq_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT));
    sequenceRemove =
        function(
            "llama_memory_seq_rm",
            FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    sequenceCopy =
        function(
            "llama_memory_seq_cp",
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    decode = function("llama_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, Structs.BATCH));
    logits = function("llama_get_logits", FunctionDescriptor.of(ADDRESS, ADDRESS));
    tokenize = function("llama_tokenize", TOKENIZE);
    tokenToPiece =
        function(
            "llama_token_to_piece",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BOOLEAN));
    tokenText = function("llama_vocab_get_text", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    chatApply =
        function(
            "llama_chat_apply_template",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_BOOLEAN, ADDRESS, JAVA_INT));
    chatTemplate =
        function("llama_model_chat_template", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
  }

  private MethodHandle function(String name, FunctionDescriptor type) {
    return linker.downcallHandle(symbols.findOrThrow(name), type);
  }

  /// The tensor library inside.
  Ggml ggml() {
    return ggml;
  }

  /// What is added to models.
  LlamaAdapters adapters() {
    return adapters;
  }

  String version() {
    return string(Native.call(() -> (MemorySegment) version.invokeExact()));
  }

  String systemInfo() {
    return string(Native.call(() -> (MemorySegment) systemInfo.invokeExact()));
  }

  MemorySegment modelDefaultParams(Arena arena) {
    return Native.call(
        () -> (MemorySegment) modelDefaultParams.invokeExact((SegmentAllocator) arena));
  }

  MemorySegment contextDefaultParams(Arena arena) {
    return Native.call(
        () -> (MemorySegment) contextDefaultParams.invokeExact((SegmentAllocator) arena));
  }

  void logSet(MemorySegment callback) {
    Native.run(
        () -> {
          logSet.invokeExact(callback, MemorySegment.NULL);
        });
  }

  void backendInit() {
    Native.run(
        () -> {
          backendInit.invokeExact();
        });
  }

  void loadBackends(String folder) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(folder);
      Native.run(
          () -> {
            loadBackends.invokeExact(path);
          });
    }
  }

  /// Loads one library of CPU code, unless this machine cannot run it.
  void loadBackend(String file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file);
      Native.call(() -> (MemorySegment) loadBackend.invokeExact(path));
    }
  }

  /// Unloads the CPU code. No model may be open.
  void unloadCpu() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("CPU");
      MemorySegment loaded = Native.call(() -> (MemorySegment) backendNamed.invokeExact(name));
      Native.run(
          () -> {
            unloadBackend.invokeExact(loaded);
          });
    }
  }

  long deviceCount() {
    return Native.callLong(() -> (long) deviceCount.invokeExact());
  }

  MemorySegment modelLoad(String path, MemorySegment params) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      return Native.call(() -> (MemorySegment) modelLoad.invokeExact(name, params));
    }
  }

  void modelFree(MemorySegment model) {
    Native.run(
        () -> {
          modelFree.invokeExact(model);
        });
  }

  long modelSize(MemorySegment model) {
    return Native.callLong(() -> (long) modelSize.invokeExact(model));
  }

  int modelMeta(MemorySegment model, MemorySegment key, MemorySegment buffer) {
    return Native.callInt(() -> (int) modelMeta.invokeExact(model, key, buffer, buffer.byteSize()));
  }

  MemorySegment contextInit(MemorySegment model, MemorySegment params) {
    return Native.call(() -> (MemorySegment) contextInit.invokeExact(model, params));
  }

  void contextFree(MemorySegment context) {
    Native.run(
        () -> {
          contextFree.invokeExact(context);
        });
  }

  MemorySegment contextMemory(MemorySegment context) {
    return Native.call(() -> (MemorySegment) contextMemory.invokeExact(context));
  }

  long stateSize(MemorySegment context, int sequence) {
    return Native.callLong(() -> (long) stateSize.invokeExact(context, sequence));
  }

  boolean sequenceRemove(MemorySegment memory, int sequence, int from, int to) {
    try {
      return (boolean) sequenceRemove.invokeExact(memory, sequence, from, to);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  void sequenceCopy(MemorySegment memory, int from, int to) {
    try {
      sequenceCopy.invokeExact(memory, from, to, -1, -1);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  int decode(MemorySegment context, MemorySegment batch) {
    try {
      return (int) decode.invokeExact(context, batch);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  MemorySegment logits(MemorySegment context) {
    try {
      return (MemorySegment) logits.invokeExact(context);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  /// Plain text to ids: nothing added, control tokens not parsed. Returns how many ids there are,
  /// or the negative of that where they do not fit.
  int tokenize(MemorySegment vocabulary, MemorySegment text, int bytes, MemorySegment ids) {
    int room = (int) (ids.byteSize() / JAVA_INT.byteSize());
    return Native.callInt(
        () -> (int) tokenize.invokeExact(vocabulary, text, bytes, ids, room, false, false));
  }

  /// The bytes of a token's text, none for a control token. Returns how many there are, or the
  /// negative of that where they do not fit.
  int tokenToPiece(MemorySegment vocabulary, int id, MemorySegment buffer) {
    int room = (int) buffer.byteSize();
    return Native.callInt(
        () -> (int) tokenToPiece.invokeExact(vocabulary, id, buffer, room, 0, false));
  }

  String tokenText(MemorySegment vocabulary, int id) {
    return string(Native.call(() -> (MemorySegment) tokenText.invokeExact(vocabulary, id)));
  }

  /// The file's template, or the empty string.
  String chatTemplate(MemorySegment model) {
    return string(
        Native.call(() -> (MemorySegment) chatTemplate.invokeExact(model, MemorySegment.NULL)));
  }

  /// Returns the number of bytes of the text, or a negative number for an unknown template.
  int chatApply(MemorySegment template, MemorySegment chat, long messages, MemorySegment buffer) {
    int room = (int) buffer.byteSize();
    return Native.callInt(
        () -> (int) chatApply.invokeExact(template, chat, messages, true, buffer, room));
  }

  /// `int32_t f(const struct llama_model *)`, such as `llama_model_n_layer`.
  int modelInt(String function, MemorySegment model) {
    MethodHandle handle = function(function, FunctionDescriptor.of(JAVA_INT, ADDRESS));
    return Native.callInt(() -> (int) handle.invokeExact(model));
  }

  /// `bool f(const struct llama_model *)`, such as `llama_model_is_recurrent`.
  boolean modelFlag(String function, MemorySegment model) {
    MethodHandle handle = function(function, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
    return Native.callInt(() -> ((boolean) handle.invokeExact(model)) ? 1 : 0) == 1;
  }

  /// `const struct llama_vocab * llama_model_get_vocab(const struct llama_model * model);`
  MemorySegment vocabulary(MemorySegment model) {
    MethodHandle handle =
        function("llama_model_get_vocab", FunctionDescriptor.of(ADDRESS, ADDRESS));
    return Native.call(() -> (MemorySegment) handle.invokeExact(model));
  }

  /// `int32_t f(const struct llama_vocab *)`, such as `llama_vocab_n_tokens`; a pointer like any.
  int vocabularyInt(String function, MemorySegment vocabulary) {
    return modelInt(function, vocabulary);
  }

  /// `bool f(const struct llama_vocab *)`, such as `llama_vocab_get_add_bos`.
  boolean vocabularyFlag(String function, MemorySegment vocabulary) {
    return modelFlag(function, vocabulary);
  }

  /// `bool f(const struct llama_vocab *, llama_token)`, such as `llama_vocab_is_eog`: which of the
  /// ids below `size` it holds for.
  boolean[] tokenFlags(String function, MemorySegment vocabulary, int size) {
    MethodHandle handle =
        function(function, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT));
    boolean[] flags = new boolean[size];
    for (int id = 0; id < size; id++) {
      int token = id;
      flags[id] =
          Native.callInt(() -> ((boolean) handle.invokeExact(vocabulary, token)) ? 1 : 0) == 1;
    }
    return flags;
  }

  private static String string(MemorySegment pointer) {
    return pointer.address() == 0
        ? ""
        : pointer.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
  }
}
