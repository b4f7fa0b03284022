package criticalwindows.torch;

import criticalwindows.gguf.DecoderShape;
import criticalwindows.lora.Projection;
import criticalwindows.torch.Linear.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A decoder from its tokens' vectors to what its last norm gives, for Llama, Qwen 2 and Qwen 3.
///
/// *Source:* `modeling_llama.py`, `modeling_qwen2.py` and `modeling_qwen3.py` of transformers.
final class Trunk {
  private final Weights weights;
  private final DecoderShape shape;
  private final ScalarType products;
  private final List<Layer> layers = new ArrayList<>();

  private record Layer(
      Tensor norm,
      Heads queries,
      Heads keys,
      Linear values,
      Linear output,
      Tensor forwardNorm,
      Linear gate,
      Linear up,
      Linear down) {}

  /// A matrix, and the norm over each of its heads where the architecture has one.
  private record Heads(Linear linear, Optional<Tensor> norm) {}

  /// What all layers of a call share.
  private record Call(Use use, Rotation rotation, Attention attention) {}

  /// @param scale of the adapter
  Trunk(Weights weights, double scale) {
    this.weights = weights;
    shape = weights.config().shape();
    products = weights.numbers().products();
    for (int i = 0; i < shape.layers(); i++) {
      layers.add(layer(i, scale));
    }
  }

  private Layer layer(int number, double scale) {
    String name = "model.layers." + number + ".";
    return new Layer(
        weights.named(name + "input_layernorm.weight"),
        heads(number, Projection.Q, scale, name + "self_attn.q_norm.weight"),
        heads(number, Projection.K, scale, name + "self_attn.k_norm.weight"),
        weights.linear(Projection.V.hfName(number), scale),
        weights.linear(Projection.O.hfName(number), scale),
        weights.named(name + "post_attention_layernorm.weight"),
        weights.linear(Projection.GATE.hfName(number), scale),
        weights.linear(Projection.UP.hfName(number), scale),
        weights.linear(Projection.DOWN.hfName(number), scale));
  }

  private Heads heads(int number, Projection projection, double scale, String norm) {
    return new Heads(weights.linear(projection.hfName(number), scale), weights.optional(norm));
  }

  /// Called inside a scope.
  ///
  /// @param vectors of all tokens, of shape [rows, hidden]
  /// @return the last norm's rows at the places of the passages
  Tensor apply(Tensor vectors, Packed packed, Use use) {
    ScalarType type = weights.numbers().parameters();
    Rotation rotation =
        Rotation.of(packed.positions(), shape.headSize(), weights.config().ropeBase(), type);
    Call call = new Call(use, rotation, new Attention(packed.groups(), products));
    Tensor rows = vectors;
    for (Layer layer : layers) {
      Tensor before = rows;
      rows = Torch.kept(() -> layer(layer, before, call));
    }
    Tensor last = rows.index_select(0, Tensor.create(packed.places()));
    return norm(last, weights.named("model.norm.weight"));
  }

  private Tensor layer(Layer layer, Tensor rows, Call call) {
    Tensor seen = rows.add(Torch.kept(() -> attended(layer, rows, call)));
    return seen.add(Torch.kept(() -> forward(layer, seen, call.use)));
  }

  private Tensor attended(Layer layer, Tensor rows, Call call) {
    Tensor input = norm(rows, layer.norm).to(products);
    Tensor queries = turned(layer.queries, input, call).to(products);
    Tensor keys = turned(layer.keys, input, call).to(products);
    Tensor values = split(layer.values.apply(input, call.use));
    return layer.output.apply(call.attention.apply(queries, keys, values), call.use);
  }

  /// Turned in the type of parameters.
  private Tensor turned(Heads heads, Tensor input, Call call) {
    Tensor plain = split(heads.linear.apply(input, call.use)).to(weights.numbers().parameters());
    return call.rotation.turn(heads.norm.map(norm -> norm(plain, norm)).orElse(plain));
  }

  private Tensor split(Tensor rows) {
    return rows.view(rows.size(0), rows.size(1) / shape.headSize(), shape.headSize());
  }

  private Tensor forward(Layer layer, Tensor rows, Use use) {
    Tensor input = norm(rows, layer.forwardNorm).to(products);
    Tensor gate = torch.silu(layer.gate.apply(input, use));
    return layer.down.apply(gate.mul(layer.up.apply(input, use)), use);
  }

  private Tensor norm(Tensor rows, Tensor weight) {
    return torch.rms_norm(
        rows,
        weight.shape(),
        new TensorOptional(weight),
        new DoubleOptional(weights.config().epsilon()));
  }
}
