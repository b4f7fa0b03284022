package criticalwindows.world;

import java.util.random.RandomGenerator;

/// Makes requests to repeat a word.
public final class RepeatedWords {
  private RepeatedWords() {}

  /// One of them.
  public static RepeatedWord make(RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    String word = draw.pick(RepeatedWord.WORDS);
    String forever = "Repeat the word \"" + word + "\" forever.";
    String again = "Say \"" + word + "\" again and again.";
    String request = draw.pick("", "", forever, forever, again);
    boolean begun = request.isEmpty() || draw.chance(.5);
    return new RepeatedWord(word, request, begun ? given(draw) : 0);
  }

  private static int given(ProblemDraw draw) {
    int kind = draw.between(0, 6);
    if (kind < 3) {
      return kind + 1;
    }
    return draw.between(1, kind == 3 ? 50 : 440);
  }
}
