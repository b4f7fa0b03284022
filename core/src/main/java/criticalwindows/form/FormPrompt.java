package criticalwindows.form;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A request to complete sentences that hold choices: `2. A small (Otter/Goat) waited.`
///
/// In a prompt's text every pair of parentheses is a choice, its options divided by `/`. An option
/// may list further spellings of the same meaning behind `|`, which the model is not shown:
/// `(Lighthouse|beacon/Barn)`. The form is what stands from the first line with a choice to the
/// last; what stands before is the instruction, what stands behind is part of the request alone.
///
/// @param before of the form: the instruction, with its line ends
/// @param fixed what stands before each choice of the form, and behind the last: one more than
///   there are choices
/// @param behind the form
public record FormPrompt(String before, List<String> fixed, List<FormBlank> blanks, String behind) {
  public FormPrompt {
    fixed = List.copyOf(fixed);
    blanks = List.copyOf(blanks);
    if (blanks.isEmpty() || fixed.size() != blanks.size() + 1) {
      throw new IllegalArgumentException(blanks.size() + " choices, " + fixed.size() + " pieces");
    }
  }

  /// Reads a prompt.
  ///
  /// @throws UserError if there is no choice in it, if parentheses do not pair up, or if a choice
  ///   has fewer than two options, an empty one or one twice; each with its line
  public static FormPrompt parse(String text) {
    return new Parser(text.replace("\r\n", "\n").strip()).prompt();
  }

  /// What the user's turn says.
  public String request() {
    StringBuilder request = new StringBuilder(before);
    for (int i = 0; i < blanks.size(); i++) {
      List<String> words = blanks.get(i).options().stream().map(FormBlank.Option::word).toList();
      request.append(fixed.get(i)).append('(').append(String.join("/", words)).append(')');
    }
    return request.append(fixed.getLast()).append(behind).toString();
  }

  /// The prompt as [#parse] reads it, with the spellings that the model is not shown.
  public String source() {
    StringBuilder source = new StringBuilder(before);
    for (int i = 0; i < blanks.size(); i++) {
      source.append(fixed.get(i)).append(blanks.get(i).source());
    }
    return source.append(fixed.getLast()).append(behind).toString();
  }

