package criticalwindows.form;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads which choices a text made: by meaning, not by string. Capitals, spaces, punctuation,
/// emphasis, brackets and the numbers of sentences make no difference, nor does what stands before
/// the first sentence or behind the last. The other words of the sentences must be there: a text
/// that changes them has left the form and is counted apart.
///
/// An option can be part of a word: `(cat/dog)s`. Where one option begins another, the rest of the
/// sentence decides which it is.
public final class FormReader {
  /// Stands for a choice while the numbers of sentences are taken away; no letter, no digit.
  private static final String BLANK = "\uE000";

  private static final int MOST_READ_BACK = 1024;

  /// What stands before each choice and behind the last, as [FormWords#line] writes it.
  private final List<String> fixed = new ArrayList<>();

  private final List<List<Spelling>> spellings;

  public FormReader(FormPrompt prompt) {
    String[] pieces = withoutNumbers(String.join(BLANK, prompt.fixed())).split(BLANK, -1);
    for (int i = 0; i < pieces.length; i++) {
      String before = i == 0 ? " " : "";
      String behind = i == pieces.length - 1 ? " " : "";
      fixed.add(FormWords.line(before + pieces[i] + behind));
    }
    spellings = prompt.blanks().stream().map(FormReader::spellings).toList();
  }

  /// A way to write an option, as words.
  private record Spelling(int option, String words) {}

  /// The longest first.
  private static List<Spelling> spellings(FormBlank blank) {
    List<Spelling> all = new ArrayList<>();
    for (int i = 0; i < blank.options().size(); i++) {
      for (String spelling : blank.options().get(i).spellings()) {
        all.add(new Spelling(i, String.join(" ", FormWords.in(spelling))));
      }
    }
    all.sort(Comparator.comparingInt((Spelling each) -> each.words.length()).reversed());
    return List.copyOf(all);
  }

  /// A sentence's number says nothing: a line that begins with one is read without it.
  private static String withoutNumbers(String text) {
    return text.replaceAll("(?m)^[\\s*_#>-]*\\d+\\s*[.):]", "");
  }

  /// A prompt each of whose completed sentences can be read.
  ///
  /// @throws UserError as [FormPrompt#parse] does, and if a completed sentence is read as another,
  ///   or not at all; with its line
  public static FormPrompt readable(String text) {
    FormPrompt prompt = FormPrompt.parse(text);
    FormReader reader = new FormReader(prompt);
    for (Combination choices : some(prompt)) {
      FormReading reading = reader.read(prompt.filled(choices));
      if (!reading.equals(new FormReading.Filled(choices))) {
        throw unreadable(prompt, choices, reading);
      }
    }
    requireEnd(prompt);
    return prompt;
  }

  /// Nothing may be able to go on where the last choice is complete.
  private static void requireEnd(FormPrompt prompt) {
    int last = prompt.blanks().size() - 1;
    List<FormBlank.Option> options = prompt.blanks().get(last).options();
    for (FormBlank.Option one : options) {
      for (FormBlank.Option other : options) {
        String whole = one.word() + prompt.fixed().getLast();
        if (!one.equals(other) && (other.word() + prompt.fixed().getLast()).startsWith(whole)) {
          throw new UserError(
              "the choice "
                  + prompt.blanks().get(last).source()
                  + " in line "
                  + prompt.line(last)
                  + " of the prompt: where "
                  + one.word()
                  + " ends the text, "
                  + other.word()
                  + " can still come",
              "write a full stop or words behind it");
        }
      }
    }
  }

  /// All combinations, or where they are many each option once.
  private static List<Combination> some(FormPrompt prompt) {
    if (prompt.combinations() <= MOST_READ_BACK) {
      return prompt.all();
    }
    List<Combination> some = new ArrayList<>();
    int most = prompt.blanks().stream().mapToInt(each -> each.options().size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      int option = i;
      some.add(
          new Combination(
              prompt.blanks().stream()
                  .map(b -> Math.min(option, b.options().size() - 1))
                  .toList()));
    }
    return some;
  }

