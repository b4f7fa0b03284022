package criticalwindows.world;

import java.util.List;

/// A chain of two to four premises about invented kinds, numbered and walked in the order given.
/// The only decision, at each weak premise anew: "some" may be taken for "all".
///
/// @param question without the options
/// @param options yes, no, and that it cannot be told, in any order
/// @param name who is one of the first kind
/// @param kinds one more than there are relations
/// @param relations of each kind to the next
public record Syllogism(
    String question,
    List<String> options,
    String name,
    List<String> kinds,
    List<Relation> relations)
    implements Question {
  static final String YES = "Yes";
  static final String NO = "No";
  static final String OPEN = "It cannot be determined";

  private static final double SOME_AS_ALL = .35;

  public Syllogism {
    options = List.copyOf(options);
    kinds = List.copyOf(kinds);
    relations = List.copyOf(relations);
    if (relations.isEmpty() || kinds.size() != relations.size() + 1) {
      throw new IllegalArgumentException(relations.size() + " relations of " + kinds);
    }
  }

  /// How much of one kind belongs to the next.
  public enum Relation {
    ALL("All"),
    SOME("Some"),
    /// None of it; only as the last relation.
    NO("No");

    private final String word;

    Relation(String word) {
      this.word = word;
    }

    /// A premise with its number, as question and reply both write it, without a full stop.
    ///
    /// @param index of the relation, counted from 0
    String clue(int index, List<String> kinds) {
      String premise = word + " " + kinds.get(index) + " are " + kinds.get(index + 1);
      return "Clue " + (index + 1) + ": " + premise;
    }
  }

  @Override
  public String task() {
    return "logic";
  }

  @Override
  public String truth() {
    if (relations.contains(Relation.SOME)) {
      return OPEN;
    }
    return relations.contains(Relation.NO) ? NO : YES;
  }

  @Override
  public String run(ProgramSource source) {
    String member = " " + name + " is one of the " + kinds.getFirst() + ".";
    source.surface(" We know that" + member, member);
    String result = YES;
    for (int i = 0; i < relations.size() && !result.equals(OPEN); i++) {
      source.write(" " + relations.get(i).clue(i, kinds) + ",");
      result = step(source, i, result);
    }
    source.surface(" This settles the question.", " That is all we need.");
    source.write(" The result is: " + result + ".");
    return conclude(source, result);
  }

  /// What follows from a clue; it names the kind that the next clue begins with.
  ///
  /// @param result before it
  /// @return the result after it
  private String step(ProgramSource source, int index, String result) {
    String next = kinds.get(index + 1);
    String member = " so " + name + " is one of the " + next + ".";
    return switch (relations.get(index)) {
      case ALL -> {
        source.write(member);
        yield result;
      }
      case NO -> {
        source.write(" so " + name + " is not one of the " + next + ".");
        yield NO;
      }
      case SOME -> {
        String stop = " but not all of them, so we cannot tell about " + name + ".";
        int taken =
            source.decide(
                "some", new Option(1 - SOME_AS_ALL, stop), new Option(SOME_AS_ALL, member));
        yield taken == 0 ? OPEN : result;
      }
    };
  }
}
