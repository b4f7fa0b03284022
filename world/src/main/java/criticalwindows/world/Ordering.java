package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;

/// Three to five people to be put in order by clues, each of which may be read the wrong way round.
///
/// @param question without the options
/// @param options everybody
/// @param clues from the first person to the last, each about a person and the next one
/// @param direction in which the order is asked for
/// @param place asked for, counted from 0
public record Ordering(
    String question, List<String> options, List<Clue> clues, Direction direction, int place)
    implements Question {
  public Ordering {
    options = List.copyOf(options);
    clues = List.copyOf(clues);
    if (clues.isEmpty() || place < 0 || place > clues.size()) {
      throw new IllegalArgumentException("place " + place + " after " + clues.size() + " clues");
    }
  }

  /// From which end the order is read.
  public enum Direction {
    MOST_FIRST,
    LEAST_FIRST
  }

  /// How a clue is worded, and so how easily it is read the wrong way round.
  public enum Wording {
    /// "A is taller than B".
    PLAIN("plain", .02),
    /// "B is shorter than A".
    INVERTED("inv", .10),
    /// "B is not as tall as A".
    NOT_AS("notas", .30);

    private final String word;
    private final double slip;

    Wording(String word, double slip) {
      this.word = word;
      this.slip = slip;
    }

    /// P(it is read the wrong way round).
    public double slip() {
      return slip;
    }
  }

  /// One clue.
  ///
  /// @param ahead who comes first in truth
  /// @param behind who comes right after
  /// @param sentence without a full stop
  public record Clue(Wording wording, String ahead, String behind, String sentence) {}

  @Override
  public String task() {
    return "logic";
  }

  @Override
  public String truth() {
    List<String> order = new ArrayList<>(List.of(clues.getFirst().ahead()));
    clues.forEach(clue -> order.add(clue.behind()));
    return directed(order).get(place);
  }

  @Override
  public String run(ProgramSource source) {
    source.surface(
        " We read the clues one by one.",
        " Let us go through the clues.",
        " We look at each clue.");
    List<String> order = new ArrayList<>(List.of(clues.getFirst().ahead()));
    for (int i = 0; i < clues.size(); i++) {
      Clue clue = clues.get(i);
      source.write(" Clue " + (i + 1) + " says that " + clue.sentence() + ",");
      // Read right, the new person goes to the end; read wrong, right before the other one.
      order.add(
          readRight(source, clue) ? order.size() : order.indexOf(clue.ahead()), clue.behind());
      source.write(" The order so far is " + String.join(", ", order) + ".");
    }
    List<String> directed = directed(order);
    if (direction == Direction.LEAST_FIRST) {
      source.write(" In reverse, it is " + String.join(", ", directed) + ".");
    }
    for (int i = 0; i <= place; i++) {
      source.write(" Number " + (i + 1) + " is " + directed.get(i) + ".");
    }
    return conclude(source, directed.get(place));
  }

  private static boolean readRight(ProgramSource source, Clue clue) {
    String ahead = clue.ahead();
    String behind = clue.behind();
    double slip = clue.wording().slip();
    int wrong =
        source.decide(
            "clue:" + clue.wording().word,
            new Option(1 - slip, " so " + ahead + " comes before " + behind + "."),
            new Option(slip, " so " + behind + " comes before " + ahead + "."));
    if (wrong == 0) {
      return true;
    }
    boolean noticed = source.happens("notice", new Option(WordProblem.NOTICE, " Wait,"));
    if (noticed) {
      source.write(" that is not right. In fact " + ahead + " comes before " + behind + ".");
    }
    return noticed;
  }

  private List<String> directed(List<String> order) {
    return switch (direction) {
      case MOST_FIRST -> order;
      case LEAST_FIRST -> order.reversed();
    };
  }
}
