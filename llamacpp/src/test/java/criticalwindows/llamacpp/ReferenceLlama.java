package criticalwindows.llamacpp;

import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.Tensor;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A forward pass in plain Java, to compare engines with: RMS norms, rotary positions that turn
/// element `i` of a head with the one half a head behind it, softmax attention over what came
/// before, a gated feed-forward part. Double precision throughout.
///
/// *Source:* the equations of `LlamaForCausalLM`, and what `Qwen2ForCausalLM` (biases of queries,
/// keys and values) and `Qwen3ForCausalLM` (norms of queries and keys) add to them; the weights are
/// in Hugging Face's order.
final class ReferenceLlama {
  private static final double EPSILON = 1e-5;
  private static final double ROPE_BASE = 10_000;

  /// What a layer adds, and what the stream is after it, each of shape [tokens, hidden].
  @SuppressWarnings("ArrayRecordComponent")
  record Layer(double[][] attention, double[][] mlp, double[][] residual) {}

  /// Of as many keys as queries.
  private record Sizes(int hidden, int layers, int heads, int head) {
    static final Sizes BUILT_IN = new Sizes(256, 6, 8, 32);

    static Sizes of(GgufReader source, String kind) {
      int hidden = Math.toIntExact(source.whole(kind + ".embedding_length"));
      int heads = Math.toIntExact(source.whole(kind + ".attention.head_count"));
      int layers = Math.toIntExact(source.whole(kind + ".block_count"));
      return new Sizes(hidden, layers, heads, hidden / heads);
    }
  }

  /// Rows that go through a matrix together: few enough to stay in the processor's cache.
  private static final int TOGETHER = 16;

  private final Sizes sizes;

  /// Matrices by Hugging Face's name, an input's weights side by side.
  private final Map<String, double[]> weights;

  /// What was asked for before: several engines are compared on the same texts.
  private final Map<Tokens, double[][]> computed = new HashMap<>();

  /// What is added to the residual stream after each layer, from 1; nothing where there is none.
  private final Map<Integer, double[]> added;

  private ReferenceLlama(Sizes sizes, Map<String, double[]> weights) {
    this(sizes, weights, Map.of());
  }

  private ReferenceLlama(Sizes sizes, Map<String, double[]> weights, Map<Integer, double[]> added) {
    this.sizes = sizes;
    this.weights = weights;
    this.added = added;
  }

  /// The same model, with a vector added to the residual stream after some of its layers.
  ReferenceLlama plus(Map<Integer, double[]> vectors) {
    return new ReferenceLlama(sizes, weights, vectors);
  }

  /// The weights as they were trained.
  static ReferenceLlama ofSafetensors(Path file) {
    try (Safetensors source = Safetensors.open(file)) {
      Map<String, double[]> weights = new HashMap<>();
      for (String name : source.names()) {
        weights.put(
            name.replace("model.", "").replace(".weight", ""),
            inputMajor(source.tensor(name).toArray(), source.tensor(name).columns()));
      }
      return new ReferenceLlama(Sizes.BUILT_IN, weights);
    }
  }

  /// The weights of a GGUF file, those of a Llama put back into Hugging Face's order by llama.cpp's
  /// definition of its own: it turns element `2i` of a head together with element `2i + 1`.
  static ReferenceLlama ofGguf(Path file) {
    Map<String, String> parts =
        Map.of(
            "self_attn.q_proj", "attn_q",
            "self_attn.k_proj", "attn_k",
            "self_attn.v_proj", "attn_v",
            "self_attn.o_proj", "attn_output",
            "mlp.gate_proj", "ffn_gate",
            "mlp.up_proj", "ffn_up",
            "mlp.down_proj", "ffn_down",
            "input_layernorm", "attn_norm",
            "post_attention_layernorm", "ffn_norm");
    try (GgufReader source = GgufReader.open(file)) {
      String kind = source.text("general.architecture");
      Sizes sizes = Sizes.of(source, kind);
      Map<String, double[]> weights = new HashMap<>();
      weights.put("embed_tokens", read(source, "token_embd.weight"));
      weights.put("norm", read(source, "output_norm.weight"));
      for (int layer = 0; layer < sizes.layers; layer++) {
        for (Map.Entry<String, String> part : parts.entrySet()) {
          String from = "blk." + layer + "." + part.getValue();
          String to = "layers." + layer + "." + part.getKey();
          double[] numbers = read(source, from + ".weight");
          boolean turns = kind.equals("llama") && part.getValue().matches("attn_[qk]");
          weights.put(to, turns ? pairsApart(sizes, numbers) : numbers);
          for (String more : List.of(".bias", "_norm.weight")) {
            if (source.tensorNames().contains(from + more)) {
              weights.put(to + more, read(source, from + more));
            }
          }
        }
      }
      return new ReferenceLlama(sizes, weights);
    }
  }

