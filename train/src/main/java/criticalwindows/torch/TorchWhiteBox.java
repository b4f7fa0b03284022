package criticalwindows.torch;

import criticalwindows.error.UserError;
import criticalwindows.finetune.AdamW;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.gguf.DecoderFile;
import criticalwindows.gguf.DecoderShape;
import criticalwindows.gguf.Tensor;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Projection;
import criticalwindows.torch.Linear.Use;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/// A decoder in LibTorch.
///
/// All passages of a call are one matrix for what is done token by token; only attention is done
/// passage by passage. Nothing is computed for padding, and no passage sees another.
final class TorchWhiteBox implements WhiteBox {
  private final Weights weights;
  private final Optional<LoraConfig> lora;
  private final List<Trained> trained = new ArrayList<>();
  private final Trunk trunk;
  private final Optimiser optimiser;

  private TorchWhiteBox(Weights weights, Optional<LoraConfig> lora) {
    this.weights = weights;
    this.lora = lora;
    Map<String, org.bytedeco.pytorch.Tensor> parameters =
        lora.isPresent() ? weights.adapter() : weights.own();
    parameters.forEach((name, value) -> trained.add(trained(name, value)));
    trunk = new Trunk(weights, lora.map(LoraConfig::scale).orElse(1.0));
    optimiser = new Optimiser(trained);
  }

  private Trained trained(String name, org.bytedeco.pytorch.Tensor value) {
    return weights.tables().contains(value)
        ? Trained.table(name, value, weights.numbers())
        : Trained.plain(name, value, weights.numbers());
  }

  /// Opens a model.
  static TorchWhiteBox open(Path model, WhiteBoxes.Options options, Numbers numbers) {
    Torch.load(options.threads());
    try (DecoderFile file = DecoderFile.open(model)) {
      Weights weights = Weights.read(file, numbers);
      options.lora().ifPresent(lora -> weights.adapt(lora, options.seed()));
      return new TorchWhiteBox(weights, options.lora());
    }
  }

  @Override
  public List<float[]> logProbs(List<Passage> passages) {
    return read(passages, Use.TRAINED);
  }

  @Override
  public List<float[]> referenceLogProbs(List<Passage> passages) {
    if (lora.isEmpty() && optimiser.steps() > 0) {
      throw new IllegalStateException("nothing of the first model is left");
    }
    return read(passages, Use.REFERENCE);
  }

  private List<float[]> read(List<Passage> passages, Use use) {
    Packed packed = packed(passages);
    return packed.byPassage(values(packed, use));
  }

  /// Log-probabilities in the order of the targets.
  double[] values(Packed packed, Use use) {
    if (packed.targets() == 0) {
      return new double[0];
    }
    return Torch.withoutGradients(
        () -> {
          try (PointerScope _ = new PointerScope()) {
            return head(packed, trunk.apply(vectors(packed), packed, use)).values();
          }
        });
  }

  @Override
  public List<float[][]> states(List<Passage> passages) {
    Packed packed = packed(passages);
    if (packed.targets() == 0) {
      return List.of();
    }
    return Torch.withoutGradients(
        () -> {
          try (PointerScope _ = new PointerScope()) {
            org.bytedeco.pytorch.Tensor rows = trunk.apply(vectors(packed), packed, Use.TRAINED);
            return packed.byPassage(Torch.numbers(rows), Math.toIntExact(rows.size(1)));
          }
        });
  }

  @Override
  public void accumulate(List<Passage> passages, Upstream upstream) {
    Packed packed = packed(passages);
    if (packed.targets() == 0) {
      return;
    }
    try (PointerScope _ = new PointerScope()) {
      Optional<org.bytedeco.pytorch.Tensor> looked = sum(weights.embedding());
      org.bytedeco.pytorch.Tensor vectors = vectors(packed);
      looked.ifPresent(sum -> vectors.requires_grad_(true));
      org.bytedeco.pytorch.Tensor rows = trunk.apply(vectors, packed, Use.TRAINED);
      LogProbs head = head(packed, rows.detach());
      double[] values = Torch.withoutGradients(head::values);
      double[] gradient = packed.byTarget(upstream.gradient(packed.byPassage(values)));
      org.bytedeco.pytorch.Tensor back =
          Torch.withoutGradients(() -> head.back(gradient, sum(weights.output())));
      rows.backward(back, new BoolOptional(), false, new TensorArrayRefOptional());
      looked.ifPresent(sum -> sum.index_add_(0, ids(packed), vectors.grad()));
    }
  }

