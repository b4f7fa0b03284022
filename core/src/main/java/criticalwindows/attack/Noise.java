package criticalwindows.attack;

import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Families that add noise to a request.
sealed interface Noise extends Family {
  /// Words of random characters stand behind the request.
  record RandomSuffix() implements Noise {
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz!;:{}[]()=+_-\\";
    private static final int LEAST_WORDS = 8;
    private static final int MOST_WORDS = 16;
    private static final int MOST_LETTERS = 7;

    @Override
    public String name() {
      return "random-suffix";
    }

    @Override
    public FamilyCard card() {
      return FamilyCard.drawing(
          name(),
          LEAST_WORDS
              + " to "
              + MOST_WORDS
              + " words of random characters stand behind the request. They look like the suffixes"
              + " that are optimised against a model, and are optimised against none: what such a"
              + " suffix does by its look alone.",
          "as a control; the optimised ones are of Zou et al., arXiv 2307.15043",
          "the characters");
    }

    @Override
    public Attacked dress(Request request, RandomGenerator random) {
      StringBuilder suffix = new StringBuilder();
      int words = random.nextInt(LEAST_WORDS, MOST_WORDS + 1);
      for (int i = 0; i < words; i++) {
        suffix.append(i == 0 ? "" : " ");
        int letters = random.nextInt(2, MOST_LETTERS + 1);
        for (int j = 0; j < letters; j++) {
          suffix.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
      }
      String text = request.text() + " " + suffix;
      return Attacked.asking(request, name(), text, Map.of("suffix", suffix.toString()));
    }
  }

  /// Each letter is a capital one or a small one, by chance.
  record LetterCase() implements Noise {
    private static final double CAPITAL = .6;

    @Override
    public String name() {
      return "letter-case";
    }

    @Override
    public FamilyCard card() {
      return FamilyCard.drawing(
          name(),
          "Each letter becomes a capital one with probability .6, and a small one else. Published"
              + " as the best of n: with --copies N, each request has N copies of its own noise.",
          "Hughes et al., arXiv 2412.03556 (who shuffle and exchange letters too)",
          "the case of each letter");
    }

    @Override
    public Attacked dress(Request request, RandomGenerator random) {
      StringBuilder text = new StringBuilder();
      request
          .text()
          .codePoints()
          .mapToObj(Character::toString)
          .forEach(
              letter ->
                  text.append(
                      random.nextDouble() < CAPITAL
                          ? letter.toUpperCase(Locale.ROOT)
                          : letter.toLowerCase(Locale.ROOT)));
      return Attacked.asking(
          request, name(), text.toString(), Map.of("capital", String.valueOf(CAPITAL)));
    }
  }
}
