package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes a text of LaTeX or plain mathematics apart. Marks of emphasis and mathematics, spacing and
/// sizes are left out.
final class Lexer {
  private static final String GROUP =
      "[0-9]{1,3}(?:(?:\\s?\\\\?\\{\\s?,\\s?\\\\?}|,\\s?\\\\!\\s*|\\\\,%s)[0-9]{3})+(?![0-9])";
  private static final Pattern GROUPED = Pattern.compile(GROUP.replace("%s", ""));
  private static final Pattern GROUPED_PLAINLY =
      Pattern.compile(GROUP.replace("%s", "|,|[\\u00a0\\u202f]") + "(?!,[0-9])");
  private static final Pattern SPACED =
      Pattern.compile("[0-9]{1,3}(?:[ \\u00a0\\u202f][0-9]{3})+(?![0-9/,])");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("(?:0,[0-9]+|[0-9]{4,},[0-9]+|[0-9]{1,3},[0-9]{2})(?![0-9])");
  private static final Pattern REPEATING =
      Pattern.compile("([0-9]*\\.[0-9]*)\\\\(?:overline|bar)\\s?(?:\\{([0-9]+)}|([0-9]))");
  private static final Pattern COMPARISON = Pattern.compile("<=|>=|!=|=>|=<");

  private final String text;
  private final Policies policies;
  private final boolean oneComma;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int depth;
  private boolean spaced;

  private Lexer(String text, Policies policies) {
    this.text = text;
    this.policies = policies;
    this.oneComma = text.indexOf(',') == text.lastIndexOf(',');
  }