  private static org.bytedeco.pytorch.Tensor ids(Packed packed) {
    return org.bytedeco.pytorch.Tensor.create(packed.ids());
  }

  private org.bytedeco.pytorch.Tensor vectors(Packed packed) {
    return weights.embedding().index_select(0, ids(packed));
  }

  private LogProbs head(Packed packed, org.bytedeco.pytorch.Tensor rows) {
    return new LogProbs(
        new LogProbs.Head(weights.output(), weights.numbers()), packed, rows, LogProbs.MOST);
  }

  /// Where a table's gradient is summed, if it is trained.
  private Optional<org.bytedeco.pytorch.Tensor> sum(org.bytedeco.pytorch.Tensor table) {
    return trained.stream()
        .filter(parameter -> parameter.value().equals(table))
        .findFirst()
        .flatMap(Trained::sum);
  }

  private Packed packed(List<Passage> passages) {
    DecoderShape shape = weights.config().shape();
    for (Passage passage : passages) {
      if (passage.ids().size() > shape.context()) {
        throw new UserError(
            "a text has "
                + passage.ids().size()
                + " tokens, and the model reads "
                + shape.context(),
            "cut it into shorter ones, or take a model of a longer context");
      }
    }
    Packed packed = new Packed(passages);
    int largest = packed.largestToken();
    if (largest >= shape.vocabulary()) {
      throw new UserError(
          "a text has the token " + largest + ", and the model knows " + shape.vocabulary(),
          "make the token ids with the tokenizer of this model");
    }
    return packed;
  }

  @Override
  public double step(AdamW.Step step) {
    return Torch.withoutGradients(() -> optimiser.step(step));
  }

  @Override
  public void save(Path file) {
    checkpoint().save(file);
  }

  @Override
  public void load(Path file) {
    checkpoint().load(file);
  }

  private Checkpoint checkpoint() {
    String model = weights.config() + ", " + Long.toHexString(weights.hash());
    return new Checkpoint(
        model, lora.map(LoraConfig::toString).orElse("all weights"), trained, optimiser);
  }

  @Override
  public Optional<Adapter> adapter() {
    return lora.map(
        config -> {
          List<Adapter.Pair> pairs = new ArrayList<>();
          for (int layer = 0; layer < weights.config().shape().layers(); layer++) {
            for (Projection projection : config.targets()) {
              String name = projection.hfName(layer);
              Tensor a = view(Weights.loraA(name), weights.adapter());
              Tensor b = view(Weights.loraB(name), weights.adapter());
              pairs.add(new Adapter.Pair(layer, projection, a, b));
            }
          }
          return new Adapter(config, pairs);
        });
  }

  private static Tensor view(String name, Map<String, org.bytedeco.pytorch.Tensor> of) {
    return RowAccess.view(name, java.util.Objects.requireNonNull(of.get(name)));
  }

  @Override
  public List<Tensor> weights() {
    return weights.own().keySet().stream().map(this::merged).toList();
  }

  private Tensor merged(String name) {
    Tensor own = view(name, weights.own());
    String part = name.replaceFirst("\\.weight$", "");
    if (lora.isEmpty() || !weights.adapter().containsKey(Weights.loraA(part))) {
      return own;
    }
    float[] a = view(Weights.loraA(part), weights.adapter()).toArray();
    Tensor b = view(Weights.loraB(part), weights.adapter());
    double scale = lora.get().scale();
    Tensor.Rows rows =
        (row, into) -> {
          own.rows().read(row, into);
          float[] factors = new float[b.columns()];
          b.rows().read(row, factors);
          add(into, factors, a, scale);
        };
    return new Tensor(name, own.shape(), rows);
  }

  private static void add(float[] row, float[] factors, float[] a, double scale) {
    for (int k = 0; k < factors.length; k++) {
      float factor = (float) (scale * factors[k]);
      for (int i = 0; i < row.length; i++) {
        row[i] += factor * a[k * row.length + i];
      }
    }
  }

  /// What is trained, for checks of its gradients.
  List<Trained> trained() {
    return trained;
  }

  /// All numbers, to measure with.
  Weights numbers() {
    return weights;
  }

  @Override
  public void close() {
    trained.forEach(Trained::free);
    trained.clear();
    weights.free();
  }
}
