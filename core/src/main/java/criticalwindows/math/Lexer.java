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
  private static final Pattern MARKED =
      Pattern.compile("[1-9][0-9]{0,2}(?:(?:['’][0-9]{3})+|(?:_[0-9]{3})+)(?![0-9'’_])");
  private static final Pattern EXPONENT =
      Pattern.compile("[eE]([+\\-−]?)([0-9]{1,5})(?![\\p{L}0-9_^{(]|\\.[0-9])");
  private static final Pattern TIMES_SPACED = Pattern.compile("\\s+[0-9.]");
  private static final Pattern TIMES_POWER =
      Pattern.compile("\\s*10\\s?(?:\\^|\\*\\*|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])");
  private static final Pattern BASE =
      Pattern.compile(
          "\\(?\\s?(?:in\\s)?base[\\s~-]+([0-9]{1,2}|[A-Za-z]+)\\s?\\)?(?![\\p{L}0-9])");
  private static final Pattern COMPARISON = Pattern.compile("<=|>=|!=|=>|=<");

  private final String text;
  private final Policies policies;
  private final boolean oneComma;
  private final List<MathToken> tokens = new ArrayList<>();
  private int at;
  private int depth;
  private boolean spaced;

  private Lexer(String text, Policies policies) {
    this.text = text;
    this.policies = policies;
    this.oneComma = text.indexOf(',') == text.lastIndexOf(',');
  }

  static List<MathToken> read(String text, Policies policies) {
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
    } else if (Scripts.is(c)) {
      script();
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

  private void add(MathToken.Kind kind, String token) {
    tokens.add(new MathToken(kind, token, spaced));
    spaced = false;
  }

  private void mark(String mark) {
    switch (mark) {
      case "(", "[", "\\{", "⟨" -> depth++;
      case ")", "]", "\\}", "⟩" -> depth = Math.max(0, depth - 1);
      default -> {}
    }
    add(MathToken.Kind.MARK, mark);
  }

  // Numbers

  private void number() {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    char after = end < text.length() ? text.charAt(end) : ' ';
    if (",{\\ \u00a0\u202f'’_".indexOf(after) >= 0 && end > at && grouped()) {
      return;
    }
    if (after == '.') {
      Matcher repeating = REPEATING.matcher(text).region(at, text.length());
      if (repeating.lookingAt()) {
        Optional<String> one = Optional.ofNullable(repeating.group(3));
        String digits = one.orElseGet(() -> repeating.group(2));
        at = repeating.end();
        add(MathToken.Kind.NUMBER, repeating.group(1) + "(" + digits + ")");
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
    String digits = whole + text.substring(end, stop);
    Matcher exponent =
        EXPONENT.matcher(text).region(stop, text.length()).useTransparentBounds(true);
    int start = at;
    at = stop;
    if (exponent.lookingAt() && scientific(exponent, digits, start)) {
      scientific(digits, exponent);
    } else {
      add(MathToken.Kind.NUMBER, digits);
    }
  }

  /// `3e8` and `1.5e-3`, but in `2e-1` beside other numbers e is Euler's.
  private boolean scientific(Matcher exponent, String digits, int start) {
    String sign = exponent.group(1);
    return sign.isEmpty() || digits.indexOf('.') >= 0 || alone(start, exponent.end());
  }

  private void scientific(String digits, Matcher exponent) {
    at = exponent.end();
    mark("(");
    add(MathToken.Kind.NUMBER, digits);
    mark("*");
    add(MathToken.Kind.NUMBER, "10");
    raised(exponent.group(1).matches("[-−]") ? "-" : "", exponent.group(2));
    mark(")");
  }

  /// The exponent of what stands before.
  private void raised(String sign, String digits) {
    mark("^");
    mark("{");
    if (!sign.isEmpty()) {
      mark(sign);
    }
    add(
        Character.isDigit(digits.charAt(0)) ? MathToken.Kind.NUMBER : MathToken.Kind.LETTER,
        digits);
    mark("}");
  }

  /// Small digits above or below the line.
  private void script() {
    int end = at;
    while (end < text.length() && Scripts.joins(text.charAt(at), text.charAt(end))) {
      end++;
    }
    String plain = Scripts.plain(text.substring(at, end));
    boolean above = Scripts.above(text.charAt(at));
    at = end;
    boolean negative = plain.startsWith("-");
    String digits = negative || plain.startsWith("+") ? plain.substring(1) : plain;
    if (!digits.matches("[0-9]+|[a-z]")) {
      throw new Beyond("small characters that are no number");
    }
    if (above) {
      raised(negative ? "-" : "", digits);
    } else {
      index(digits);
    }
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
    Matcher marked = MARKED.matcher(text).region(at, text.length());
    if (marked.lookingAt()) {
      plain(marked.group().replaceAll("[^0-9]", ""), marked.end());
      return true;
    }
    Matcher comma = DECIMAL_COMMA.matcher(text).region(at, text.length());
    if (policies.comma() == Policies.Comma.DECIMAL
        && oneComma
        && depth == 0
        && comma.lookingAt()
        && alone(comma.start(), comma.end())) {
      at = comma.end();
      add(MathToken.Kind.NUMBER, comma.group().replace(',', '.'));
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
    if (MathWords.isBlackboard(text.charAt(at))) {
      add(MathToken.Kind.LETTER, text.substring(at, at + 1));
      at++;
      return;
    }
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
        mark(connective);
        return;
      }
    }
    if (run.equalsIgnoreCase("x") && multiplies(end)) {
      at = end;
      mark("*");
    } else if (!unit() && !base()) {
      at = end;
      word(run);
    }
  }

  /// Whether an x stands for a multiplication sign: `3 x 4`, `3x10^8`.
  private boolean multiplies(int end) {
    return behindNumber()
        && ((TIMES_SPACED.matcher(text).region(end, text.length()).lookingAt() && spaced)
            || TIMES_POWER.matcher(text).region(end, text.length()).lookingAt());
  }

  /// `m/s` or `m²` after a number and a space, `C` after a degree sign.
  private boolean unit() {
    Matcher plain = found(UnitWords.PLAIN);
    if (behindNumber() && plain.lookingAt() && (spaced || plain.group(1).length() > 1)) {
      return unit(plain);
    }
    Matcher raised = found(UnitWords.RAISED);
    if (behindNumber()
        && raised.lookingAt()
        && (spaced || raised.group(1).length() > 1 || behindDecimals())) {
      return unit(raised);
    }
    Matcher scale = found(UnitWords.SCALE);
    return UnitWords.behindDegrees(tokens) && scale.lookingAt() && unit(scale);
  }

  private Matcher found(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
  }

  private boolean unit(Matcher found) {
    at = found.end();
    add(MathToken.Kind.WORDS, found.group());
    return true;
  }

  /// Whether a number with decimals came last: an amount, hardly a coefficient.
  private boolean behindDecimals() {
    return tokens.getLast().text().contains(".");
  }

  /// `base two` after a number.
  private boolean base() {
    Matcher base = BASE.matcher(text).region(at, text.length());
    boolean based = behindNumber() && base.useTransparentBounds(true).lookingAt();
    if (based) {
      at = base.end();
      index(base.group(1));
    }
    return based;
  }

  private boolean behindNumber() {
    return !tokens.isEmpty() && tokens.getLast().kind() == MathToken.Kind.NUMBER;
  }

  private void index(String below) {
    mark("_");
    mark("{");
    add(MathToken.Kind.WORDS, below);
    mark("}");
  }

  private void word(String run) {
    String lower = run.toLowerCase(Locale.ROOT);
    if (MathWords.FUNCTIONS.contains(run) || run.equals("sqrt")) {
      add(MathToken.Kind.COMMAND, run);
    } else if (run.equals("pi") || run.equals("Pi")) {
      mark("π");
    } else if (lower.equals("infinity") || run.equals("inf")) {
      mark("∞");
    } else if (MathWords.PERCENTS.contains(lower)) {
      mark("%");
    } else if (lower.equals("mod")) {
      add(MathToken.Kind.COMMAND, "mod");
    } else if (MathWords.isWord(run)) {
      add(MathToken.Kind.WORDS, run);
    } else {
      run.codePoints().forEach(c -> letter(Character.toString(c)));
    }
  }

  private void letter(String letter) {
    if (letter.equals("π")) {
      mark(letter);
    } else {
      add(MathToken.Kind.LETTER, letter);
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
    if (name.equals("mathbb") || name.equals("Bbb")) {
      add(MathToken.Kind.LETTER, MathWords.blackboard(braced().strip()));
    } else if (name.equals("begin") || name.equals("end")) {
      add(MathToken.Kind.COMMAND, name + ":" + braced().strip().replace("*", ""));
    } else if (MathWords.TEXTS.contains(name)) {
      words(braced());
    } else {
      named(name);
    }
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void named(String name) {
    String alias = MathWords.ALIASES.getOrDefault(name, name);
    Optional<String> sign = Optional.ofNullable(MathWords.SIGNS.get(name));
    if (MathWords.UNKNOWN_RELATIONS.contains(name)) {
      throw new Beyond("an unknown relation");
    } else if (sign.isPresent()) {
      mark(sign.get());
    } else if (MathWords.LOOKS.contains(name)) {
      spaced = true;
      if (at < text.length() && text.charAt(at) == '.' && name.matches("left|right")) {
        at++;
      }
    } else if (name.startsWith("quad")) { // \quadx, as people write it
      at -= name.length() - 4;
      spaced = true;
    } else {
      add(MathToken.Kind.COMMAND, alias);
    }
  }

  /// A backslash and one character.
  private void escaped(char c) {
    at += 2;
    switch (c) {
      case '{', '}' -> mark("\\" + c);
      case '%' -> mark("%");
      case '$' -> add(MathToken.Kind.WORDS, "$");
      case '\\' -> mark("\\\\");
      case '|' -> mark("|");
      case '*' -> {
        at--;
        spaced = true;
      }
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
    String said = inside.replace('~', ' ').strip().replaceAll("\\s+", " ");
    String lower = said.toLowerCase(Locale.ROOT);
    if (said.isEmpty()) {
      spaced = true;
    } else if (lower.matches(",? ?(?:and|or) ?,?|,")) {
      mark(lower.contains("and") ? "and" : lower.contains("or") ? "or" : ",");
    } else if (MathWords.PERCENTS.contains(lower)) {
      mark("%");
    } else if (lower.equals("mod")) {
      add(MathToken.Kind.COMMAND, "mod");
    } else if (lower.matches("(?:in )?base") && behindNumber()) {
      mark("_");
    } else if (BASE.matcher(lower).matches() && behindNumber()) {
      index(BASE.matcher(lower).replaceAll("$1"));
    } else if (UnitWords.are(inside, tokens)) {
      add(MathToken.Kind.WORDS, said);
    } else if (said.matches("(?s).*\\p{L}{2}.*") && said.indexOf('\\') < 0) {
      proper(said);
    } else {
      inside(said);
    }
  }

  /// Words, unless they are lists such as `12 and 13` in one piece.
  private void proper(String said) {
    if (said.matches("[^\\p{L}]*[0-9].*") && said.length() < WorkLimits.LENGTH) {
      inside(said);
    } else {
      add(MathToken.Kind.WORDS, said);
    }
  }

  private void inside(String said) {
    boolean first = true;
    for (MathToken token : read(said, policies)) {
      tokens.add(first ? new MathToken(token.kind(), token.text(), spaced) : token);
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
    if (c == '(' && base()) {
      return;
    }
    at++;
    switch (c) {
      case '½' -> fraction("12");
      case '*' -> stars();
      case '€', '£', '¥' -> add(MathToken.Kind.WORDS, "$");
      case '"', '“', '”', '`' -> spaced = true;
      default -> mark(MathWords.CHARACTERS.getOrDefault(c, Character.toString(c)));
    }
  }

  private void fraction(String digits) {
    add(MathToken.Kind.COMMAND, "frac");
    add(MathToken.Kind.NUMBER, digits);
  }

  /// Asterisks between two operands multiply, or raise to a power where they are two; others are
  /// emphasis.
  private void stars() {
    int start = at - 1;
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    int count = at - start;
    if (count > 2 || !Stars.between(text, start, at)) {
      spaced = true;
    } else {
      mark(count == 1 ? "*" : "^");
    }
  }
}
