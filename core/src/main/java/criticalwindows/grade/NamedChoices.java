package criticalwindows.grade;

import criticalwindows.dataset.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which of a problem's choices a place in a text names: by its label, by what it says, or by both.
/// Work at a place is bounded by the length of the longest choice.
final class NamedChoices {
  /// What a place names.
  ///
  /// @param answer a choice, or why none is named
  /// @param end where the naming ends in the text; where it begins, if nothing is named
  record Found(Answer answer, int end) {
    boolean readable() {
      return answer.readable();
    }
  }

  private static final int FILLERS = 6;
  private static final int SPACE = 80;

  private static final Pattern DECORATION =
      Pattern.compile(
          "(?:[\\s\\p{Z}*_$`\"“”'’‘„«»:：=＝>~{#]|\\\\[(\\[,;!"
              + " ]|\\\\(?:text(?:bf|rm)?|math(?:rm|bf|sf)|f?boxed)"
              + "(?![a-zA-Z])|(?:--?|[–—])\\s|</?(?:b|i|u|em|p|strong|code|span)>)++");
  private static final Pattern FILLER =
      Pattern.compile(
          "(?:(?iu:"
              + Phrases.FILLER
              + "|"
              + Phrases.OPTION
              + ")(?![\\p{IsLatin}\\p{IsCyrillic}\\p{N}])|"
              + Phrases.OPTION_UNSPACED
              + "|l['’])");
  private static final Pattern MARKS = Pattern.compile("(?:[*_$`\"“”'’»}\\]]|\\\\[)\\]])*+");
  private static final Pattern BETWEEN =
      Pattern.compile("(?:[\\s\\p{Z}*_$`\"“”'’‘.:：,，。、；)\\]}({>~-]|[–—]\\s)*+");
  private static final Pattern TEXT_END =
      Pattern.compile(
          "(?:[*_$`\"“”'’»}\\])]|\\\\[)\\]])*+(?:$|[.!?:;,。，；：！？…](?!\\p{N})|[ \\t]*+[\\r"
              + "\\n"
              + "]|\\s*+(?:<|\\()|\\s--?\\s|\\s?[–—]\\s?|\\s++(?iu:because|since|which|rather|due"
              + " to|instead|therefore|not|but|so|as"
              + "|based|given|here)(?!\\p{L})|(?:です|だ|である|입니다|이다)|\\s(?:है))");
  private static final Pattern JOINED =
      Pattern.compile(
          "(?iu)(?:[\\s)\\]*_$\"”}])*+(?:(?:,\\s*+)?(?:and|or|y|o|et|ou|und|oder|e|и|или|dan|atau"
              + "|as well as)(?!\\p{L})|[,/&、，+;]|和|或|及)\\s*+");
  private static final Pattern ENDS =
      Pattern.compile(
          "(?:[)\\]}*_$\"”’']|\\\\[)\\]])*+(?:$|[.!?;:。,，、](?!\\p{N})|\\s*+[\\r"
              + "\\n"
              + "]|\\s*+(?:and|or|are|were|both|could|might|seem|look|remain|can)(?!\\p{L})|\\s?[和或都])");
  private static final Pattern DENIED =
      Pattern.compile("(?iu)[\\s*_:]*+(?:" + Phrases.NOT + "(?!\\p{IsLatin}))");
  private static final Pattern RULED_OUT =
      Pattern.compile(
          "(?iu)(?:[)\\]*_\"”’'])*+\\s*+(?:[:：,，]\\s*+|--?\\s|[-–—]\\s)?(?:(?:is|are|was|can|could|does|would|must|seems|looks)\\s?(?:clearly"
              + " |also |therefore |definitely |probably |simply |just |be"
              + " ){0,2}(?:not|n['’]t|wrong|incorrect|false|out(?!\\p{L})|eliminated|ruled"
              + " out|impossible|excluded)|(?:is|doesn|isn|can|cannot|couldn|wasn)(?:n['’]t|['’]t)"
              + "|(?:wrong|incorrect|no|false|nope|cannot)(?!\\p{L})|(?:选项|项)?(?:明显|显然|也)?(?:不对|错|不正确|不是正确|不是答案|是错|不可能|不成立|不符|不选)|ist"
              + " falsch|est faux|est fausse|es incorrect|é incorret|неверн|[❌✗✘])");

  private final List<Choice> choices;
  private final Labels labels;
  private final List<Words> texts;
  private final int longest;

  NamedChoices(List<Choice> choices) {
    this.choices = List.copyOf(choices);
    this.labels = new Labels(this.choices);
    this.texts = choices.stream().map(choice -> Words.of(choice.text())).toList();
    this.longest = choices.stream().mapToInt(choice -> choice.text().length()).max().orElse(0);
  }

  /// How many characters behind a place can matter.
  int reach() {
    return 2 * longest + SPACE;
  }

  /// What a place of a text names.
  Found at(String text, int from, Labels.Care care) {
    List<Integer> starts = starts(text, from);
    Found quoted = quoted(text, starts);
    Found label = labelled(text, starts.getLast(), care);
    int article = article(text, starts.getLast()) ? 1 : 0; // "A DNA sequence" as a whole
    boolean longer =
        quoted.readable() && (!label.readable() || quoted.end() + article > label.end());
    Found found = longer ? quoted : label;
    if (!found.readable()) {
      return DENIED.matcher(text).region(from, text.length()).lookingAt()
          ? new Found(Unreadable.DENIED, from)
          : found;
    }
    if (!longer && matches(RULED_OUT, text, found.end())) {
      return new Found(Unreadable.DENIED, from);
    }
    return several(text, found, care) ? new Found(Unreadable.SEVERAL, found.end()) : found;
  }

