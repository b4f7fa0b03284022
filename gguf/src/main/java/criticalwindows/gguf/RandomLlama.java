package criticalwindows.gguf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Writes Llamas with random weights, to measure engines with. They compute what a trained model of
/// their shape computes, and say nothing.
public final class RandomLlama {
  private static final int HEAD = 64;
  private static final int BYTES = 256;
  private static final int CONTEXT = 2048;
  private static final List<String> CONTROLS =
      List.of(
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>");

  /// The shape of a decoder whose heads are 64 long and whose context holds 2,048 tokens.
  ///
  /// @param hidden the length of a token's vector, a multiple of 64
  /// @param layers the number of layers
  /// @param feedForward the inner length of the feed-forward part
  /// @param vocabulary the number of tokens, at least 261 and at most 65,797
  /// @param output how the output matrix is made
  public record Shape(int hidden, int layers, int feedForward, int vocabulary, Output output) {
    public Shape {
      if (hidden < HEAD || hidden % HEAD != 0) {
        throw new IllegalArgumentException("hidden is a multiple of " + HEAD + ", not " + hidden);
      }
      int smallest = CONTROLS.size() + BYTES;
      if (vocabulary < smallest || vocabulary > smallest + BYTES * BYTES) {
        throw new IllegalArgumentException(
            "a vocabulary has "
                + smallest
                + " to "
                + (smallest + BYTES * BYTES)
                + " tokens, not "
                + vocabulary);
      }
    }

    /// The number of weights.
    public long parameters() {
      long layer = 4L * hidden * hidden + 3L * hidden * feedForward + 2L * hidden;
      long matrices = output == Output.OWN ? 2 : 1;
      return layers * layer + hidden + matrices * vocabulary * hidden;
    }
  }

  /// Where the output matrix comes from.
  public enum Output {
    /// It is a matrix of its own.
    OWN,
    /// It is the embedding.
    TIED
  }

  /// 15.7 million weights.
  public static final Shape SMALL = new Shape(384, 8, 1024, 2048, Output.OWN);

  /// 124 million weights.
  public static final Shape LARGE = new Shape(768, 12, 2560, 32768, Output.TIED);

  private final Shape shape;
  private final long seed;
  private final List<Stored> tensors = new ArrayList<>();

  private RandomLlama(Shape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
  }

  /// Writes a model; the same shape and seed always give the same file.
  ///
  /// @throws criticalwindows.error.UserError if the file cannot be written
  public static void write(Path gguf, Shape shape, long seed) {
    RandomLlama model = new RandomLlama(shape, seed);
    model.tensors();
    GgufWriter.write(gguf, model.metadata(), model.tensors);
  }

  private Map<String, GgufValue> metadata() {
    int heads = shape.hidden() / HEAD;
    DecoderShape llama =
        new DecoderShape(
            shape.hidden(),
            shape.layers(),
            heads,
            heads,
            HEAD,
            shape.feedForward(),
            shape.vocabulary(),
            CONTEXT);
    String name = "random weights, seed " + HexFormat.of().toHexDigits(seed);
    Map<String, GgufValue> values =
        new LinkedHashMap<>(LlamaExport.general(new LlamaExport.Label(name, ""), ElementType.F16));
    values.putAll(llama.metadata(1e-5, 10_000));
    values.putAll(vocabulary().metadata());
    values.put("tokenizer.ggml.bos_token_id", GgufValue.unsigned(0));
    values.put("tokenizer.ggml.eos_token_id", GgufValue.unsigned(4));
    values.put("tokenizer.ggml.eot_token_id", GgufValue.unsigned(4));
    values.put("tokenizer.ggml.padding_token_id", GgufValue.unsigned(1));
    values.put("tokenizer.ggml.add_bos_token", GgufValue.flag(false));
    values.put("tokenizer.chat_template", GgufValue.text(HeaderTemplate.TEXT));
    return values;
  }

  /// Control tokens, every byte, then as many pairs of bytes as fit.
  private BytePairs vocabulary() {
    List<String> tokens = new ArrayList<>(CONTROLS);
    List<String> letters = letters();
    tokens.addAll(letters);
    List<String> merges = new ArrayList<>();
    for (int pair = 0; tokens.size() < shape.vocabulary(); pair++) {
      String first = letters.get(pair / BYTES);
      String second = letters.get(pair % BYTES);
      tokens.add(first + second);
      merges.add(first + " " + second);
    }
    Map<Integer, BytePairs.Kind> added = new LinkedHashMap<>();
    for (int id = 0; id < CONTROLS.size(); id++) {
      added.put(id, BytePairs.Kind.CONTROL);
    }
    return new BytePairs("qwen2", tokens, added, merges);
  }

  /// The letters by which byte-level vocabularies write bytes: printable ones for themselves, the
  /// others by letters from U+0100 on.
  private static List<String> letters() {
    List<String> letters = new ArrayList<>();
    int next = 0x100;
    for (int value = 0; value < BYTES; value++) {
      boolean printable =
          (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xFF && value != 0xAD);
      letters.add(Character.toString(printable ? value : next++));
    }
    return letters;
  }

  private void tensors() {
    int hidden = shape.hidden();
    matrix("token_embd", shape.vocabulary(), hidden);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "blk." + layer + ".";
      norm(block + "attn_norm");
      for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
        matrix(block + name, hidden, hidden);
      }
      norm(block + "ffn_norm");
      matrix(block + "ffn_gate", shape.feedForward(), hidden);
      matrix(block + "ffn_up", shape.feedForward(), hidden);
      matrix(block + "ffn_down", hidden, shape.feedForward());
    }
    norm("output_norm");
    if (shape.output() == Output.OWN) {
      matrix("output", shape.vocabulary(), hidden);
    }
  }

  private void norm(String name) {
    Tensor.Rows ones = (row, into) -> Arrays.fill(into, 1);
    tensors.add(
        new Stored(
            new Tensor(name + ".weight", List.of((long) shape.hidden()), ones), ElementType.F32));
  }

  /// A matrix whose numbers are uniform and keep the size of what they multiply.
  private void matrix(String name, int rows, int columns) {
    float step = (float) (Math.sqrt(3.0 / columns) / (1L << 31));
    long salt = seed * 31 + tensors.size();
    Tensor.Rows random =
        (row, into) -> {
          SplittableRandom numbers = new SplittableRandom((salt << 24) + row);
          for (int i = 0; i < into.length; i++) {
            into[i] = numbers.nextInt() * step;
          }
        };
    tensors.add(
        new Stored(
            new Tensor(name + ".weight", List.of((long) rows, (long) columns), random),
            ElementType.F16));
  }
}
