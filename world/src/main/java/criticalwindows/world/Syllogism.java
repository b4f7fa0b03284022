package criticalwindows.world;

import java.util.List;

/// A chain of two to four premises about invented kinds. The only decision: "some" may be taken for
/// "all".
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

    /// The premise, without a full stop.
    String premise(String kind, String next) {
      return word + " " + kind + " are " + next;
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
  public String run(Source source) {
    String member = " " + name + " is one of the " + kinds.getFirst() + ".";
    source.surface(" We know that" + member, member);
    String result = YES;
    for (int i = 0; i < relations.size() && !result.equals(OPEN); i++) {
      result = hop(source, i, result);
    }
    source.surface(" This settles the question.", " That is all we need.");
    source.write(" The result is: " + result + ".");
    return Conclusion.write(source, this, result);
  }

  /// One premise.
  ///
  /// @param result before it
  /// @return the result after it
  private String hop(Source source, int index, String result) {
    String kind = kinds.get(index);
    String next = kinds.get(index + 1);
    String premise = relations.get(index).premise(kind, next);
    String member = name + " is one of the " + next + ".";
    return switch (relations.get(index)) {
      case ALL -> {
        source.surface(
            " " + premise + ", so " + member,
            " Since all " + kind + " are " + next + ", " + member);
        yield result;
      }
      case NO -> {
        source.write(" " + premise + ", so " + name + " is not one of the " + next + ".");
        yield NO;
      }
      case SOME -> {
        source.write(" " + premise + ",");
        String stop = " but not all of them, so we cannot tell about " + name + ".";
        int taken =
            source.decide(
                "some",
                new Option(1 - SOME_AS_ALL, stop),
                new Option(SOME_AS_ALL, " so " + member));
        yield taken == 0 ? OPEN : result;
      }
    };
  }
}
