package criticalwindows.explain;

import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which kinds of token a response is made of, by plain rules on its English text.
///
/// @param response as it reads
/// @param labels of the problem's choices, none where it has none
public record KindReader(Written response, Set<String> labels) {
  private static final Set<String> CONCLUSIONS =
      Set.of("so", "thus", "therefore", "hence", "then", "consequently", "accordingly", "implies");
  private static final Set<String> TURNS =
      Set.of(
          "wait",
          "but",
          "however",
          "actually",
          "hmm",
          "instead",
          "alternatively",
          "although",
          "though",
          "yet",
          "mistake",
          "wrong",
          "recheck",
          "oops");
  private static final Set<String> REASONS =
      Set.of("because", "since", "if", "given", "suppose", "assume", "unless", "as");
  private static final Set<String> QUANTIFIERS =
      Set.of(
          "all", "some", "no", "not", "none", "every", "each", "any", "only", "never", "always",
          "either", "neither", "both", "most", "cannot");
  private static final String SIGNS = "+−×÷·*/=<>≤≥≠≈^%√±∑∏∫-";
  private static final String BETWEEN_WORDS = "-*/·";
  private static final Pattern CALCULATES = Pattern.compile("\\d\\s*[+−×÷·*/<>≤≥-]\\s*\\d");

  /// Letters of a word that are looked at on both sides of one: a text can be one word.
  private static final int WORD = 100;

  private static final Pattern ANSWERS = Pattern.compile("\\b(answer|option|choice)s?\\b");

  public KindReader {
    labels = Set.copyOf(labels);
    response = new Written(response.text(), grown(response.ends()));
  }

  /// Where tokens end, each at least where the one before does.
  private static List<Integer> grown(List<Integer> ends) {
    List<Integer> grown = new ArrayList<>();
    int last = 0;
    for (int end : ends) {
      last = Math.max(last, end);
      grown.add(last);
    }
    return grown;
  }

  /// The kinds of each token, in order.
  public List<Set<TokenKind>> kinds() {
    List<Set<TokenKind>> kinds = new ArrayList<>();
    List<Integer> starts = starts();
    for (int s = 0; s < starts.size(); s++) {
      int end = s + 1 < starts.size() ? starts.get(s + 1) : response.ends().size();
      sentence(starts.get(s), end, kinds);
    }
    return kinds;
  }

  /// The first tokens of all sentences, the first of them 0.
  private List<Integer> starts() {
    int length = response.ends().size();
    return new CutPlan.Sentences().cuts(length, () -> response).stream().map(Cut::kept).toList();
  }

  private void sentence(int from, int to, List<Set<TokenKind>> kinds) {
    int begin = start(from);
    while (begin < start(to) && !Character.isLetterOrDigit(text().charAt(begin))) {
      begin++;
    }
    Set<TokenKind> step = step(text().substring(start(from), start(to)), word(begin));
    boolean begun = false;
    for (int token = from; token < to; token++) {
      Set<TokenKind> here = EnumSet.noneOf(TokenKind.class);
      here.addAll(step);
      here.addAll(alone(token, begin));
      if (!begun && !piece(token).isBlank()) {
        here.add(TokenKind.SENTENCE_START);
        begun = true;
      }
      kinds.add(here);
    }
  }

  /// What a sentence is.
  private static Set<TokenKind> step(String sentence, String first) {
    Set<TokenKind> step = EnumSet.noneOf(TokenKind.class);
    add(step, TokenKind.IN_CALCULATION, calculates(sentence));
    add(step, TokenKind.IN_CONCLUSION, CONCLUSIONS.contains(lower(first)));
    add(step, TokenKind.IN_TURN, TURNS.contains(lower(first)));
    add(step, TokenKind.IN_ANSWER, ANSWERS.matcher(lower(sentence)).find());
    return step;
  }

  /// Whether a line has an equals sign and a digit, or two numbers with a sign between them.
  private static boolean calculates(String sentence) {
    return CALCULATES.matcher(sentence).find()
        || sentence
            .lines()
            .anyMatch(
                line -> line.indexOf('=') >= 0 && line.chars().anyMatch(c -> c >= '0' && c <= '9'));
  }

