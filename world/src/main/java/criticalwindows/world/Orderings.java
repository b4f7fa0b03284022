package criticalwindows.world;

import criticalwindows.world.Ordering.Clue;
import criticalwindows.world.Ordering.Direction;
import criticalwindows.world.Ordering.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes ordering questions.
final class Orderings {
  private static final List<Scale> SCALES =
      List.of(
          new Scale("taller", "shorter", "tall"),
          new Scale("older", "younger", "old"),
          new Scale("faster", "slower", "fast"),
          new Scale("heavier", "lighter", "heavy"),
          new Scale("richer", "poorer", "rich"));

  private Orderings() {}

  private record Scale(String more, String less, String plain) {}

  static Ordering make(RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    List<String> people = draw.sample(People.NAMES, draw.pick(3, 4, 4, 5));
    Scale scale = draw.pick(SCALES);
    List<Clue> clues = new ArrayList<>();
    for (int i = 1; i < people.size(); i++) {
      Wording wording = draw.pick(Wording.PLAIN, Wording.INVERTED, Wording.NOT_AS, Wording.NOT_AS);
      clues.add(clue(scale, wording, people.subList(i - 1, i + 1)));
    }
    int place = draw.between(0, people.size() - 1);
    Direction direction = draw.chance(.6) ? Direction.MOST_FIRST : Direction.LEAST_FIRST;
    List<String> options = draw.shuffled(people);
    StringBuilder question = new StringBuilder("There are " + people.size() + " people.");
    clues.forEach(clue -> question.append(" ").append(clue.sentence()).append("."));
    question.append(" Who is number ").append(place + 1).append(" if we sort them from the ");
    question.append(ends(direction, scale.plain)).append("?");
    return new Ordering(question.toString(), options, clues, direction, place);
  }

  private static Clue clue(Scale scale, Wording wording, List<String> pair) {
    String ahead = pair.get(0);
    String behind = pair.get(1);
    String sentence =
        switch (wording) {
          case PLAIN -> ahead + " is " + scale.more + " than " + behind;
          case INVERTED -> behind + " is " + scale.less + " than " + ahead;
          case NOT_AS -> behind + " is not as " + scale.plain + " as " + ahead;
        };
    return new Clue(wording, ahead, behind, sentence);
  }

  private static String ends(Direction direction, String adjective) {
    return switch (direction) {
      case MOST_FIRST -> "most " + adjective + " to the least " + adjective;
      case LEAST_FIRST -> "least " + adjective + " to the most " + adjective;
    };
  }
}
