package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import criticalwindows.error.UserError;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/// What a library must be for the bindings to fit it. llama.cpp promises no stable structs, so its
/// version and the bytes of its default parameters are compared before anything is asked of it.
///
/// @param version as `llama_version()` says it
/// @param modelParams the bytes of `llama_model_default_params()`, hexadecimal
/// @param contextParams the bytes of `llama_context_default_params()`, hexadecimal
@SuppressWarnings("restricted") // the room for native access
record NativeCheck(String version, String modelParams, String contextParams) {
  /// *Source:* llama.cpp's `src/llama-model.cpp` and `src/llama-context.cpp`, whose defaults these
  /// are, field by field.
  static final NativeCheck PINNED =
      new NativeCheck(
          Llama.VERSION,
          "00000000000000000000000000000000ffffffff01000000ffffffff01000000"
              + "0000000000000000000000000000000000000000000000000000000000000000"
              + "00000000000000000000010000000000",
          "0002000000080000000200000100000000000000000000000100000004000000"
              + "0400000000000000ffffffffffffffffffffffffffffffff0000000000000000"
              + "000080bf000080bf000080bf000080bf00000000000080bf0000000000000000"
              + "0000000000000000010000000100000000000000000000000000000000000000"
              + "0001010101000000000000000000000000000000000000000000000000000000");

  /// AVX-512 code of this version multiplies 16-bit floats 64 at a time, and what is left one by
  /// one.
  private static final int WIDE_HEADS = 64;

  private static final List<String> AVX2 =
      List.of("libggml-cpu-alderlake.so", "libggml-cpu-haswell.so");

  // Of the process, as the libraries are.
  private static boolean loadedNarrow;

  /// Loads the libraries, and binds them if they are what this expects. Among the CPU libraries
  /// that this machine can run it takes the one for the model, unless another model is open.
  ///
  /// @param heads the length of the model's attention heads
  Llama load(NativeFiles files, long heads) {
    // Otherwise a failed assertion starts a debugger before it ends the process.
    setEnvironment("GGML_NO_BACKTRACE", "1");
    SymbolLookup symbols = SymbolLookup.loaderLookup();
    for (String name : new String[] {"libggml-base", "libggml", "libllama"}) {
      symbols = library(files.library(name)).or(symbols);
    }
    Llama llama = bind(symbols, files);
    verify(llama, files);
    llama.logSet(NativeLog.ONLY.callback());
    loadCpu(llama, files, heads % WIDE_HEADS != 0);
    if (llama.deviceCount() == 0) {
      throw new UserError(
          "llama.cpp found no CPU library for this machine in " + files.folder(),
          "the folder must hold the libggml-cpu files of the same build");
    }
    return llama;
  }

  /// Loads the libraries and opens a model, while no other model is opened: from another thread its
  /// CPU library could be taken away in between.
  ///
  /// @param read opens the model
  Weights open(NativeFiles files, Path gguf, Function<Llama, Weights> read) {
    synchronized (NativeCheck.class) {
      return read.apply(load(files, Heads.length(gguf)));
    }
  }

  private static synchronized void loadCpu(Llama llama, NativeFiles files, boolean narrow) {
    if (llama.deviceCount() > 0) {
      if (narrow == loadedNarrow || Weights.anyOpen()) {
        return;
      }
      llama.unloadCpu();
    }
    // A library that this machine cannot run is passed over.
    for (String name : narrow ? AVX2 : List.<String>of()) {
      Path file = files.folder().resolve(name);
      if (llama.deviceCount() == 0 && Files.exists(file)) {
        llama.loadBackend(file.toString());
      }
    }
    if (llama.deviceCount() == 0) {
      llama.loadBackends(files.folder().toString());
      llama.backendInit();
    }
    loadedNarrow = narrow;
  }

  private static SymbolLookup library(Path file) {
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the library " + file + " cannot be loaded",
          "it must be a build for this machine, with the libraries it needs beside it",
          e);
    }
  }

  private Llama bind(SymbolLookup symbols, NativeFiles files) {
    try {
      return new Llama(symbols);
    } catch (NoSuchElementException e) {
      throw wrong(files, "a function is missing: " + e.getMessage());
    }
  }

  private void verify(Llama llama, NativeFiles files) {
    // A build from the tag itself says "0.5.0-dev".
    if (!llama.version().startsWith(version)) {
      throw wrong(files, "its version is " + llama.version());
    }
    try (Arena arena = Arena.ofConfined()) {
      if (!hex(llama.modelDefaultParams(arena)).equals(modelParams)) {
        throw wrong(files, "its llama_model_params differ");
      }
      if (!hex(llama.contextDefaultParams(arena)).equals(contextParams)) {
        throw wrong(files, "its llama_context_params differ");
      }
    }
  }

  private static String hex(MemorySegment struct) {
    return HexFormat.of().formatHex(struct.toArray(JAVA_BYTE));
  }

  private UserError wrong(NativeFiles files, String how) {
    return new UserError(
        "the llama.cpp in " + files.folder() + " is not version " + version + ": " + how,
        "unset LLAMA_LIB to use the built-in library, or point it at a build of " + version);
  }

  private static void setEnvironment(String name, String value) {
    Linker linker = Linker.nativeLinker();
    // int setenv(const char * name, const char * value, int overwrite);
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int failed = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
      if (failed != 0) {
        throw new IllegalStateException("the environment variable " + name + " cannot be set");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setenv failed", e);
    }
  }
}
