package criticalwindows.gguf;

/// How the rows of a matrix in a GGUF file lie, compared with Hugging Face's files.
///
/// *Source:* `LlamaModel.permute` of llama.cpp v0.5.0, `conversion/llama.py`.
public enum RowOrder {
  SAME,
  /// Of Llamas' queries and keys. Hugging Face turns element `i` of a head together with element `i
  /// + size/2`; llama.cpp turns neighbours, so that row `i + j · size/2` becomes row `2i + j` (`j`
  ///   is 0 or 1).
  TURNED;

  /// A tensor of Hugging Face's order in the order of GGUF files.
  ///
  /// @param headSize rows of a head
  public Tensor toGguf(Tensor tensor, int headSize) {
    return switch (this) {
      case SAME -> tensor;
      case TURNED -> tensor.reordered(row -> huggingFace(row, headSize));
    };
  }

  /// A tensor of a GGUF file in Hugging Face's order.
  ///
  /// @param headSize rows of a head
  public Tensor toHuggingFace(Tensor tensor, int headSize) {
    return switch (this) {
      case SAME -> tensor;
      case TURNED -> tensor.reordered(row -> gguf(row, headSize));
    };
  }

  /// Where a row of llama.cpp's order lies in Hugging Face's.
  private static long huggingFace(long row, int headSize) {
    long within = row % headSize;
    return row - within + within / 2 + within % 2 * (headSize / 2);
  }

  private static long gguf(long row, int headSize) {
    long within = row % headSize;
    int half = headSize / 2;
    return row - within + within % half * 2 + within / half;
  }
}
