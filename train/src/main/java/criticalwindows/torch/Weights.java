package criticalwindows.torch;

import criticalwindows.gguf.DecoderConfig;
import criticalwindows.gguf.DecoderFile;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/// All numbers of a model and of its adapter, by name.
final class Weights {
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String OUTPUT = "lm_head.weight";

  private final DecoderConfig config;
  private final Numbers numbers;
  private final Map<String, Tensor> own = new LinkedHashMap<>();
  private final Map<String, Tensor> adapter = new LinkedHashMap<>();
  private long hash = 17;

  private Weights(DecoderConfig config, Numbers numbers) {
    this.config = config;
    this.numbers = numbers;
  }

  static Weights read(DecoderFile file, Numbers numbers) {
    Weights weights = new Weights(file.config(), numbers);
    for (criticalwindows.gguf.Tensor tensor : file.tensors()) {
      weights.own.put(tensor.name(), weights.copy(tensor));
    }
    return weights;
  }

  /// Adds an adapter that changes nothing yet: A is uniform within 1/√inputs, B is zero.
  ///
  /// *Source:* `reset_lora_parameters` of PEFT, with Kaiming's uniform numbers for a = √5.
  void adapt(LoraConfig lora, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int layer = 0; layer < config.shape().layers(); layer++) {
      for (Projection projection : lora.targets()) {
        String name = projection.hfName(layer);
        List<Long> shape = shape(name + ".weight");
        long inputs = shape.getLast();
        double bound = 1 / Math.sqrt((double) inputs);
        criticalwindows.gguf.Tensor.Rows uniform =
            (row, into) -> {
              for (int i = 0; i < into.length; i++) {
                into[i] = (float) random.nextDouble(-bound, bound);
              }
            };
        List<Long> a = List.of((long) lora.rank(), inputs);
        adapter.put(loraA(name), filled(new criticalwindows.gguf.Tensor(loraA(name), a, uniform)));
        adapter.put(loraB(name), Torch.zeros(numbers.parameters(), shape.getFirst(), lora.rank()));
      }
    }
  }

  private List<Long> shape(String name) {
    return config.weights().stream()
        .filter(weight -> weight.hfName().equals(name))
        .findFirst()
        .orElseThrow()
        .shape();
  }

  static String loraA(String name) {
    return name + ".lora_A.weight";
  }

  static String loraB(String name) {
    return name + ".lora_B.weight";
  }

  private Tensor copy(criticalwindows.gguf.Tensor tensor) {
    criticalwindows.gguf.Tensor.Rows hashed =
        (row, into) -> {
          tensor.rows().read(row, into);
          for (float value : into) {
            hash = hash * 31 + Float.floatToRawIntBits(value);
          }
        };
    return filled(new criticalwindows.gguf.Tensor(tensor.name(), tensor.shape(), hashed));
  }

  private Tensor filled(criticalwindows.gguf.Tensor tensor) {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    Tensor filled = Torch.zeros(numbers.parameters(), shape);
    RowAccess.fill(filled, tensor.rows());
    return filled;
  }

  DecoderConfig config() {
    return config;
  }

  Numbers numbers() {
    return numbers;
  }

  /// Tells models apart: a hash of the weights as they were read.
  long hash() {
    return hash;
  }

  Map<String, Tensor> own() {
    return own;
  }

  Map<String, Tensor> adapter() {
    return adapter;
  }

  Tensor embedding() {
    return named(EMBEDDING);
  }

  /// Which of them is multiplied with last.
  Tensor output() {
    return config.tied() ? embedding() : named(OUTPUT);
  }

  Tensor named(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException("no weight " + name));
  }

  Optional<Tensor> optional(String name) {
    return Optional.ofNullable(own.get(name));
  }

  /// A matrix with its bias and its adapter.
  Linear linear(String name, double scale) {
    Optional<Linear.LowRank> low =
        Optional.ofNullable(adapter.get(loraA(name)))
            .map(a -> new Linear.LowRank(a, lowRank(loraB(name)), scale));
    return new Linear(named(name + ".weight"), optional(name + ".bias"), low);
  }

  /// A matrix of the adapter.
  Tensor lowRank(String name) {
    return Objects.requireNonNull(adapter.get(name), name);
  }

  /// Those that tables are looked up in, whose gradients are summed apart.
  List<Tensor> tables() {
    List<Tensor> tables = new ArrayList<>(List.of(embedding()));
    if (!config.tied()) {
      tables.add(output());
    }
    return tables;
  }

  void free() {
    own.values().forEach(Torch::free);
    adapter.values().forEach(Torch::free);
    own.clear();
    adapter.clear();
  }
}
