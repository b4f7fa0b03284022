package criticalwindows.grade;

import criticalwindows.dataset.Choice;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the label of a choice at a place of a text, and tells a label from a word: "A closer
/// look", "vitamin B", "I think", "C-terminal".
///
/// @param choices whose labels they are
record Labels(List<Choice> choices) {
  /// How sure it must be that a letter is a label.
  enum Care {
    /// Behind words that announce an answer: "B is what fits".
    STATED,
    /// Elsewhere: the clause must end behind it, or give a reason.
    ALONE
  }

  /// A label in a text.
  ///
  /// @param choice whose it is; none: no choice has this label
  /// @param end behind it and its bracket
  record Label(Optional<Choice> choice, int end) {}

  private static final Pattern OPEN = Pattern.compile("[(\\[{【「]?\\s?");
  private static final Pattern CLOSE = Pattern.compile("\\s?[)\\]}】」]");
  private static final Pattern ANY = Pattern.compile("[A-Z]|[1-9]");

  /// Marks that may stand behind a label before it can be told what follows.
  private static final String AROUND = "(?:[)\\]}\"'”’*_$`]|\\\\[)\\]])*+";

  private static final Pattern CLAUSE_END =
      Pattern.compile(
          AROUND
              + "(?:$|[.!?:;,…](?!\\p{N})|[。，、；：！？]|[ \\t]*+[\\r"
              + "\\n"
              + "]|\\s*+(?:<|\\()|\\s--?\\s|\\s?[–—]\\s?|\\s++(?iu:because|since|which|rather|due"
              + " to|instead|in this case|here|therefore|thanks|porque|ya que|car|parce"
              + " que|weil|perché|потому|as (?:it|the|this|that|they))(?!\\p{L})"
              + "|\\s?(?:项|選項|选项|是|为|為|正确|正確|对|不|错|也|最|で|だ|が|を|と|も|입|이|은|는|가|를|을|번|है)|['’](?:d|t)[iıuü]r(?!\\p{L})|\\s(?:seçene|şık|olmalı|é"
              + " a|è la|est la|es la))");
  private static final Pattern VERB =
      Pattern.compile(
          "(?iu)"
              + AROUND
              + "\\s++(?:is|are|was|must|has|seems?|would|should|fits?|remains|can|cannot|because"
              + "|since|which|est|es|ist|é|è|это|é)(?!\\p{L})");
  private static final Pattern SMALL_WORD =
      Pattern.compile(
          "(?u)"
              + AROUND
              + "\\s++(?:as|so|but|and|or|for|if|when|where|with|while|given|based|by|in|on|not|non"
              + "|pas|und|et|y|e|it|this|that|the|dan|from|through|after|over|only|too|then|we|you"
              + "|there|\\p{Lu}[\\p{L}’']*|\\p{Lu})(?![\\p{L}-])");

  /// What a choice says of which only the label is known.
  private static final Pattern NAME = Pattern.compile("( \\p{Lu}\\p{Ll}++)(?:$|[.\\n])");

  private static final Pattern INITIAL = Pattern.compile("\\.\\s?\\p{Lu}\\.");

  /// The label at a place, if there is one.
  Optional<Label> at(String text, int place, Care care) {
    Matcher open = OPEN.matcher(text).region(place, text.length());
    int from = open.lookingAt() ? open.end() : place;
    boolean opened = from > place && text.charAt(place) != ' ';
    Optional<Choice> choice = choice(text, from);
    int end = choice.map(found -> from + found.label().length()).orElse(from);
    if (choice.isEmpty()) {
      Matcher any = ANY.matcher(text).region(from, text.length());
      if (!any.lookingAt() || !bounded(text, any.end())) {
        return Optional.empty();
      }
      end = any.end();
    }
    Matcher close = CLOSE.matcher(text).region(end, text.length());
    if (close.lookingAt() && (opened || text.charAt(close.end() - 1) == ')')) {
      return Optional.of(new Label(choice, close.end()));
    }
    String said = text.substring(from, end);
    if (choice.isPresent() && choice.get().text().isBlank()) {
      Matcher name = NAME.matcher(text).region(end, text.length());
      if (name.lookingAt()) {
        return Optional.of(new Label(choice, name.end(1)));
      }
    }
    return told(text, end, said, care) ? Optional.of(new Label(choice, end)) : Optional.empty();
  }

  /// The choice whose label stands at a place, the longest label first.
  private Optional<Choice> choice(String text, int from) {
    Optional<Choice> best = Optional.empty();
    for (Choice choice : choices) {
      String label = choice.label();
      boolean longer = best.isEmpty() || label.length() > best.get().label().length();
      if (longer
          && text.regionMatches(true, from, label, 0, label.length())
          && bounded(text, from + label.length())) {
        best = Optional.of(choice);
      }
    }
    return best;
  }

  /// Whether no word or number goes on at a place.
  private static boolean bounded(String text, int end) {
    if (end >= text.length()) {
      return true;
    }
    int next = text.codePointAt(end);
    Character.UnicodeScript script = Character.UnicodeScript.of(next);
    boolean word =
        switch (script) {
          case LATIN, CYRILLIC, GREEK -> Character.isLetterOrDigit(next);
          default -> Character.getType(next) == Character.DECIMAL_DIGIT_NUMBER;
        };
    boolean index = next == '_' && !text.startsWith("__", end);
    return (!word && !index && "^+=/°²³#-".indexOf(next) < 0) || dash(text, end);
  }

  /// "B - the owl", "B-" and a line's end, but not "B-cells".
  private static boolean dash(String text, int end) {
    boolean dash = text.charAt(end) == '-';
    return dash && (end + 1 == text.length() || Character.isWhitespace(text.charAt(end + 1)));
  }

  /// Whether what follows an open label shows that it is one.
  private static boolean told(String text, int end, String said, Care care) {
    boolean small = said.length() == 1 && Character.isLowerCase(said.charAt(0));
    boolean word = said.equals("A") || said.equals("I");
    if (at(INITIAL, text, end) || text.startsWith("'s", end) || text.startsWith("’s", end)) {
      return false;
    }
    if (at(CLAUSE_END, text, end)) {
      return true;
    }
    boolean stated = care == Care.STATED && !small;
    return stated && (at(VERB, text, end) || (!word && at(SMALL_WORD, text, end)));
  }

  /// Whether a clause ends at a place, or a reason begins there.
  static boolean clauseEnds(String text, int place) {
    return at(CLAUSE_END, text, place);
  }

  private static boolean at(Pattern pattern, String text, int place) {
    return pattern.matcher(text).region(place, text.length()).lookingAt();
  }
}