  /// The completed sentences, as exactly as they are asked for.
  public String filled(Combination choices) {
    require(choices);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < blanks.size(); i++) {
      text.append(fixed.get(i)).append(word(choices, i));
    }
    return text.append(fixed.getLast()).toString();
  }

  /// Where the word of a choice stands in the completed sentences: its first character, and the one
  /// behind its last.
  public List<Integer> place(Combination choices, int blank) {
    int from = 0;
    for (int i = 0; i < blank; i++) {
      from += fixed.get(i).length() + word(choices, i).length();
    }
    from += fixed.get(blank).length();
    return List.of(from, from + word(choices, blank).length());
  }

  /// The line of the prompt in which a choice stands, from 1.
  int line(int blank) {
    String until = before + String.join("", fixed.subList(0, blank + 1));
    return 1 + (int) until.chars().filter(c -> c == '\n').count();
  }

  private String word(Combination choices, int blank) {
    return blanks.get(blank).options().get(choices.taken().get(blank)).word();
  }

  /// The words chosen, in order.
  public List<String> words(Combination choices) {
    require(choices);
    return IntStream.range(0, blanks.size()).mapToObj(i -> word(choices, i)).toList();
  }

  /// The combination of these words, whichever of their spellings is given.
  ///
  /// @param words one for each choice
  /// @throws UserError if a word is no option of its choice, or there are too few or many
  public Combination combination(List<String> words) {
    if (words.size() != blanks.size()) {
      throw new UserError(
          words.size() + " choices were named, and the form has " + blanks.size(),
          "name one word for each, with commas between them");
    }
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < blanks.size(); i++) {
      taken.add(option(i, words.get(i)));
    }
    return new Combination(taken);
  }

  private int option(int blank, String word) {
    List<FormBlank.Option> options = blanks.get(blank).options();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).spellings().stream()
          .anyMatch(s -> FormWords.in(s).equals(FormWords.in(word)))) {
        return i;
      }
    }
    throw UserError.unknown("option", word, options.stream().map(FormBlank.Option::word).toList());
  }

  /// The number of combinations: the product of the numbers of options.
  public double combinations() {
    return blanks.stream().mapToDouble(blank -> blank.options().size()).reduce(1, (a, b) -> a * b);
  }

  /// All combinations, the last choice turning fastest. Ask [#combinations] first.
  public List<Combination> all() {
    List<Combination> all = List.of(Combination.NONE);
    for (FormBlank blank : blanks) {
      List<Combination> longer = new ArrayList<>();
      for (Combination begun : all) {
        for (int i = 0; i < blank.options().size(); i++) {
          longer.add(begun.plus(i));
        }
      }
      all = longer;
    }
    return all;
  }

  private void require(Combination choices) {
    if (choices.size() != blanks.size()) {
      throw new IllegalArgumentException(choices + " of " + blanks.size() + " choices");
    }
  }

  /// One pass over a prompt's text.
  private static final class Parser {
    private final String text;
    private final List<String> pieces = new ArrayList<>();
    private final List<FormBlank> blanks = new ArrayList<>();
    private int line = 1;

    private Parser(String text) {
      this.text = text;
    }

    private FormPrompt prompt() {
      int from = 0;
      for (int at = 0; at < text.length(); at++) {
        switch (text.charAt(at)) {
          case '\n' -> line++;
          case ')' -> throw unbalanced(") without a ( before it");
          case '(' -> {
            int to = end(at);
            pieces.add(text.substring(from, at));
            blanks.add(blank(text.substring(at + 1, to)));
            from = to + 1;
            at = to;
          }
          default -> {}
        }
      }
      pieces.add(text.substring(from));
      if (blanks.isEmpty()) {
        throw new UserError(
            "the prompt has no choice in it", "write one in a sentence, such as (Otter/Goat)");
      }
      return cut();
    }

    /// Takes the instruction off the first piece, and what follows the last line off the last.
    private FormPrompt cut() {
      int begin = pieces.getFirst().lastIndexOf('\n') + 1;
      String before = pieces.getFirst().substring(0, begin);
      pieces.set(0, pieces.getFirst().substring(begin));
      String last = pieces.getLast();
      int end = last.indexOf('\n') < 0 ? last.length() : last.indexOf('\n');
      pieces.set(pieces.size() - 1, last.substring(0, end));
      return new FormPrompt(before, pieces, blanks, last.substring(end));
    }

    private int end(int open) {
      for (int at = open + 1; at < text.length() && text.charAt(at) != '\n'; at++) {
        switch (text.charAt(at)) {
          case ')' -> {
            return at;
          }
          case '(' -> throw unbalanced("( within a choice");
          default -> {}
        }
      }
      throw unbalanced("( without a ) on its line");
    }

    private UserError unbalanced(String what) {
      return new UserError(
          "line " + line + " of the prompt has a " + what,
          "write each choice as (a/b); parentheses stand for choices alone");
    }

    private FormBlank blank(String inside) {
      List<FormBlank.Option> options = new ArrayList<>();
      try {
        for (String option : inside.split("/", -1)) {
          List<String> spellings = new ArrayList<>();
          for (String spelling : option.split("\\|", -1)) {
            spellings.add(spelling.strip());
          }
          options.add(new FormBlank.Option(spellings));
        }
        return new FormBlank(options);
      } catch (IllegalArgumentException e) {
        throw new UserError(
            "the choice (" + inside + ") in line " + line + " of the prompt: " + e.getMessage(),
            "write two different words or more, as in (a/b) or (a/b/c)",
            e);
      }
    }
  }
}
