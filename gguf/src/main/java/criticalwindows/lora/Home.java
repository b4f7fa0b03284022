package criticalwindows.lora;

/// Where an adapter is kept.
public enum Home {
  /// A folder with `adapter_config.json` and `adapter_model.safetensors`.
  PEFT,
  /// A GGUF file.
  GGUF
}
