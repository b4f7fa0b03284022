package criticalwindows.lora;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// A matrix of a decoder layer that an adapter can change.
public enum Projection {
  Q("q_proj", "self_attn", "attn_q"),
  K("k_proj", "self_attn", "attn_k"),
  V("v_proj", "self_attn", "attn_v"),
  O("o_proj", "self_attn", "attn_output"),
  GATE("gate_proj", "mlp", "ffn_gate"),
  UP("up_proj", "mlp", "ffn_up"),
  DOWN("down_proj", "mlp", "ffn_down");

  private final String name;
  private final String part;
  private final String gguf;

  Projection(String name, String part, String gguf) {
    this.name = name;
    this.part = part;
    this.gguf = gguf;
  }

  /// As PEFT's `target_modules` names it, such as `q_proj`.
  public String hfName() {
    return name;
  }

  /// The matrix in a Hugging Face model, without the ending `.weight`.
  ///
  /// @param layer counted from 0
  public String hfName(int layer) {
    return "model.layers." + layer + "." + part + "." + name;
  }

  /// The matrix in a GGUF file, without the ending `.weight`.
  ///
  /// @param layer counted from 0
  public String ggufName(int layer) {
    return "blk." + layer + "." + gguf;
  }

  /// The one that GGUF files call so, such as `attn_q`.
  static Optional<Projection> ofGguf(String name) {
    return Arrays.stream(values()).filter(each -> each.gguf.equals(name)).findFirst();
  }

  /// The one that Hugging Face calls so, such as `self_attn.q_proj`.
  static Optional<Projection> ofHf(String name) {
    return Arrays.stream(values())
        .filter(each -> name.equals(each.part + "." + each.name))
        .findFirst();
  }

  /// The names of all, for people.
  static String all() {
    return Arrays.stream(values()).map(Projection::hfName).collect(Collectors.joining(", "));
  }
}
