package criticalwindows.math;

import java.util.Map;
import java.util.Set;

/// The words of the notation: what commands, signs and runs of letters mean.
final class MathWords {
  /// Commands whose argument is text.
  static final Set<String> TEXTS =
      Set.of(
          "text",
          "textbf",
          "textit",
          "textrm",
          "textsf",
          "texttt",
          "textnormal",
          "mbox",
          "hbox",
          "mathrm",
          "mathbf",
          "mathit",
          "mathsf",
          "mathcal",
          "operatorname",
          "boldsymbol",
          "emph");

  /// Commands that change nothing but the looks.
  static final Set<String> LOOKS =
      Set.of(
          "left",
          "right",
          "big",
          "Big",
          "bigg",
          "Bigg",
          "bigl",
          "bigr",
          "Bigl",
          "Bigr",
          "biggl",
          "biggr",
          "displaystyle",
          "textstyle",
          "scriptstyle",
          "limits",
          "nolimits",
          "quad",
          "qquad",
          "boxed",
          "fbox",
          "mathop",
          "rm",
          "bf",
          "it",
          "middle");

  /// Commands that are another way to write a sign or a command.
  static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("le", "≤"),
          Map.entry("leq", "≤"),
          Map.entry("leqslant", "≤"),
          Map.entry("ge", "≥"),
          Map.entry("geq", "≥"),
          Map.entry("geqslant", "≥"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("ne", "≠"),
          Map.entry("neq", "≠"),
          Map.entry("approx", "≈"),
          Map.entry("in", "∈"),
          Map.entry("equiv", "≡"),
          Map.entry("cup", "∪"),
          Map.entry("setminus", "∖"),
          Map.entry("smallsetminus", "∖"),
          Map.entry("backslash", "∖"),
          Map.entry("mid", "∣"),
          Map.entry("cdot", "*"),
          Map.entry("times", "*"),
          Map.entry("div", "/"),
          Map.entry("pm", "±"),
          Map.entry("mp", "∓"),
          Map.entry("infty", "∞"),
          Map.entry("pi", "π"),
          Map.entry("circ", "°"),
          Map.entry("degree", "°"),
          Map.entry("prime", "'"),
          Map.entry("colon", ":"),
          Map.entry("lbrace", "\\{"),
          Map.entry("rbrace", "\\}"),
          Map.entry("langle", "⟨"),
          Map.entry("rangle", "⟩"),
          Map.entry("vert", "|"),
          Map.entry("lvert", "|"),
          Map.entry("rvert", "|"));

  /// Commands that relate what stands around them in a way that is not known here.
  static final Set<String> UNKNOWN_RELATIONS =
      Set.of(
          "cong",
          "sim",
          "simeq",
          "propto",
          "parallel",
          "perp",
          "subset",
          "subseteq",
          "supset",
          "notin",
          "to",
          "rightarrow",
          "Rightarrow",
          "leftarrow",
          "Leftarrow",
          "mapsto",
          "implies",
          "iff",
          "leftrightarrow",
          "Leftrightarrow",
          "longrightarrow",
          "forall",
          "exists",
          "land",
          "lor",
          "cap",
          "because",
          "therefore");

  static final Map<String, String> ALIASES =
      Map.of(
          "dfrac", "frac", "tfrac", "frac", "cfrac", "frac", "dbinom", "binom", "tbinom", "binom");

  /// Characters that are another way to write a sign.
  static final Map<Character, String> CHARACTERS =
      Map.ofEntries(
          Map.entry('−', "-"),
          Map.entry('–', "-"),
          Map.entry('‐', "-"),
          Map.entry('‑', "-"),
          Map.entry('﹣', "-"),
          Map.entry('－', "-"),
          Map.entry('·', "*"),
          Map.entry('⋅', "*"),
          Map.entry('×', "*"),
          Map.entry('∙', "*"),
          Map.entry('÷', "/"),
          Map.entry('⁄', "/"),
          Map.entry('∕', "/"),
          Map.entry('º', "°"),
          Map.entry('℃', "°"),
          Map.entry('℉', "°"),
          Map.entry('′', "'"),
          Map.entry('’', "'"),
          Map.entry('，', ","),
          Map.entry('；', ";"),
          Map.entry('：', ":"));

  /// Functions that may be written without a backslash.
  static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos",
          "arctan", "ln", "log", "lg", "exp", "gcd", "lcm", "max", "min", "det");

  private static final Map<String, String> BLACKBOARD =
      Map.of("R", "ℝ", "Z", "ℤ", "N", "ℕ", "Q", "ℚ", "C", "ℂ");

  static final Set<String> PERCENTS = Set.of("percent", "percents", "pct", "percentage");

  /// Short words that are units, not products of variables.
  static final Set<String> UNITS =
      Set.of(
          "cm", "mm", "km", "nm", "kg", "mg", "lb", "lbs", "oz", "ft", "yd", "mi", "mph", "kph",
          "hr", "hrs", "sec", "min", "ml", "sq", "cu", "am", "pm", "usd", "eur", "deg", "rad");

  /// Short words of sentences.
  private static final Set<String> SHORT_WORDS =
      Set.of(
          "so", "it", "is", "we", "of", "to", "in", "no", "at", "on", "by", "as", "if", "my", "he",
          "be", "do", "an", "up", "us", "me", "go", "oh", "ok");

  /// Letters that people multiply.
  private static final String[] VARIABLES = {"abcd", "wxyz", "pqrs", "klmn", "rst", "uvw"};

  private MathWords() {}

  /// Whether a run of letters is words and not a product of variables.
  static boolean isWord(String run) {
    String lower = run.toLowerCase(java.util.Locale.ROOT);
    if (UNITS.contains(lower) || SHORT_WORDS.contains(lower)) {
      return true;
    }
    if (run.codePointAt(0) > 0x250) {
      return !isGreek(run.codePointAt(0));
    }
    if (run.length() < 3 || run.equals(run.toUpperCase(java.util.Locale.ROOT))) {
      return run.length() > 4;
    }
    for (String variables : VARIABLES) {
      if (lower.chars().allMatch(c -> variables.indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }

  /// The letter that names a set of numbers: `ℝ`.
  static String blackboard(String letter) {
    return BLACKBOARD.getOrDefault(letter, "\\mathbb " + letter);
  }

  static boolean isBlackboard(char c) {
    return BLACKBOARD.containsValue(Character.toString(c));
  }

  private static boolean isGreek(int c) {
    return c >= 0x370 && c < 0x400;
  }
}
