package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes questions with two methods whose results differ and lie in 1 … 999.
final class MethodChoices {
  private static final List<String> RECTANGLES =
      List.of("garden", "yard", "field", "park", "court");
  private static final List<String> CLOTHES =
      List.of("shirts", "hats", "scarves", "coats", "belts", "shoes", "masks", "capes");

  private MethodChoices() {}

  private record Draft(String question, Cue cue, Setting setting) {}

  static MethodChoice make(RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    Draft draft = draft(draw);
    while (!legal(draft.setting)) {
      draft = draft(draw);
    }
    List<String> options = draw.chance(.5) ? options(draw, draft.setting) : List.of();
    return new MethodChoice(draft.question, options, draft.cue, draft.setting);
  }

  private static Draft draft(ProblemDraw draw) {
    String name = People.draw(draw).name();
    return switch (draw.between(0, 2)) {
      case 0 -> rectangle(draw, name);
      case 1 -> sequence(draw, name);
      default -> combinations(draw, name);
    };
  }

  private static boolean legal(Setting setting) {
    int first = setting.first().result();
    int second = setting.second().result();
    return first != second && Math.min(first, second) > 0 && Math.max(first, second) <= 999;
  }

  private static Draft rectangle(ProblemDraw draw, String name) {
    Cue cue = draw.pick(Cue.FENCE, Cue.EDGE, Cue.SIZE, Cue.GRASS);
    int length = draw.between(6, 20);
    int width = draw.between(2, 9);
    int price = draw.between(2, 4);
    String thing = draw.pick(RECTANGLES);
    String wish =
        switch (cue) {
          case FENCE -> "a fence for it";
          case EDGE -> "a border along its edge";
          case SIZE -> "a cover of its size";
          default -> "fresh grass for it";
        };
    String size = " that is " + length + " meters long and " + width + " meters wide. ";
    String question =
        name
            + " has a "
            + thing
            + size
            + name
            + " wants to buy "
            + wish
            + ". Each unit costs "
            + price
            + " dollars. How many dollars does "
            + name
            + " need?";
    return new Draft(question, cue, new Setting.Rectangle(name, thing, wish, length, width, price));
  }

  private static Draft sequence(ProblemDraw draw, String name) {
    Cue cue = draw.pick(Cue.GROW, Cue.PATTERN, Cue.JUMP);
    Setting.Sequence list =
        new Setting.Sequence(draw.between(1, 6), draw.between(2, 3), draw.pick(4, 5));
    String hint =
        switch (cue) {
          case GROW -> "The numbers grow in a regular way";
          case PATTERN -> "The numbers follow a pattern";
          default -> "The numbers jump ahead in a regular way";
        };
    String question =
        name
            + " writes a list that starts with "
            + list.start()
            + ", "
            + list.next()
            + ". "
            + hint
            + ". What is number "
            + list.place()
            + " in the list?";
    return new Draft(question, cue, list);
  }

  private static Draft combinations(ProblemDraw draw, String name) {
    Cue cue = draw.pick(Cue.OUTFITS, Cue.SETS, Cue.CHOICES);
    int ones = draw.between(3, 12);
    int others = draw.between(2, 9);
    int forbidden = draw.between(2, 5);
    List<String> kinds = draw.sample(CLOTHES, 2);
    String question =
        name
            + " has "
            + ones
            + " "
            + kinds.get(0)
            + " and "
            + others
            + " "
            + kinds.get(1)
            + ". "
            + name
            + " wants to know how many "
            + cue.word()
            + " are possible, but "
            + forbidden
            + " of them are not allowed. How many "
            + cue.word()
            + " are left?";
    return new Draft(
        question,
        cue,
        new Setting.Combinations(ones, kinds.get(0), others, kinds.get(1), cue, forbidden));
  }

  private static List<String> options(ProblemDraw draw, Setting setting) {
    int first = setting.first().result();
    List<Integer> values = new ArrayList<>(List.of(first, setting.second().result()));
    while (values.size() < 4) {
      int near = first + draw.pick(-12, -9, -6, -4, -2, -1, 1, 2, 3, 5, 8, 10, 14);
      if (near > 0 && !values.contains(near)) {
        values.add(near);
      }
    }
    return NumberOptions.of(draw.shuffled(values));
  }
}
