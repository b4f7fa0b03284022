package criticalwindows.scoring;

import criticalwindows.view.TerminalText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a line of a program says.
sealed interface Verdict {
  /// An answer: `{"class": "harmful", "score": 0.8}`.
  ///
  /// @param name of the class; absent where the program gave none
  /// @param score absent where the program gave none; not yet checked
  record Given(Optional<String> name, OptionalDouble score) implements Verdict {}

  /// No answer.
  ///
  /// @param why in words
  record Garbled(String why) implements Verdict {}

  /// Reads a line.
  static Verdict of(byte[] line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return of(text);
    } catch (CharacterCodingException e) {
      return new Garbled("the program wrote a line that is not UTF-8");
    }
  }

  private static Verdict of(String line) {
    Garbled garbled =
        new Garbled("the program wrote a line that is no answer: " + TerminalText.line(line, 60));
    try {
      JsonNode node = JsonMapper.shared().readTree(line);
      JsonNode name = node.path("class");
      JsonNode score = node.path("score");
      boolean fits =
          node.isObject()
              && (absent(name) || name.isString() || name.isNumber() || name.isBoolean())
              && (absent(score) || score.isNumber());
      return fits
          ? new Given(
              absent(name) ? Optional.empty() : Optional.of(name.asString()),
              absent(score) ? OptionalDouble.empty() : OptionalDouble.of(score.asDouble()))
          : garbled;
    } catch (JacksonException e) {
      return garbled;
    }
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
