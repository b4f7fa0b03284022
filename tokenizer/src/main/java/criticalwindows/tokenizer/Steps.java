package criticalwindows.tokenizer;

import criticalwindows.error.UserError;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// What is done to a text before it is looked up. The native library has no way to say that it
/// cannot go on with a step, and ends the process. So what leads there is refused here.
final class Steps {
  private Steps() {}

  /// @throws UserError if a step, or one in it, cannot be
  static void check(String where, JsonNode step) {
    step.values().forEach(inner -> check(where, inner));
    boolean cannotBe =
        step.path("length").asInt(1) < 1
            || (step.has("content") && matchesNothing(step.path("pattern")))
            || (step.has("precompiled_charsmap")
                && !isMap(step.path("precompiled_charsmap").asString("")));
    if (cannotBe) {
      String said = step.toString();
      throw DamagedFile.of(
          where, "has a step that cannot be: " + said.substring(0, Math.min(said.length(), 80)));
    }
  }

  /// Whether what is replaced may be no text at all.
  private static boolean matchesNothing(JsonNode pattern) {
    try {
      return pattern.path("String").asString("a").isEmpty()
          || Pattern.compile(pattern.path("Regex").asString("a")).matcher("").find();
    } catch (PatternSyntaxException e) {
      // Another dialect: the library reads it, or refuses it with a message.
      return false;
    }
  }

  private static boolean isMap(String base64) {
    try {
      return CharacterMap.isWhole(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
