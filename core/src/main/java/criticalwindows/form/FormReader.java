package criticalwindows.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads which choices a text made: by meaning, not by string. Capitals, spaces, punctuation,
/// emphasis, brackets and the numbers of sentences make no difference, nor does what stands before
/// the first sentence or behind the last. The other words of the sentences must be there: a text
/// that changes them has left the form and is counted apart.
public final class FormReader {
  private final List<List<String>> fixed;
  private final List<FormBlank> blanks;

  public FormReader(FormPrompt prompt) {
    fixed = prompt.fixed().stream().map(FormReader::words).toList();
    blanks = prompt.blanks();
  }

  /// A sentence's number says nothing: a line that begins with one is read without it.
  private static List<String> words(String text) {
    return Words.in(text.replaceAll("(?m)^[\\s*_#>-]*\\d+\\s*[.):]", ""));
  }

  /// Reads a text, from the first place at which most choices can be read.
  public FormReading read(String text) {
    List<String> words = words(text);
    FormReading best = new FormReading.Left(Combination.NONE, 0, "no sentence of the form");
    for (int from = 0; from < words.size(); from++) {
      if (begins(words, from)) {
        FormReading reading = read(words, from);
        if (reading instanceof FormReading.Filled) {
          return reading;
        }
        if (reading.choices().size() > best.choices().size() || best.choices().size() == 0) {
          best = reading;
        }
      }
    }
    return best;
  }

  private boolean begins(List<String> words, int from) {
    List<String> first = fixed.getFirst();
    return first.isEmpty() || (from < words.size() && first.getFirst().equals(words.get(from)));
  }

  private FormReading read(List<String> words, int from) {
    Combination made = Combination.NONE;
    int at = from;
    for (int i = 0; i < blanks.size(); i++) {
      at = skip(words, at, fixed.get(i));
      if (at < 0) {
        return left(made, i, i == 0 ? "before its first choice" : "between choices");
      }
      Optional<Taken> taken = taken(words, at, blanks.get(i));
      if (taken.isEmpty()) {
        boolean ended = at >= words.size();
        return left(made, i + 1, ended ? "ended before a choice" : "another word than the options");
      }
      made = made.plus(taken.get().option);
      at = taken.get().to;
    }
    return skip(words, at, fixed.getLast()) < 0
        ? left(made, blanks.size(), "behind its last choice")
        : new FormReading.Filled(made);
  }

  private static FormReading left(Combination made, int reached, String why) {
    return new FormReading.Left(made, reached, why);
  }

  /// @return behind these words, or -1 if they are not there
  private static int skip(List<String> words, int at, List<String> expected) {
    int to = at + expected.size();
    return to <= words.size() && words.subList(at, to).equals(expected) ? to : -1;
  }

  private record Taken(int option, int to) {}

  /// The option that stands there, the longest where one begins with another.
  private static Optional<Taken> taken(List<String> words, int at, FormBlank blank) {
    List<Taken> fitting = new ArrayList<>();
    for (int i = 0; i < blank.options().size(); i++) {
      for (String spelling : blank.options().get(i).spellings()) {
        int to = skip(words, at, Words.in(spelling));
        if (to > 0) {
          fitting.add(new Taken(i, to));
        }
      }
    }
    return fitting.stream().reduce((one, other) -> other.to > one.to ? other : one);
  }
}
