package criticalwindows.gguf;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Copies of GGUF files with other numbers: all that the file says, its tokenizer too, stays.
public final class GgufCopy {
  private GgufCopy() {}

  /// Writes a copy.
  ///
  /// @param change what becomes of a tensor; its name and shape stay
  /// @param type of the matrices; vectors are F32, and so are rows that are no whole blocks
  /// @throws criticalwindows.error.UserError if a tensor's type cannot be read here, or the file
  ///   cannot be written
  public static void write(
      GgufReader base, UnaryOperator<Tensor> change, Path gguf, ElementType type) {
    Map<String, GgufValue> metadata = new LinkedHashMap<>(base.metadata());
    metadata.put("general.file_type", GgufValue.unsigned(type.fileType()));
    if (type.block() > 1) {
      metadata.put("general.quantization_version", GgufValue.unsigned(LlamaExport.BLOCKS_VERSION));
    }
    // Numbers begin where this writer begins them.
    metadata.remove("general.alignment");
    List<Stored> tensors =
        base.tensorNames().stream()
            .map(name -> stored(change.apply(base.tensor(name)), type))
            .toList();
    GgufWriter.write(gguf, metadata, tensors);
  }

  private static Stored stored(Tensor tensor, ElementType type) {
    boolean matrix = tensor.shape().size() > 1 && tensor.columns() % type.block() == 0;
    return new Stored(tensor, matrix ? type : ElementType.F32);
  }
}
