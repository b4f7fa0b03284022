package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of llama.cpp for LoRA adapters and control vectors, each under its C prototype.
@SuppressWarnings("restricted") // the room for native access
final class LlamaAdapters {
  // struct llama_adapter_lora * llama_adapter_lora_init(struct llama_model *, const char * path);
  private final MethodHandle init;
  // int32_t llama_set_adapters_lora(struct llama_context * ctx, struct llama_adapter_lora **,
  //     size_t n_adapters, float * scales);
  private final MethodHandle set;
  // int32_t llama_set_adapter_cvec(struct llama_context * ctx, const float * data, size_t len,
  //     int32_t n_embd, int32_t il_start, int32_t il_end);
  private final MethodHandle steer;

  LlamaAdapters(SymbolLookup symbols) {
    Linker linker = Linker.nativeLinker();
    init =
        linker.downcallHandle(
            symbols.findOrThrow("llama_adapter_lora_init"),
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    set =
        linker.downcallHandle(
            symbols.findOrThrow("llama_set_adapters_lora"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    steer =
        linker.downcallHandle(
            symbols.findOrThrow("llama_set_adapter_cvec"),
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT));
  }

  /// Loads an adapter beside a model, with which it is freed; NULL where it cannot be.
  MemorySegment init(MemorySegment model, String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      return Native.call(() -> (MemorySegment) init.invokeExact(model, name));
    }
  }

  /// Has a context compute with an adapter, as its file scales it. Returns 0, or another number
  /// where that cannot be.
  int set(MemorySegment context, MemorySegment adapter) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ADDRESS, adapter);
      MemorySegment scale = arena.allocateFrom(JAVA_FLOAT, 1f);
      return Native.callInt(() -> (int) set.invokeExact(context, one, 1L, scale));
    }
  }

  /// Has a context add a control vector after every layer but the first: llama.cpp counts layers
  /// from 0, and both ends belong to the range. Returns 0, or another number where that cannot be.
  ///
  /// @param numbers `width` for each of these layers, the second one's first
  int steer(MemorySegment context, MemorySegment numbers, int width) {
    long count = numbers.byteSize() / JAVA_FLOAT.byteSize();
    int last = Math.toIntExact(count / width);
    return Native.callInt(() -> (int) steer.invokeExact(context, numbers, count, width, 1, last));
  }
}
