package criticalwindows.llamacpp;

import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.Tensor;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The built-in model's forward pass in plain Java, to compare engines with: RMS norms, rotary
/// positions that turn element `i` of a head with element `i + 16`, softmax attention over what
/// came before, a gated feed-forward part, the embedding as output. Double precision throughout.
///
/// *Source:* the equations of `LlamaForCausalLM`; the weights are in Hugging Face's order.
final class ReferenceLlama {
  private static final int HIDDEN = 256;
  private static final int LAYERS = 6;
  private static final int HEADS = 8;
  private static final int SIZE = 32;
  private static final double EPSILON = 1e-5;
  private static final double ROPE_BASE = 10_000;

  /// Rows that go through a matrix together: few enough to stay in the processor's cache.
  private static final int TOGETHER = 16;

  /// Matrices by Hugging Face's name, an input's weights side by side.
  private final Map<String, double[]> weights;

  /// What was asked for before: several engines are compared on the same texts.
  private final Map<Tokens, double[][]> computed = new HashMap<>();

  /// What is added to the residual stream after each layer, from 1; nothing where there is none.
  private final Map<Integer, double[]> added;

  private ReferenceLlama(Map<String, double[]> weights) {
    this(weights, Map.of());
  }

  private ReferenceLlama(Map<String, double[]> weights, Map<Integer, double[]> added) {
    this.weights = weights;
    this.added = added;
  }

  /// The same model, with a vector added to the residual stream after some of its layers.
  ReferenceLlama plus(Map<Integer, double[]> vectors) {
    return new ReferenceLlama(weights, vectors);
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
      return new ReferenceLlama(weights);
    }
  }

  /// The weights of a GGUF file, put back into Hugging Face's order by llama.cpp's definition of
  /// its own: it turns element `2i` of a head together with element `2i + 1`.
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
      Map<String, double[]> weights = new HashMap<>();
      weights.put("embed_tokens", read(source, "token_embd"));
      weights.put("norm", read(source, "output_norm"));
      for (int layer = 0; layer < LAYERS; layer++) {
        for (Map.Entry<String, String> part : parts.entrySet()) {
          double[] numbers = read(source, "blk." + layer + "." + part.getValue());
          boolean turns = part.getValue().matches("attn_[qk]");
          weights.put(
              "layers." + layer + "." + part.getKey(), turns ? pairsApart(numbers) : numbers);
        }
      }
      return new ReferenceLlama(weights);
    }
  }

  private static double[] read(GgufReader source, String name) {
    Tensor tensor = source.tensor(name + ".weight");
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

  private static double[] pairsApart(double[] neighbours) {
    double[] apart = new double[neighbours.length];
    for (int input = 0; input < HIDDEN; input++) {
      for (int head = 0; head < HEADS; head++) {
        int at = input * HIDDEN + head * SIZE;
        for (int pair = 0; pair < SIZE / 2; pair++) {
          apart[at + pair] = neighbours[at + 2 * pair];
          apart[at + SIZE / 2 + pair] = neighbours[at + 2 * pair + 1];
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
    double[] embedding = weight("embed_tokens");
    int vocabulary = embedding.length / HIDDEN;
    double[][] stream = new double[tokens.size()][HIDDEN];
    for (int t = 0; t < stream.length; t++) {
      for (int i = 0; i < HIDDEN; i++) {
        stream[t][i] = embedding[i * vocabulary + tokens.at(t)];
      }
    }
    for (int layer = 0; layer < LAYERS; layer++) {
      String name = "layers." + layer + ".";
      double[][] read = normed(stream, name + "input_layernorm");
      add(stream, times(attention(read, name + "self_attn."), name + "self_attn.o_proj"));
      add(stream, feedForward(normed(stream, name + "post_attention_layernorm"), name + "mlp."));
      double[] vector = added.getOrDefault(layer + 1, new double[HIDDEN]);
      for (double[] row : stream) {
        for (int i = 0; i < HIDDEN; i++) {
          row[i] += vector[i];
        }
      }
    }
    double[][] logits = times(normed(stream, "norm"), "embed_tokens");
    Arrays.stream(logits).forEach(ReferenceLlama::normalise);
    return logits;
  }

  private double[][] attention(double[][] read, String name) {
    double[][] queries = turned(times(read, name + "q_proj"));
    double[][] keys = turned(times(read, name + "k_proj"));
    double[][] values = times(read, name + "v_proj");
    double[][] seen = new double[read.length][HIDDEN];
    for (int head = 0; head < HIDDEN; head += SIZE) {
      for (int t = 0; t < read.length; t++) {
        double[] shares = shares(queries[t], keys, head, t);
        for (int u = 0; u <= t; u++) {
          for (int i = head; i < head + SIZE; i++) {
            seen[t][i] += shares[u] * values[u][i];
          }
        }
      }
    }
    return seen;
  }

  /// How much of each token up to `t` a head takes in.
  private static double[] shares(double[] query, double[][] keys, int head, int t) {
    double[] logits = new double[t + 1];
    for (int u = 0; u <= t; u++) {
      for (int i = head; i < head + SIZE; i++) {
        logits[u] += query[i] * keys[u][i];
      }
      logits[u] /= Math.sqrt(SIZE);
    }
    normalise(logits);
    for (int u = 0; u <= t; u++) {
      logits[u] = Math.exp(logits[u]);
    }
    return logits;
  }

  private static double[][] turned(double[][] rows) {
    for (int t = 0; t < rows.length; t++) {
      for (int i = 0; i < SIZE / 2; i++) {
        double angle = t * Math.pow(ROPE_BASE, -2.0 * i / SIZE);
        for (int at = i; at < HIDDEN; at += SIZE) {
          double first = rows[t][at];
          double second = rows[t][at + SIZE / 2];
          rows[t][at] = first * Math.cos(angle) - second * Math.sin(angle);
          rows[t][at + SIZE / 2] = second * Math.cos(angle) + first * Math.sin(angle);
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
    double[][] normed = new double[rows.length][HIDDEN];
    for (int t = 0; t < rows.length; t++) {
      double squares = Arrays.stream(rows[t]).map(x -> x * x).sum();
      for (int i = 0; i < HIDDEN; i++) {
        normed[t][i] = rows[t][i] / Math.sqrt(squares / HIDDEN + EPSILON) * scale[i];
      }
    }
    return normed;
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

  private static void add(double[][] stream, double[][] change) {
    for (int t = 0; t < stream.length; t++) {
      for (int i = 0; i < HIDDEN; i++) {
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
