package criticalwindows.world;

import criticalwindows.world.FormProgram.Blank;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes forms; one in twenty is the standard one.
public final class Forms {
  private static final List<String> STEMS =
      List.of(
          "We painted the {} in bright colors.",
          "The {} made everyone laugh.",
          "A {} stood at the end of the road.",
          "Someone left a {} behind the door.",
          "The guide pointed at the {}.",
          "In the photo you can see a {}.",
          "They wrote a song about the {}.",
          "The {} kept us awake.",
          "Last week we lost sight of the {}.",
          "A small {} waited by the window.",
          "The teacher described the {}.",
          "It was hard to forget the {}.",
          "The judge gave first prize to the {}.",
          "Every visitor asked about the {}.",
          "The parade ended near the {}.",
          "I dreamed of the {} again.");

  private Forms() {}

  /// One of them.
  public static FormProgram make(RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    if (draw.chance(.05)) {
      return FormProgram.STANDARD;
    }
    int count = draw.pick(3, 4, 5, 5, 6);
    List<String> stems = draw.sample(STEMS, count);
    List<String> words = draw.sample(Lexicon.WORDS, 2 * count);
    List<Blank> blanks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blanks.add(new Blank(stems.get(i), words.get(2 * i), words.get(2 * i + 1)));
    }
    return new FormProgram(blanks);
  }
}