  private static double[] read(GgufReader source, String name) {
    Tensor tensor = source.tensor(name);
    return inputMajor(tensor.toArray(), tensor.columns());
  }

  /// From one output's weights side by side to one input's.
  private static double[] inputMajor(float[] numbers, int inputs) {
    int outputs = numbers.length / inputs;
    double[] turned = new double[numbers.length];
    for (int output = 0; output < outputs; output++) {
      for (int input = 0; input < inputs; input++) {
        turned[input * outputs + output] = numbers[output * inputs + input];
      }
    }
    return turned;
  }

  private static double[] pairsApart(Sizes sizes, double[] neighbours) {
    double[] apart = new double[neighbours.length];
    for (int input = 0; input < sizes.hidden; input++) {
      for (int head = 0; head < sizes.heads; head++) {
        int at = input * sizes.hidden + head * sizes.head;
        for (int pair = 0; pair < sizes.head / 2; pair++) {
          apart[at + pair] = neighbours[at + 2 * pair];
          apart[at + sizes.head / 2 + pair] = neighbours[at + 2 * pair + 1];
        }
      }
    }
    return apart;
  }

  /// The natural-log probabilities of every next token, one row for each token given.
  double[][] logProbs(Tokens tokens) {
    return computed.computeIfAbsent(tokens, this::compute);
  }

  private double[][] compute(Tokens tokens) {
    List<Layer> layers = layers(tokens);
    double[][] logits = times(normed(layers.getLast().residual, "norm"), "embed_tokens");
    Arrays.stream(logits).forEach(ReferenceLlama::normalise);
    return logits;
  }