  private static boolean article(String text, int at) {
    return text.startsWith("A ", at)
        && at + 2 < text.length()
        && Character.isLetter(text.charAt(at + 2));
  }

  /// Where an answer may begin: here, and behind each word that says nothing of it.
  private static List<Integer> starts(String text, int from) {
    List<Integer> starts = new ArrayList<>();
    Matcher decoration = DECORATION.matcher(text);
    Matcher filler = FILLER.matcher(text);
    int at = past(decoration, from, text);
    starts.add(at);
    while (starts.size() < FILLERS && filler.region(at, text.length()).lookingAt()) {
      at = past(decoration, filler.end(), text);
      starts.add(at);
    }
    return starts;
  }

  private static int past(Matcher skipped, int from, String text) {
    return skipped.region(from, text.length()).lookingAt() ? skipped.end() : from;
  }

  /// The choice whose text stands at one of the places; the longest, where one is the beginning of
  /// another.
  private Found quoted(String text, List<Integer> starts) {
    Found best = new Found(Unreadable.NO_CHOICE, starts.getFirst());
    for (int start : starts) {
      Words said = Words.of(text, start, Math.min(text.length(), start + reach()));
      Found found = quoted(text, said);
      best = found.readable() && (!best.readable() || found.end() > best.end()) ? found : best;
    }
    return best;
  }

  private Found quoted(String text, Words said) {
    int longestEnd = -1;
    List<Choice> exact = new ArrayList<>();
    List<Choice> like = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      int end = texts.get(i).isEmpty() ? -1 : texts.get(i).endIn(said);
      int bare =
          texts.get(i).isEmpty() ? -1 : texts.get(i).withoutArticle().endIn(said.withoutArticle());
      int far = Math.max(end, bare);
      if (far < 0 || far < longestEnd || !matches(TEXT_END, text, far) || open(text, i, far)) {
        continue;
      }
      if (far > longestEnd) {
        exact.clear();
        like.clear();
        longestEnd = far;
      }
      (end == far ? exact : like).add(choices.get(i));
    }
    List<Choice> same = exact.isEmpty() ? like : exact;
    return same.size() == 1
        ? new Found(
            new Answer.Label(same.getFirst().label()), asked(text, same.getFirst(), longestEnd))
        : new Found(Unreadable.NO_CHOICE, 0);
  }

  /// Whether a text may go on as that of another choice does: "Yes, they do" where "Yes" and "Yes,
  /// it did" are choices.
  private boolean open(String text, int index, int end) {
    return text.startsWith(",", end)
        && texts.stream()
            .filter(other -> other.all().size() > texts.get(index).all().size())
            .anyMatch(other -> texts.get(index).endIn(other) >= 0);
  }

  /// Behind the question mark with which a choice itself ends.
  private static int asked(String text, Choice choice, int end) {
    return choice.text().strip().endsWith("?") && text.startsWith("?", end) ? end + 1 : end;
  }

  /// The choice whose label stands at a place, what it says behind it included.
  private Found labelled(String text, int start, Labels.Care care) {
    for (int i = 0; i < choices.size(); i++) {
      int end = own(text, start, i);
      if (end >= 0) {
        Choice choice = choices.get(i);
        return new Found(new Answer.Label(choice.label()), asked(text, choice, end));
      }
    }
    Optional<Labels.Label> label = labels.at(text, start, care);
    if (label.isEmpty()) {
      return new Found(Unreadable.NO_CHOICE, start);
    }
    Answer answer =
        label
            .get()
            .choice()
            .<Answer>map(choice -> new Answer.Label(choice.label()))
            .orElse(Unreadable.NO_SUCH_CHOICE);
    return new Found(answer, label.get().end());
  }

  /// Where a choice's label with its own text behind it ends; -1 where they do not stand here.
  int own(String text, int start, int index) {
    String label = choices.get(index).label();
    int from = start < text.length() && "([{".indexOf(text.charAt(start)) >= 0 ? start + 1 : start;
    if (texts.get(index).isEmpty() || !text.regionMatches(false, from, label, 0, label.length())) {
      return -1;
    }
    int behind = from + label.length();
    int words = past(BETWEEN.matcher(text), behind, text);
    if (words == behind) {
      return -1;
    }
    int end =
        texts.get(index).endIn(Words.of(text, words, Math.min(text.length(), words + reach())));
    boolean bare = words == behind + 1 && text.charAt(behind) == ' ' && from == start;
    boolean word = bare && (label.equals("A") || label.equals("I"));
    return end >= 0 && (!word || whole(text, end)) ? end : -1;
  }

  private static boolean whole(String text, int end) {
    return matches(TEXT_END, text, end);
  }

  /// Whether another choice is named along with this one: "A or B".
  private boolean several(String text, Found found, Labels.Care care) {
    int behind = past(MARKS.matcher(text), found.end(), text);
    Matcher joined = JOINED.matcher(text).region(behind, text.length());
    if (!joined.lookingAt()) {
      return false;
    }
    List<Integer> starts = starts(text, joined.end());
    Found label = labelled(text, starts.getLast(), care);
    Found next = label.readable() ? label : quoted(text, starts);
    boolean other = next.readable() && !next.answer().equals(found.answer());
    return other && matches(ENDS, text, next.end());
  }

  static boolean matches(Pattern pattern, String text, int place) {
    return pattern.matcher(text).region(place, text.length()).lookingAt();
  }
}
