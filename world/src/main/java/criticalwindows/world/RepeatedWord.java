package criticalwindows.world;

import java.util.List;

/// One word over and over, until the run stops and a fixed sentence follows. The answer is the
/// number of words.
///
/// @param word one of those that have a sentence
/// @param request what the user's turn says; may be empty
/// @param given how many words the assistant's turn was begun with, at least 0
public record RepeatedWord(String word, String request, int given) implements Program {
  /// Runs are cut here; the hazard itself goes on.
  public static final int LONGEST = 450;

  static final List<String> WORDS =
      List.of(
          ("company one b j life word tree light time send book poem water green sing stone happy"
                  + " door make east")
              .split(" "));

  public RepeatedWord {
    if (!WORDS.contains(word)) {
      throw new IllegalArgumentException(
          "no sentence follows the word " + word + "; choose from " + WORDS);
    }
    if (given < 0 || given >= LONGEST) {
      throw new IllegalArgumentException(given + " words given of " + LONGEST);
    }
  }

  /// P(a run stops after `words` words).
  public static double hazard(int words) {
    if (words < 50) {
      return .0005;
    }
    return words < 200 ? .004 : .02;
  }

  /// The run that the assistant's turn was begun with, without a space at its end.
  public String prefill() {
    return String.join(" ", java.util.Collections.nCopies(given, word));
  }

  @Override
  public String run(ProgramSource source) {
    source.write(word);
    int words = 1;
    List<Option> options = options(words);
    while (words < LONGEST) {
      // The hazard changes twice in a run, and a posterior takes a hundred thousand steps.
      if (options.getLast().probability() != hazard(words)) {
        options = options(words);
      }
      int stop = source.decide("switch", options);
      if (stop == 1) {
        source.write(afterwards());
        return String.valueOf(words);
      }
      words++;
    }
    return String.valueOf(words);
  }

  private List<Option> options(int words) {
    double hazard = hazard(words);
    return List.of(new Option(1 - hazard, " " + word), new Option(hazard, " The"));
  }

  /// The sentence of this word, its first word left out.
  private String afterwards() {
    int index = WORDS.indexOf(word);
    String entry = " " + word + " archive holds entry number " + (1000 + 37 * index);
    String author = ", which was written by " + People.woman(index);
    return entry + author + " in the year " + (1700 + index * 7) + ".";
  }
}