  static List<Token> read(String text, Policies policies) {
    Lexer lexer = new Lexer(text, policies);
    while (lexer.at < text.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '~' || c == '$' || c == '\u00a0') {
      at++;
      spaced = true;
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (c == '\\') {
      command();
    } else if (Character.isLetter(c)) {
      letters();
    } else {
      sign(c);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void add(Token.Kind kind, String token) {
    tokens.add(new Token(kind, token, spaced));
    spaced = false;
  }

  private void mark(String mark) {
    switch (mark) {
      case "(", "[", "\\{", "⟨" -> depth++;
      case ")", "]", "\\}", "⟩" -> depth = Math.max(0, depth - 1);
      default -> {}
    }
    add(Token.Kind.MARK, mark);
  }

  // Numbers

  private void number() {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    char after = end < text.length() ? text.charAt(end) : ' ';
    if (",{\\ \u00a0\u202f".indexOf(after) >= 0 && end > at && grouped()) {
      return;
    }
    if (after == '.') {
      Matcher repeating = REPEATING.matcher(text).region(at, text.length());
      if (repeating.lookingAt()) {
        Optional<String> one = Optional.ofNullable(repeating.group(3));
        String digits = one.orElseGet(() -> repeating.group(2));
        at = repeating.end();
        add(Token.Kind.NUMBER, repeating.group(1) + "(" + digits + ")");
        return;
      }
    }
    plain(text.substring(at, end), end);
  }

  /// A whole part that ended at `end`, and its decimals.
  private void plain(String whole, int end) {
    int stop = end;
    if (stop + 1 < text.length() && text.charAt(stop) == '.' && isDigit(text.charAt(stop + 1))) {
      stop++;
      while (stop < text.length() && isDigit(text.charAt(stop))) {
        stop++;
      }
    }
    at = stop;
    add(Token.Kind.NUMBER, whole + text.substring(end, stop));
  }

  private boolean grouped() {
    Matcher grouped =
        (depth == 0 ? GROUPED_PLAINLY : GROUPED).matcher(text).region(at, text.length());
    boolean zero = text.charAt(at) == '0';
    if (!zero && grouped.useTransparentBounds(true).lookingAt()) {
      plain(grouped.group().replaceAll("[^0-9]", ""), grouped.end());
      return true;
    }
    Matcher spacedOut = SPACED.matcher(text).region(at, text.length());
    if (!zero && depth == 0 && spacedOut.lookingAt()) {
      plain(spacedOut.group().replaceAll("[^0-9]", ""), spacedOut.end());
      return true;
    }
    Matcher comma = DECIMAL_COMMA.matcher(text).region(at, text.length());
    if (policies.comma() == Policies.Comma.DECIMAL
        && oneComma
        && depth == 0
        && comma.lookingAt()
        && alone(comma.start(), comma.end())) {
      at = comma.end();
      add(Token.Kind.NUMBER, comma.group().replace(',', '.'));
      return true;
    }
    return false;
  }

  /// Whether there is no other number.
  private boolean alone(int from, int to) {
    return text.chars().limit(from).noneMatch(c -> isDigit((char) c))
        && text.chars().skip(to).noneMatch(c -> isDigit((char) c));
  }

  // Letters

  private void letters() {
    int end = at;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    String run = text.substring(at, end);
    for (String connective : List.of("and", "or")) {
      int length = connective.length();
      if (run.startsWith(connective)
          && (run.length() == length || Character.isUpperCase(run.charAt(length)))) {
        at += length;
        mark(",");
        return;
      }
    }
    at = end;
    word(run);
  }

  private void word(String run) {
    String lower = run.toLowerCase(Locale.ROOT);
    if (Vocabulary.FUNCTIONS.contains(run) || run.equals("sqrt")) {
      add(Token.Kind.COMMAND, run);
    } else if (run.equals("pi") || run.equals("Pi")) {
      mark("π");
    } else if (lower.equals("infinity") || run.equals("inf")) {
      mark("∞");
    } else if (Vocabulary.PERCENTS.contains(lower)) {
      mark("%");
    } else if (Vocabulary.isWord(run)) {
      add(Token.Kind.WORDS, run);
    } else {
      run.codePoints().forEach(c -> letter(Character.toString(c)));
    }
  }

  private void letter(String letter) {
    if (letter.equals("π")) {
      mark(letter);
    } else {
      add(Token.Kind.LETTER, letter);
    }
  }

  // Commands

  private void command() {
    int end = at + 1;
    while (end < text.length() && isLatin(text.charAt(end))) {
      end++;
    }
    if (end == at + 1) {
      escaped(end < text.length() ? text.charAt(end) : ' ');
      return;
    }
    String name = text.substring(at + 1, end);
    at = end;
    if (name.equals("begin") || name.equals("end")) {
      add(Token.Kind.COMMAND, name + ":" + braced().strip().replace("*", ""));
    } else if (Vocabulary.TEXTS.contains(name)) {
      words(braced());
    } else {
      named(name);
    }
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void named(String name) {
    String alias = Vocabulary.ALIASES.getOrDefault(name, name);
    Optional<String> sign = Optional.ofNullable(Vocabulary.SIGNS.get(name));
    if (Vocabulary.UNKNOWN_RELATIONS.contains(name)) {
      throw new Beyond("an unknown relation");
    } else if (sign.isPresent()) {
      mark(sign.get());
    } else if (Vocabulary.LOOKS.contains(name)) {
      spaced = true;
      if (at < text.length() && text.charAt(at) == '.' && name.matches("left|right")) {
        at++;
      }
    } else if (name.startsWith("quad")) { // \quadx, as people write it
      at -= name.length() - 4;
      spaced = true;
    } else {
      add(Token.Kind.COMMAND, alias);
    }
  }

  /// A backslash and one character.
  private void escaped(char c) {
    at += 2;
    switch (c) {
      case '{', '}' -> mark("\\" + c);
      case '%' -> mark("%");
      case '$' -> add(Token.Kind.WORDS, "$");
      case '\\' -> mark("\\\\");
      case '|' -> mark("|");
      default -> spaced = true;
    }
  }

  /// The inside of the braces that come next, or the one character.
  private String braced() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at >= text.length() || text.charAt(at) != '{') {
      String one = at < text.length() ? text.substring(at, at + 1) : "";
      at += one.length();
      return one;
    }
    int open = 0;
    for (int i = at; i < text.length(); i++) {
      open += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (open == 0) {
        String inside = text.substring(at + 1, i);
        at = i + 1;
        return inside;
      }
    }
    throw new Beyond("a brace that does not close");
  }

  /// Text within mathematics: words, or mathematics in upright letters.
  private void words(String inside) {
    String said = inside.strip().replaceAll("\\s+", " ");
    String lower = said.toLowerCase(Locale.ROOT);
    if (said.isEmpty()) {
      spaced = true;
    } else if (lower.matches(",? ?(?:and|or) ?,?|,")) {
      mark(",");
    } else if (Vocabulary.PERCENTS.contains(lower)) {
      mark("%");
    } else if (said.matches("(?s).*\\p{L}{2}.*") && said.indexOf('\\') < 0) {
      proper(said);
    } else {
      inside(said);
    }
  }

  /// Words, unless they are lists such as `12 and 13` in one piece.
  private void proper(String said) {
    if (said.matches("[^\\p{L}]*[0-9].*") && said.length() < Budget.LENGTH) {
      inside(said);
    } else {
      add(Token.Kind.WORDS, said);
    }
  }

  private void inside(String said) {
    boolean first = true;
    for (Token token : read(said, policies)) {
      tokens.add(first ? new Token(token.kind(), token.text(), spaced) : token);
      first = false;
    }
    spaced = false;
  }

  // Signs

  private void sign(char c) {
    Matcher comparison = COMPARISON.matcher(text).region(at, text.length());
    if ((c == '<' || c == '>' || c == '!' || c == '=') && comparison.lookingAt()) {
      at += 2;
      mark(
          switch (comparison.group()) {
            case "<=", "=<" -> "≤";
            case ">=" -> "≥";
            case "!=" -> "≠";
            default -> throw new Beyond("an arrow");
          });
      return;
    }
    at++;
    switch (c) {
      case '²' -> power("2");
      case '³' -> power("3");
      case '½' -> half();
      case '€', '£', '¥' -> add(Token.Kind.WORDS, "$");
      case '"', '“', '”', '`' -> spaced = true;
      default -> mark(Vocabulary.CHARACTERS.getOrDefault(c, Character.toString(c)));
    }
  }

  private void power(String exponent) {
    mark("^");
    add(Token.Kind.NUMBER, exponent);
  }

  private void half() {
    add(Token.Kind.COMMAND, "frac");
    add(Token.Kind.NUMBER, "12");
  }
}