  private static UserError unreadable(FormPrompt prompt, Combination choices, FormReading reading) {
    int blank = 0;
    while (blank < Math.min(choices.size() - 1, reading.choices().size())
        && choices.taken().get(blank).equals(reading.choices().taken().get(blank))) {
      blank++;
    }
    String how =
        switch (reading) {
          case FormReading.Filled other ->
              "it reads as " + prompt.words(other.choices()).get(blank);
          case FormReading.Left left -> "it cannot be read: " + left.why();
        };
    return new UserError(
        "the choice "
            + prompt.blanks().get(blank).source()
            + " in line "
            + prompt.line(blank)
            + " of the prompt: completed with "
            + prompt.words(choices).get(blank)
            + " "
            + how,
        "write sentences that can be told apart by their words; a number with a full stop at the"
            + " beginning of a line counts as the sentence's number");
  }

  /// Reads a text, from the first place at which most choices can be read.
  public FormReading read(String text) {
    String words = FormWords.line(" " + withoutNumbers(text) + " ");
    String begin = fixed.getFirst().substring(0, fixed.getFirst().indexOf(' ', 1) + 1);
    begin = begin.isEmpty() ? fixed.getFirst() : begin;
    FormReading best = new FormReading.Left(Combination.NONE, 0, "no sentence of the form");
    int last = words.length() - 1;
    for (int at = words.indexOf(begin); at >= 0 && at < last; at = words.indexOf(begin, at + 1)) {
      FormReading reading = new Attempt(words).read(at);
      if (reading instanceof FormReading.Filled) {
        return reading;
      }
      if (reading.choices().size() > best.choices().size() || best.choices().size() == 0) {
        best = reading;
      }
    }
    return best;
  }

  /// One reading from one place, which goes back to another option where the sentence asks for it.
  private final class Attempt {
    private final String words;
    private final Set<Long> failed = new HashSet<>();
    private Optional<FormReading.Left> furthest = Optional.empty();

    private Attempt(String words) {
      this.words = words;
    }

    private FormReading read(int from) {
      Optional<Combination> made = read(from, Combination.NONE);
      return made.isPresent() ? new FormReading.Filled(made.get()) : furthest.orElseThrow();
    }

    private Optional<Combination> read(int at, Combination made) {
      int blank = made.size();
      if (!failed.add((long) at * (fixed.size() + 1) + blank)) {
        return Optional.empty();
      }
      if (!words.startsWith(fixed.get(blank), at)) {
        return left(made, blank, blank == 0 ? "before its first choice" : between(blank));
      }
      if (blank == spellings.size()) {
        return Optional.of(made);
      }
      int from = at + fixed.get(blank).length();
      boolean any = false;
      for (Spelling spelling : spellings.get(blank)) {
        int to = from + spelling.words.length();
        if (words.startsWith(spelling.words, from) && ends(to, blank)) {
          any = true;
          Optional<Combination> whole = read(to, made.plus(spelling.option));
          if (whole.isPresent()) {
            return whole;
          }
        }
      }
      boolean ended = from >= words.length() - 1;
      return any
          ? Optional.empty()
          : left(
              made, blank + 1, ended ? "ended before a choice" : "another word than the options");
    }

    private String between(int blank) {
      return blank == spellings.size() ? "behind its last choice" : "between choices";
    }

    /// Whether a word ends there, where the form asks for that.
    private boolean ends(int to, int blank) {
      return !fixed.get(blank + 1).startsWith(" ") || words.startsWith(" ", to);
    }

    private Optional<Combination> left(Combination made, int reached, String why) {
      if (furthest.isEmpty() || made.size() > furthest.get().choices().size()) {
        furthest = Optional.of(new FormReading.Left(made, reached, why));
      }
      return Optional.empty();
    }
  }
}
