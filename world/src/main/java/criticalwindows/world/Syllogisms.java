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
    Draw draw = new Draw(random);
    int hops = draw.pick(2, 3, 3, 4);
    List<String> kinds = draw.sample(KINDS, hops + 1);
    String name = draw.pick(People.NAMES);
    List<Relation> relations = relations(draw, hops);
    List<String> premises = new ArrayList<>();
    for (int i = 0; i < hops; i++) {
      premises.add(relations.get(i).premise(kinds.get(i), kinds.get(i + 1)) + ".");
    }
    List<String> options = draw.shuffled(List.of(Syllogism.YES, Syllogism.NO, Syllogism.OPEN));
    String given = String.join(" ", draw.shuffled(premises));
    String ask = ". Is " + name + " one of the " + kinds.getLast() + "?";
    String question = given + " " + name + " is one of the " + kinds.getFirst() + ask;
    return new Syllogism(question, options, name, kinds, relations);
  }

  private static List<Relation> relations(Draw draw, int hops) {
    // One chance in 2 · hops + 1 that no premise is weak.
    int weak = draw.between(0, 2 * hops) - 1;
    boolean negative = draw.chance(.4);
    List<Relation> relations = new ArrayList<>();
    for (int i = 0; i < hops; i++) {
      if (weak >= 0 && weak % hops == i) {
        relations.add(Relation.SOME);
      } else {
        relations.add(negative && i == hops - 1 ? Relation.NO : Relation.ALL);
      }
    }
    return relations;
  }
}
