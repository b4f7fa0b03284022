package criticalwindows.noise;

import criticalwindows.model.Vocabulary;
import java.util.Optional;
import java.util.OptionalInt;

/// What a model writes before and after it thinks, by the names of the tokens.
public record ThinkMarkers(String open, String close) {
  /// Of Qwen 3, DeepSeek R1 and many others.
  public static final ThinkMarkers STANDARD = new ThinkMarkers("<think>", "</think>");

  public ThinkMarkers {
    if (open.isBlank() || close.isBlank() || open.equals(close)) {
      throw new IllegalArgumentException("two different names, not " + open + " and " + close);
    }
  }

  /// Two names with a comma between them.
  ///
  /// @throws IllegalArgumentException if it is something else
  public static ThinkMarkers parse(String names) {
    String[] both = names.split(",", -1);
    if (both.length != 2) {
      throw new IllegalArgumentException("two names with a comma between them, not " + names);
    }
    return new ThinkMarkers(both[0].strip(), both[1].strip());
  }

  /// As tokens; absent where the vocabulary has not both of them.
  public Optional<Thinking> in(Vocabulary vocabulary) {
    OptionalInt first = vocabulary.marker(open);
    OptionalInt last = vocabulary.marker(close);
    return first.isPresent() && last.isPresent()
        ? Optional.of(new Thinking(first.getAsInt(), last.getAsInt()))
        : Optional.empty();
  }
}
