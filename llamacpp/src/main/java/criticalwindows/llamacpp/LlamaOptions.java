package criticalwindows.llamacpp;

import criticalwindows.error.UserError;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;

/// How a model is run.
///
/// @param threads that compute, at least 1; the machine's cores are best, unless others use them
/// @param memoryBytes the most memory the whole process may come to hold
/// @param chatTemplate the name of one of llama.cpp's built-in templates, such as `llama3` or
///   `chatml`, to use instead of the file's own
/// @param attention how it is computed: the same numbers up to rounding, at another speed
/// @param adapter a LoRA that is added to the weights: a GGUF file, or a folder as PEFT saves it
/// @param steering what is added to its residual stream
/// @param choices a folder where the way that [Attention#AUTO] finds is kept, for each model and
///   kind of machine; absent: each time it is tried anew
public record LlamaOptions(
    int threads,
    long memoryBytes,
    Optional<String> chatTemplate,
    Attention attention,
    Optional<Path> adapter,
    Optional<Steering> steering,
    Optional<Path> choices) {
  /// A way to compute attention. Which is quicker depends on the processor and on the model.
  public enum Attention {
    /// The one of the three that takes least processor time here, by a short trial when the model
    /// is opened; the record of a run says which it was.
    AUTO,
    /// llama.cpp's flash attention: one pass over keys and values, little memory.
    FLASH,
    /// llama.cpp's matrix products: quicker for many sequences on some processors, and takes memory
    /// for the scores of a micro-batch.
    PLAIN,
    /// A forward pass of our own: sequences read the text they were forked from together, as one
    /// matrix product. For Llama, Qwen 2 and Qwen 3.
    SHARED
  }

  public LlamaOptions {
    if (threads < 1 || threads > 512) {
      throw new UserError(threads + " threads", "name between 1 and 512 of them");
    }
    if (memoryBytes < 1) {
      throw new UserError("a memory budget of " + memoryBytes + " bytes", "name at least 1 GB");
    }
  }

  /// All cores, half of the machine's memory, the file's own chat template, the quicker attention.
  public static LlamaOptions defaults() {
    return new LlamaOptions(
        Runtime.getRuntime().availableProcessors(),
        machineBytes() / 2,
        Optional.empty(),
        Attention.AUTO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static long machineBytes() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /// The same with that many threads.
  public LlamaOptions withThreads(int count) {
    return new LlamaOptions(
        count, memoryBytes, chatTemplate, attention, adapter, steering, choices);
  }

  /// The same within that much memory.
  public LlamaOptions withMemory(long bytes) {
    return new LlamaOptions(threads, bytes, chatTemplate, attention, adapter, steering, choices);
  }

  /// The same with one of llama.cpp's built-in templates.
  public LlamaOptions withChatTemplate(String name) {
    return new LlamaOptions(
        threads, memoryBytes, Optional.of(name), attention, adapter, steering, choices);
  }

  /// The same with that way to compute attention.
  public LlamaOptions withAttention(Attention way) {
    return new LlamaOptions(threads, memoryBytes, chatTemplate, way, adapter, steering, choices);
  }

  /// The same with an adapter that is added to the weights.
  public LlamaOptions withAdapter(Path file) {
    return new LlamaOptions(
        threads, memoryBytes, chatTemplate, attention, Optional.of(file), steering, choices);
  }

  /// The same with a control vector that is added to the residual stream.
  public LlamaOptions withSteering(Steering vector) {
    return new LlamaOptions(
        threads, memoryBytes, chatTemplate, attention, adapter, Optional.of(vector), choices);
  }

  /// The same with that folder for what [Attention#AUTO] finds.
  public LlamaOptions withChoices(Path folder) {
    return new LlamaOptions(
        threads, memoryBytes, chatTemplate, attention, adapter, steering, Optional.of(folder));
  }
}
