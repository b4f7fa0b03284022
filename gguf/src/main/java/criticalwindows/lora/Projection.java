package criticalwindows.lora;

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
}
