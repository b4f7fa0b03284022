package criticalwindows.reading;

import criticalwindows.model.FinishReason;

/// Puts thinking and what follows it together, where a file keeps them apart: between `<think>` and
/// `</think>`, with the lines around them as Qwen 3 and DeepSeek R1 write them.
final class Thinking {
  /// Said of a text of which that was done.
  static final String REMARK =
      "its thinking, which the file keeps apart, is put back between <think> and </think>";

  private Thinking() {}

  /// @param thinking none where it is blank
  /// @param text what follows it; where there is none and the limit of tokens was reached, the
  ///   thinking had not ended
  static String joined(String thinking, String text, FinishReason finish) {
    if (thinking.isBlank()) {
      return text;
    }
    String begun = "<think>\n" + thinking.strip();
    return text.isBlank() && finish == FinishReason.LENGTH
        ? begun
        : begun + "\n</think>\n\n" + text.stripLeading();
  }
}
