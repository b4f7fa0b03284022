package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A model file that llama.cpp has loaded.
final class Weights {
  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
  private static final int MMAP = 1; // LLAMA_LOAD_MODE_MMAP

  private static final AtomicInteger OPEN = new AtomicInteger();

  private final Llama llama;
  private final MemorySegment model;
  private final Path file;
  private Optional<LoadedAdapter> adapter = Optional.empty();
  private Optional<LoadedVector> vector = Optional.empty();
  private Optional<Decoder> decoder = Optional.empty();
  private boolean decoderKnown;
  private boolean freed;

  private Weights(Llama llama, Path file, MemorySegment model) {
    this.llama = llama;
    this.file = file;
    this.model = model;
    OPEN.incrementAndGet();
  }

  /// Whether any model of this process is open.
  static boolean anyOpen() {
    return OPEN.get() > 0;
  }

  /// Loads a file.
  ///
  /// @param steering what is added to its residual stream
  static Weights load(Llama llama, Path file, Optional<Path> adapter, Optional<Steering> steering) {
    Weights weights = load(llama, file, adapter);
    try {
      LoadedVector.Model fit =
          new LoadedVector.Model(
              file, weights.number("llama_model_n_embd"), weights.number("llama_model_n_layer"));
      weights.vector = steering.map(with -> LoadedVector.load(fit, with));
    } catch (UserError e) {
      weights.free();
      throw e;
    }
    return weights;
  }

  /// Loads a file.
  ///
  /// @param adapter what is added to it
  static Weights load(Llama llama, Path file, Optional<Path> adapter) {
    // Otherwise a damaged file would give numbers that are not numbers, much later.
    Weights weights = load(llama, file, "check_tensors");
    try {
      weights.requireDecoder(file);
      weights.adapter =
          adapter.map(
              path ->
                  LoadedAdapter.load(new LoadedAdapter.Place(llama, weights.model, file), path));
    } catch (UserError e) {
      weights.free();
      throw e;
    }
    return weights;
  }

  /// Loads the vocabulary of a file, which may hold a model of any kind, or none.
  static Weights vocabularyOf(Llama llama, Path file) {
    Weights weights = load(llama, file, "vocab_only");
    try {
      weights.requireVocabulary(file);
    } catch (UserError e) {
      weights.free();
      throw e;
    }
    return weights;
  }

  /// @param flag of the parameters that is set
  private static Weights load(Llama llama, Path file, String flag) {
    NativeLog.ONLY.clear();
    MemorySegment model;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = llama.modelDefaultParams(arena);
      params.set(JAVA_INT, Structs.offset(Structs.MODEL_PARAMS, "load_mode"), MMAP);
      params.set(JAVA_BOOLEAN, Structs.offset(Structs.MODEL_PARAMS, flag), true);
      model = llama.modelLoad(file.toAbsolutePath().toString(), params);
    }
    if (model.address() == 0) {
      throw new UserError(
          "llama.cpp cannot load " + file + ": " + NativeLog.ONLY.cause(),
          "fetch the file again if it may be damaged; its architecture must be one that llama.cpp "
              + Llama.VERSION
              + " knows");
    }
    return new Weights(llama, file, model);
  }

  /// Whether there is such a file, and it calls itself GGUF.
  static void requireGguf(Path file) {
    String hint = "name a model file in the GGUF format";
    if (Files.isDirectory(file)) {
      throw new UserError(file + " is a folder, not a model file", hint);
    }
    if (!Files.exists(file)) {
      throw new UserError("there is no file " + file, hint);
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new UserError(file + " is not a GGUF file: it does not begin with GGUF", hint);
      }
    } catch (IOException e) {
      throw new UserError("the file " + file + " cannot be read: " + Reason.of(e), hint, e);
    }
  }

  /// Cuts need a memory that can be copied up to any token, which recurrent states cannot.
  private void requireDecoder(Path file) {
    String[] unfit = {
      "llama_model_has_encoder",
      "llama_model_is_recurrent",
      "llama_model_is_hybrid",
      "llama_model_is_diffusion"
    };
    for (String kind : unfit) {
      if (llama.modelFlag(kind, model)) {
        throw new UserError(
            file + " holds a model that cannot be cut at any token (" + kind + ")",
            "use a decoder with attention alone, such as Llama, Qwen, Gemma or Mistral");
      }
    }
    requireVocabulary(file);
  }

  private void requireVocabulary(Path file) {
    if (llama.vocabularyInt("llama_vocab_type", vocabulary()) == 0) {
      throw new UserError(
          file + " holds no vocabulary", "export the model again together with its tokenizer");
    }
  }

  Llama llama() {
    return llama;
  }

  /// What is added to it.
  Optional<LoadedAdapter> adapter() {
    return adapter;
  }

  /// What is added to its residual stream.
  Optional<LoadedVector> vector() {
    return vector;
  }

  /// The same model for a forward pass of our own.
  ///
  /// @throws UserError if it is of another kind
  Decoder requireDecoder() {
    return decoder()
        .orElseThrow(
            () ->
                new UserError(
                    "there is no shared attention for " + file,
                    "it is for plain Llama and Qwen models; leave out --attention for the others"));
  }

  /// Number of tokens.
  int vocabularySize() {
    return llama.vocabularyInt("llama_vocab_n_tokens", vocabulary());
  }

  /// The same model for a forward pass of our own, if it is of a kind that has one. It is read
  /// once.
  synchronized Optional<Decoder> decoder() {
    if (!decoderKnown) {
      adapter.ifPresent(LoadedAdapter::requireUnchanged);
      decoder = Decoder.of(llama.ggml(), file, adapter.map(LoadedAdapter::path));
      decoderKnown = true;
    }
    return decoder;
  }

  /// Reading what was freed would end the process.
  MemorySegment pointer() {
    if (freed) {
      throw new IllegalStateException("the model is closed");
    }
    return model;
  }

  MemorySegment vocabulary() {
    return llama.vocabulary(pointer());
  }

  /// Bytes of the model and of what is added to it.
  long bytes() {
    return llama.modelSize(pointer()) + adapter.map(LoadedAdapter::bytes).orElse(0L);
  }

  /// `llama_model_n_ctx_train` and its like.
  int number(String function) {
    return llama.modelInt(function, pointer());
  }

  /// A scalar of the file's metadata, as text.
  Optional<String> metadata(String key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(key);
      MemorySegment buffer = arena.allocate(1024);
      int length = llama.modelMeta(pointer(), name, buffer);
      return length < 0 ? Optional.empty() : Optional.of(buffer.getString(0));
    }
  }

  /// The file's chat template, or the empty string.
  String chatTemplate() {
    return llama.chatTemplate(pointer());
  }

  /// Gives back what [#decoder] took, which nothing uses any more; it can be read again.
  synchronized void releaseDecoder() {
    decoder.ifPresent(Decoder::close);
    decoder = Optional.empty();
    decoderKnown = false;
  }

  void free() {
    releaseDecoder();
    llama.modelFree(pointer());
    freed = true;
    OPEN.decrementAndGet();
  }
}
