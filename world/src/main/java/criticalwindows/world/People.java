package criticalwindows.world;

import java.util.List;
import java.util.stream.Stream;

/// Who the questions are about.
final class People {
  private static final List<String> WOMEN =
      List.of(
          ("Mia Ana Lucy Emma Nora Ruby Zoe Ivy Clara Rosa Tara Lena Maya Julia Hana Priya Ada Ella"
                  + " Grace Kira Sofia Wendy Yara Olga")
              .split(" "));
  private static final List<String> MEN =
      List.of(
          ("Tom Ben Leo Max Sam Omar Raj Finn Hugo Ivan Carl Noah Paul Dan Ken Luis Theo Abe Otto"
                  + " Victor Yusuf Eric Jack Nick")
              .split(" "));

  /// Everybody.
  static final List<String> NAMES = Stream.concat(WOMEN.stream(), MEN.stream()).toList();

  private People() {}

  /// @param subject she or he
  /// @param object her or him
  record Person(String name, String subject, String object) {}

  static Person draw(ProblemDraw draw) {
    return draw.chance(.5)
        ? new Person(draw.pick(WOMEN), "she", "her")
        : new Person(draw.pick(MEN), "he", "him");
  }

  /// The women in order; the sentences after repeated words count on it.
  static String woman(int index) {
    return WOMEN.get(index % WOMEN.size());
  }
}
