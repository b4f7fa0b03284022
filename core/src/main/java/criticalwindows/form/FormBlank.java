package criticalwindows.form;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A choice in a form: `(Lighthouse/Barn)`.
///
/// @param options at least two, no word twice
public record FormBlank(List<Option> options) {
  public FormBlank {
    options = List.copyOf(options);
    Set<List<String>> seen = new HashSet<>();
    for (Option option : options) {
      for (String spelling : option.spellings()) {
        if (!seen.add(FormWords.in(spelling))) {
          throw new IllegalArgumentException(spelling + " is there twice");
        }
      }
    }
    if (options.size() < 2) {
      throw new IllegalArgumentException("a choice has at least two options");
    }
  }

  /// As it is written in a prompt: `(Lighthouse|beacon/Barn)`.
  String source() {
    List<String> each = options.stream().map(o -> String.join("|", o.spellings())).toList();
    return "(" + String.join("/", each) + ")";
  }

  /// One meaning, and how it may be spelled. The model is shown the first spelling alone.
  ///
  /// @param spellings at least one, each with a letter or digit in it
  public record Option(List<String> spellings) {
    public Option {
      spellings = List.copyOf(spellings);
      for (String spelling : spellings) {
        if (FormWords.in(spelling).isEmpty()) {
          throw new IllegalArgumentException("an option without a letter or digit");
        }
      }
      if (spellings.isEmpty()) {
        throw new IllegalArgumentException("an option without a spelling");
      }
    }

    /// What the model is shown.
    public String word() {
      return spellings.getFirst();
    }
  }
}
