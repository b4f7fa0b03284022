package criticalwindows.world;

import criticalwindows.world.Syllogism.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes syllogisms.
final class Syllogisms {
  private static final List<String> KINDS =
      List.of(
          ("wumpuses bloops razzies lazzies quims dorpas yimmies zorbs fleems grobs jaxes tovs"
                  + " nerps brells snids plonks")
              .split(" "));

  private Syllogisms() {}

  static Syllogism make(RandomGenerator random) {
    ProblemDraw draw = new ProblemDraw(random);
    int hops = draw.pick(2, 3, 3, 4);
    List<String> kinds = draw.sample(KINDS, hops + 1);
    String name = draw.pick(People.NAMES);
    List<Relation> relations = relations(draw, hops);
    StringBuilder question = new StringBuilder(name + " is one of the " + kinds.getFirst() + ".");
    for (int i = 0; i < hops; i++) {
      question.append(" ").append(relations.get(i).clue(i, kinds)).append(".");
    }
    question.append(" Is ").append(name).append(" one of the ").append(kinds.getLast()).append("?");
    List<String> options = draw.shuffled(List.of(Syllogism.YES, Syllogism.NO, Syllogism.OPEN));
    return new Syllogism(question.toString(), options, name, kinds, relations);
  }

  private static List<Relation> relations(ProblemDraw draw, int hops) {
    boolean negative = draw.chance(.4);
    List<Relation> relations = new ArrayList<>();
    for (int i = 0; i < hops; i++) {
      boolean weak = draw.chance(.4);
      Relation strong = negative && i == hops - 1 ? Relation.NO : Relation.ALL;
      relations.add(weak ? Relation.SOME : strong);
    }
    return relations;
  }
}
