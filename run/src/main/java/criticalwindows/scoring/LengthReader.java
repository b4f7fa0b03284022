package criticalwindows.scoring;

import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `length:100`, `length:50,200`, `length:500 characters`: between which limits the length of a
/// response is: `< 50 words`, `50–199 words`, `≥ 200 words`. Words are what stands between white
/// space; characters are Unicode's code points.
///
/// @param limits from which on a class begins, rising, from 1
record LengthReader(List<Integer> limits, LengthReader.Unit unit)
    implements Function<String, Outcome> {
  private static final Pattern FORM = Pattern.compile("([\\d, ]+?) *(\\p{L}*)");
  private static final int MOST_LIMITS = 20;
  private static final String HINT =
      "write length:100, length:50,200 or length:500 characters, with limits that rise";

  /// What is counted.
  enum Unit {
    WORDS,
    CHARACTERS
  }

  LengthReader {
    limits = List.copyOf(limits);
  }

  static Scorer parse(Spec spec) {
    spec.withoutMarks();
    Matcher form = FORM.matcher(spec.rest());
    if (!form.matches()) {
      throw spec.wrong("a number of words is missing", HINT);
    }
    return new TextScorer(new LengthReader(limits(spec, form.group(1)), unit(spec, form.group(2))));
  }

  private static Unit unit(Spec spec, String name) {
    return switch (name) {
      case "", "word", "words" -> Unit.WORDS;
      case "character", "characters" -> Unit.CHARACTERS;
      default -> throw spec.wrong("no unit named " + name, "count words or characters");
    };
  }

  private static List<Integer> limits(Spec spec, String list) {
    List<String> parts = Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    List<Integer> limits = new ArrayList<>();
    for (String part : parts) {
      int last = limits.isEmpty() ? 0 : limits.getLast();
      if (!part.matches("\\d{1,9}") || Integer.parseInt(part) <= last) {
        throw spec.wrong("the limit “" + part + "” is no whole number above " + last, HINT);
      }
      limits.add(Integer.parseInt(part));
    }
    if (limits.size() > MOST_LIMITS) {
      throw spec.wrong(limits.size() + " limits", "give at most " + MOST_LIMITS);
    }
    return limits;
  }

  @Override
  public Outcome apply(String response) {
    int length =
        switch (unit) {
          case WORDS -> words(response);
          case CHARACTERS -> response.codePointCount(0, response.length());
        };
    int reached = (int) limits.stream().filter(limit -> limit <= length).count();
    return new Fixed(range(reached) + (unit == Unit.WORDS ? " words" : " characters"));
  }

  private String range(int reached) {
    if (reached == 0) {
      return "< " + limits.getFirst();
    }
    int from = limits.get(reached - 1);
    if (reached == limits.size()) {
      return "≥ " + from;
    }
    int to = limits.get(reached) - 1;
    return from == to ? Integer.toString(from) : from + "–" + to;
  }

  private static int words(String text) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = Letters.space(text.charAt(i)); // No space is beyond 16 bits.
      words += inside || space ? 0 : 1;
      inside = !space;
    }
    return words;
  }
}
