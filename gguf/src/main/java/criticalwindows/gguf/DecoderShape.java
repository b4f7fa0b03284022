package criticalwindows.gguf;

import java.util.LinkedHashMap;
import java.util.Map;

/// The sizes of a decoder.
///
/// @param hidden the length of a token's vector
/// @param layers the number of layers
/// @param heads attention heads
/// @param keyHeads heads of keys and values, a divisor of `heads`
/// @param headSize the length of a head's vector, even
/// @param feedForward the inner length of the feed-forward part
/// @param vocabulary the number of tokens
/// @param context the most tokens of a sequence
public record DecoderShape(
    int hidden,
    int layers,
    int heads,
    int keyHeads,
    int headSize,
    int feedForward,
    int vocabulary,
    int context) {
  public DecoderShape {
    if (Math.min(Math.min(hidden, layers), Math.min(feedForward, context)) < 1 || vocabulary < 1) {
      throw new IllegalArgumentException("a size below 1");
    }
    if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0 || headSize < 2 || headSize % 2 != 0) {
      throw new IllegalArgumentException(
          heads + " heads of size " + headSize + " on " + keyHeads + " key heads");
    }
  }

  /// The length of a token's queries of a layer.
  public int queries() {
    return Math.multiplyExact(heads, headSize);
  }

  /// The length of a token's keys of a layer; its values are as many.
  public int keys() {
    return Math.multiplyExact(keyHeads, headSize);
  }

  /// What llama.cpp wants to know of a Llama's shape.
  ///
  /// @param epsilon of the norms
  /// @param ropeBase of the rotary positions
  Map<String, GgufValue> metadata(double epsilon, double ropeBase) {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("llama.vocab_size", GgufValue.unsigned(vocabulary));
    values.put("llama.context_length", GgufValue.unsigned(context));
    values.put("llama.embedding_length", GgufValue.unsigned(hidden));
    values.put("llama.block_count", GgufValue.unsigned(layers));
    values.put("llama.feed_forward_length", GgufValue.unsigned(feedForward));
    values.put("llama.attention.head_count", GgufValue.unsigned(heads));
    values.put("llama.attention.head_count_kv", GgufValue.unsigned(keyHeads));
    values.put("llama.attention.key_length", GgufValue.unsigned(headSize));
    values.put("llama.attention.value_length", GgufValue.unsigned(headSize));
    values.put("llama.attention.layer_norm_rms_epsilon", GgufValue.real(epsilon));
    values.put("llama.rope.dimension_count", GgufValue.unsigned(headSize));
    values.put("llama.rope.freq_base", GgufValue.real(ropeBase));
    return values;
  }
}
