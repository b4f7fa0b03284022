package criticalwindows.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A Hugging Face folder of a tiny Llama: hidden 8, 1 layer, 2 heads of 4 on 1 key head,
/// feed-forward 6, 12 tokens. Weight `i` of the `n`-th tensor is `n + i/1024`, so that every row
/// can be told from every other.
final class SampleFolder {
  static final String PATTERN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}|"
          + " ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+";

  static final String CONFIG =
      """
      {"model_type": "llama", "hidden_act": "silu", "hidden_size": 8, "num_hidden_layers": 1,
       "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 4, "intermediate_size": 6,
       "vocab_size": 12, "max_position_embeddings": 32, "rms_norm_eps": 1e-05,
       "rope_theta": 10000.0, "rope_scaling": null, "attention_bias": false,
       "tie_word_embeddings": false}
      """;

  static final String TOKENIZER =
      """
      {"normalizer": null,
       "added_tokens": [
         {"id": 0, "content": "<|begin_of_text|>", "special": true},
         {"id": 1, "content": "<|end_of_text|>", "special": true},
         {"id": 2, "content": "<|start_header_id|>", "special": true},
         {"id": 3, "content": "<|end_header_id|>", "special": true},
         {"id": 4, "content": "<|eot_id|>", "special": true},
         {"id": 11, "content": "<tool>", "special": false}],
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {"Regex": "PATTERN"}, "behavior": "Isolated", "invert": false},
         {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]},
       "model": {"type": "BPE", "byte_fallback": false, "ignore_merges": false,
         "vocab": {"<|begin_of_text|>": 0, "a": 5, "b": 6, "c": 7, "\\u0120": 8, "ab": 9, "\\u0120a": 10},
         "merges": [["a", "b"], "\\u0120 a"]}}
      """
          .replace("PATTERN", PATTERN);

  static final String GENERATION =
      """
      {"bos_token_id": 0, "eos_token_id": [4, 1], "pad_token_id": 1, "temperature": 0.5,
       "top_p": 0.75, "top_k": 0}
      """;

  /// Name and shape of every tensor, in the order of the file.
  private static final Map<String, int[]> SHAPES = new LinkedHashMap<>();

  static {
    String layer = "model.layers.0.";
    SHAPES.put("model.embed_tokens", new int[] {12, 8});
    SHAPES.put(layer + "input_layernorm", new int[] {8});
    SHAPES.put(layer + "self_attn.q_proj", new int[] {8, 8});
    SHAPES.put(layer + "self_attn.k_proj", new int[] {4, 8});
    SHAPES.put(layer + "self_attn.v_proj", new int[] {4, 8});
    SHAPES.put(layer + "self_attn.o_proj", new int[] {8, 8});
    SHAPES.put(layer + "post_attention_layernorm", new int[] {8});
    SHAPES.put(layer + "mlp.gate_proj", new int[] {6, 8});
    SHAPES.put(layer + "mlp.up_proj", new int[] {6, 8});
    SHAPES.put(layer + "mlp.down_proj", new int[] {8, 6});
    SHAPES.put("model.norm", new int[] {8});
    SHAPES.put("lm_head", new int[] {12, 8});
  }

  private SampleFolder() {}

  static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG);
    Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    Files.writeString(folder.resolve("generation_config.json"), GENERATION);
    Files.write(folder.resolve("model.safetensors"), safetensors(ElementType.F32));
  }

  /// Weight `i` of the tensor with that place in the file.
  static float weight(int place, int i) {
    return place + i / 1024f;
  }

  static byte[] safetensors(ElementType type) throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int place = 0;
    for (Map.Entry<String, int[]> tensor : SHAPES.entrySet()) {
      int from = data.size();
      data.write(numbers(place++, tensor.getValue(), type));
      header.append(
          ",\"%s.weight\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.getKey(), type, Arrays.toString(tensor.getValue()), from, data.size()));
    }
    return file(header.append("}").toString(), data.toByteArray());
  }

  static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private static byte[] numbers(int place, int[] shape, ElementType type) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    ByteBuffer buffer = ByteBuffer.allocate((int) type.bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      type.write(new float[] {weight(place, i)}, 0, buffer);
    }
    return buffer.array();
  }
}