  /// What is computed inside, layer by layer.
  List<Layer> layers(Tokens tokens) {
    double[] embedding = weight("embed_tokens");
    int vocabulary = embedding.length / sizes.hidden;
    double[][] stream = new double[tokens.size()][sizes.hidden];
    for (int t = 0; t < stream.length; t++) {
      for (int i = 0; i < sizes.hidden; i++) {
        stream[t][i] = embedding[i * vocabulary + tokens.at(t)];
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < sizes.layers; layer++) {
      String name = "layers." + layer + ".";
      double[][] read = normed(stream, name + "input_layernorm");
      double[][] attention = times(attention(read, name + "self_attn."), name + "self_attn.o_proj");
      add(stream, attention);
      double[][] mlp =
          feedForward(normed(stream, name + "post_attention_layernorm"), name + "mlp.");
      add(stream, mlp);
      double[] vector = added.getOrDefault(layer + 1, new double[sizes.hidden]);
      Arrays.stream(stream).forEach(row -> Arrays.setAll(row, i -> row[i] + vector[i]));
      layers.add(
          new Layer(
              attention, mlp, Arrays.stream(stream).map(double[]::clone).toArray(double[][]::new)));
    }
    return layers;
  }

  private double[][] attention(double[][] read, String name) {
    double[][] queries = turned(projected(read, name + "q_proj"));
    double[][] keys = turned(projected(read, name + "k_proj"));
    double[][] values = projected(read, name + "v_proj");
    double[][] seen = new double[read.length][sizes.hidden];
    for (int head = 0; head < sizes.hidden; head += sizes.head) {
      for (int t = 0; t < read.length; t++) {
        double[] shares = shares(queries[t], keys, head, t);
        for (int u = 0; u <= t; u++) {
          for (int i = head; i < head + sizes.head; i++) {
            seen[t][i] += shares[u] * values[u][i];
          }
        }
      }
    }
    return seen;
  }

  /// With the bias and the norm of each head, where there are such.
  private double[][] projected(double[][] read, String name) {
    double[][] rows = times(read, name);
    double[] bias = weights.getOrDefault(name + ".bias", new double[sizes.hidden]);
    Arrays.stream(rows).forEach(row -> Arrays.setAll(row, i -> row[i] + bias[i]));
    double[] scale = weights.get(name + "_norm.weight");
    if (scale != null) {
      for (double[] row : rows) {
        for (int head = 0; head < sizes.hidden; head += sizes.head) {
          double[] own = normed(Arrays.copyOfRange(row, head, head + sizes.head), scale);
          System.arraycopy(own, 0, row, head, own.length);
        }
      }
    }
    return rows;
  }

  private static double[] normed(double[] row, double[] scale) {
    double squares = Arrays.stream(row).map(x -> x * x).sum();
    double[] normed = new double[row.length];
    Arrays.setAll(normed, i -> row[i] / Math.sqrt(squares / row.length + EPSILON) * scale[i]);
    return normed;
  }

  /// How much of each token up to `t` a head takes in.
  private double[] shares(double[] query, double[][] keys, int head, int t) {
    double[] logits = new double[t + 1];
    for (int u = 0; u <= t; u++) {
      for (int i = head; i < head + sizes.head; i++) {
        logits[u] += query[i] * keys[u][i];
      }
      logits[u] /= Math.sqrt(sizes.head);
    }
    normalise(logits);
    for (int u = 0; u <= t; u++) {
      logits[u] = Math.exp(logits[u]);
    }
    return logits;
  }

  private double[][] turned(double[][] rows) {
    for (int t = 0; t < rows.length; t++) {
      for (int i = 0; i < sizes.head / 2; i++) {
        double angle = t * Math.pow(ROPE_BASE, -2.0 * i / sizes.head);
        for (int at = i; at < sizes.hidden; at += sizes.head) {
          double first = rows[t][at];
          double second = rows[t][at + sizes.head / 2];
          rows[t][at] = first * Math.cos(angle) - second * Math.sin(angle);
          rows[t][at + sizes.head / 2] = second * Math.cos(angle) + first * Math.sin(angle);
        }
      }
    }
    return rows;
  }

  private double[][] feedForward(double[][] read, String name) {
    double[][] gates = times(read, name + "gate_proj");
    double[][] values = times(read, name + "up_proj");
    for (int t = 0; t < read.length; t++) {
      for (int i = 0; i < gates[t].length; i++) {
        values[t][i] *= gates[t][i] / (1 + Math.exp(-gates[t][i]));
      }
    }
    return times(values, name + "down_proj");
  }

  private double[][] normed(double[][] rows, String name) {
    double[] scale = weight(name);
    return Arrays.stream(rows).map(row -> normed(row, scale)).toArray(double[][]::new);
  }

  private double[][] times(double[][] rows, String name) {
    double[] matrix = weight(name);
    double[][] products = new double[rows.length][matrix.length / rows[0].length];
    for (int from = 0; from < rows.length; from += TOGETHER) {
      int to = Math.min(rows.length, from + TOGETHER);
      for (int input = 0; input < rows[0].length; input++) {
        for (int t = from; t < to; t++) {
          addTimes(products[t], rows[t][input], matrix, input * products[t].length);
        }
      }
    }
    return products;
  }

  private static void addTimes(double[] product, double factor, double[] matrix, int at) {
    for (int output = 0; output < product.length; output++) {
      product[output] += factor * matrix[at + output];
    }
  }

  private void add(double[][] stream, double[][] change) {
    for (int t = 0; t < stream.length; t++) {
      for (int i = 0; i < sizes.hidden; i++) {
        stream[t][i] += change[t][i];
      }
    }
  }

  private static void normalise(double[] logits) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double sum = Arrays.stream(logits).map(logit -> Math.exp(logit - max)).sum();
    for (int i = 0; i < logits.length; i++) {
      logits[i] -= max + Math.log(sum);
    }
  }

  private double[] weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }
}
