package criticalwindows.world;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The data sets of this world, by name. Their problems follow from name and seed alone, and a
/// smaller set is the beginning of a larger one.
public final class Worlds {
  /// The data set of all families.
  public static final String MIX = "world";

  /// So many problems in a row that were there before mean that there are no others.
  private static final int MOST_TRIES = 1000;

  private static final List<Kind> FAMILIES =
      List.of(
          new Kind(
              "world:arithmetic",
              "word problems with traps that a reasoner may fall into, notice and mend",
              List.of(WordProblems::make)),
          new Kind(
              "world:method",
              "problems with two methods, one of which is chosen by a cue",
              List.of(MethodChoices::make)),
          new Kind(
              "world:ordering",
              "people put in order by clues that may be read the wrong way round",
              List.of(Orderings::make)),
          new Kind(
              "world:syllogism",
              "chains of premises in which some may be taken for all",
              List.of(Syllogisms::make)),
          new Kind(
              "world:facts",
              "two hundred facts of an invented world, each against a myth",
              List.of(FactQuestion::make)));

  private static final Kind ALL =
      new Kind(
          MIX,
          "all families of questions in turn",
          FAMILIES.stream().flatMap(family -> family.makers.stream()).toList());

  private static final List<Kind> KINDS = Stream.concat(Stream.of(ALL), FAMILIES.stream()).toList();

  private Worlds() {}

  private interface Maker {
    Question make(RandomGenerator random);
  }

  /// @param makers of the problems, in turn
  private record Kind(String name, String about, List<Maker> makers) {
    Card card() {
      return new Card(name, about, "any number", "this project", "Apache-2.0");
    }
  }

  /// What there is to know of each data set.
  public static List<Card> cards() {
    return KINDS.stream().map(Kind::card).toList();
  }

  /// The names of all data sets.
  public static List<String> names() {
    return KINDS.stream().map(Kind::name).toList();
  }

  /// A data set alone.
  ///
  /// @param size how many problems, no two the same
  /// @throws UserError if there is no such data set, or if it has fewer problems than that
  public static Dataset dataset(String name, int size, long seed) {
    return read(name, size, seed).dataset();
  }

  /// A data set with the programs of its problems, so that exact curves can be drawn beside what
  /// was measured on it.
  ///
  /// @param size how many problems, no two the same
  /// @throws UserError if there is no such data set, or if it has fewer problems than that
  public static WorldSet read(String name, int size, long seed) {
    Kind kind =
        KINDS.stream()
            .filter(candidate -> candidate.name.equals(name))
            .findFirst()
            .orElseThrow(() -> UserError.unknown("data set", name, names()));
    RandomGenerator random = new SplittableRandom(seed);
    List<Question> questions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (problems.size() < size) {
      Maker maker = kind.makers.get(problems.size() % kind.makers.size());
      Question question = next(maker, random, seen).orElseThrow(() -> few(name, problems.size()));
      questions.add(question);
      problems.add(question.problem(name));
    }
    return new WorldSet(new Dataset(kind.card(), problems, Map.of()), questions);
  }

  private static Optional<Question> next(Maker maker, RandomGenerator random, Set<String> seen) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Question question = maker.make(random);
      if (seen.add(question.question() + "\n" + question.options())) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }

  private static UserError few(String name, int most) {
    return new UserError(
        name + " has only about " + most + " different problems", "ask for fewer of them");
  }
}