  /// What a token is by itself or by the word it stands in.
  ///
  /// @param begin where the first word of its sentence begins
  private Set<TokenKind> alone(int token, int begin) {
    Set<TokenKind> kinds = EnumSet.noneOf(TokenKind.class);
    int letter = start(token);
    while (letter < start(token + 1) && !Character.isLetter(text().charAt(letter))) {
      letter++;
    }
    boolean digit = piece(token).chars().anyMatch(Character::isDigit);
    boolean sign = sign(token);
    add(kinds, TokenKind.NUMBER, digit);
    if (letter < start(token + 1)) {
      kinds.addAll(ofWord(letter, begin));
    } else {
      add(kinds, TokenKind.PUNCTUATION, !digit && !sign && !piece(token).isBlank());
    }
    add(kinds, TokenKind.OPERATOR, sign);
    return kinds;
  }

  private Set<TokenKind> ofWord(int letter, int begin) {
    Set<TokenKind> kinds = EnumSet.noneOf(TokenKind.class);
    int first = first(letter);
    String word = word(letter);
    String small = lower(word);
    boolean label = labels.contains(word) && (first != begin || closed(first + word.length()));
    boolean command = first > 0 && text().charAt(first - 1) == '\\';
    add(kinds, TokenKind.OPTION, label);
    add(kinds, TokenKind.OPERATOR, command);
    add(kinds, TokenKind.NAME, !label && !command && first != begin && name(word));
    add(kinds, TokenKind.CONCLUSION, CONCLUSIONS.contains(small));
    add(kinds, TokenKind.TURN, TURNS.contains(small));
    add(kinds, TokenKind.REASON, REASONS.contains(small));
    add(kinds, TokenKind.QUANTIFIER, QUANTIFIERS.contains(small) || small.endsWith("n't"));
    return kinds;
  }

  private static boolean name(String word) {
    return word.length() > 1 && Character.isUpperCase(word.charAt(0)) && !word.startsWith("I'");
  }

  /// Whether a label that begins its sentence is marked as one: `(A)`, `A.`, `A:`.
  private boolean closed(int end) {
    return end < text().length() && ").:".indexOf(text().charAt(end)) >= 0;
  }

  /// Whether the token has a sign that is not part of a word or of emphasis.
  private boolean sign(int token) {
    for (int i = start(token); i < start(token + 1); i++) {
      char here = text().charAt(i);
      boolean plain = BETWEEN_WORDS.indexOf(here) < 0 || !(joins(i) || doubled(i, here));
      if (SIGNS.indexOf(here) >= 0 && plain) {
        return true;
      }
    }
    return false;
  }

  private boolean joins(int i) {
    return isLetter(i - 1) && isLetter(i + 1);
  }

  private boolean doubled(int i, char sign) {
    return at(i - 1) == sign || at(i + 1) == sign;
  }

  private boolean isLetter(int i) {
    return Character.isLetter(at(i));
  }

  private char at(int i) {
    return i >= 0 && i < text().length() ? text().charAt(i) : ' ';
  }

  /// Where the word around a letter begins.
  private int first(int letter) {
    int first = letter;
    while (letter - first < WORD && inWord(first - 1)) {
      first--;
    }
    return first;
  }

  /// The word around a character; empty where it is in none.
  private String word(int letter) {
    int end = letter;
    while (end - letter < WORD && inWord(end)) {
      end++;
    }
    return text().substring(Math.min(first(letter), end), end).replace('’', '\'');
  }

  private boolean inWord(int i) {
    return isLetter(i) || ((at(i) == '\'' || at(i) == '’') && joins(i));
  }

  private String piece(int token) {
    return text().substring(start(token), start(token + 1));
  }

  /// Where a token begins in the text.
  private int start(int token) {
    return token == 0 ? 0 : response.ends().get(token - 1);
  }

  private String text() {
    return response.text();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void add(Set<TokenKind> kinds, TokenKind kind, boolean holds) {
    if (holds) {
      kinds.add(kind);
    }
  }
}
