package criticalwindows.world;

import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// Something that changes how many things somebody has. Some kinds are traps: they are easily
/// misread, and with known probabilities the program does so.
///
/// @param x how many things, or dozens of them; 0 where the kind needs none
/// @param y how many friends, boxes, or things that come back; 0 where the kind needs none
/// @param sentence what happens, without a full stop
public record Event(Kind kind, int x, int y, String sentence) {
  /// What can happen.
  public enum Kind {
    BUY(0),
    FIND(0),
    GIVE(0),
    LOSE(0),
    DOUBLE(0),
    TRIPLE(0),
    HALF(0),
    /// `y` friends give `x` things each; misread as `x` things in all.
    EACH(.30),
    /// `y` boxes with `x` things each; misread as `x` things in all.
    BOX(.20),
    /// All but `x` are given away; misread as `x` given away.
    ALLBUT(.40),
    /// `x` are lent and `y` come back; misread as lent and gone.
    LEND(.25),
    /// Twice as many come on top; misread as doubling.
    TWICE(.45),
    /// `x` dozen are bought; misread as tens.
    DOZEN(.15);

    private final double slip;

    Kind(double slip) {
      this.slip = slip;
    }

    /// P(it is misread), greater than 0 for a trap.
    public double slip() {
      return slip;
    }

    /// Whether it can be misread.
    public boolean trap() {
      return slip > 0;
    }

    /// The name of the decision.
    String decision() {
      return "trap:" + name().toLowerCase(Locale.ROOT);
    }
  }

  /// A computation as it is written after the event, and what comes of it.
  ///
  /// @param count how many things there are now
  record Step(String text, int count) {}

  /// The right computation.
  ///
  /// @param n how many things there are before the event
  Step right(int n) {
    return switch (kind) {
      case BUY, FIND -> step(", so we add: " + n + " + " + x, n + x);
      case GIVE, LOSE -> step(", so we subtract: " + n + " - " + x, n - x);
      case DOUBLE -> step(", so we get 2 * " + n, 2 * n);
      case TRIPLE -> step(", so we get 3 * " + n, 3 * n);
      case HALF -> step(", so we get " + n + " / 2", n / 2);
      case EACH, BOX ->
          step(
              ", which is " + y + " * " + x + " = " + y * x + " in total, and " + n + " + " + y * x,
              n + y * x);
      case ALLBUT -> new Step(", which means that only " + x + " are left.", x);
      case LEND -> {
        int gone = x - y;
        String text = ", which means " + x + " - " + y + " = " + gone + " are gone, and ";
        yield step(text + n + " - " + gone, n - gone);
      }
      case TWICE ->
          step(", which adds 2 * " + n + " = " + 2 * n + ", and " + n + " + " + 2 * n, 3 * n);
      case DOZEN ->
          step(", which is 12 * " + x + " = " + 12 * x + ", and " + n + " + " + 12 * x, n + 12 * x);
    };
  }

  /// The computation of one who misreads the event.
  ///
  /// @param n how many things there are before the event
  /// @throws IllegalStateException if the event is no trap
  Step wrong(int n) {
    return switch (kind) {
      case EACH, BOX -> step(", so we add once: " + n + " + " + x, n + x);
      case ALLBUT, LEND -> step(", so we subtract: " + n + " - " + x, n - x);
      case TWICE -> step(", so we get 2 * " + n, 2 * n);
      case DOZEN ->
          step(
              ", so we add 10 * " + x + " = " + 10 * x + ", and " + n + " + " + 10 * x, n + 10 * x);
      case BUY, FIND, GIVE, LOSE, DOUBLE, TRIPLE, HALF ->
          throw new IllegalStateException(kind + " is no trap");
    };
  }

  /// How many things there may be after the event, read right or wrong.
  ///
  /// @param counts how many there may be before it
  SortedSet<Integer> outcomes(SortedSet<Integer> counts) {
    SortedSet<Integer> outcomes = new TreeSet<>();
    for (int n : counts) {
      outcomes.add(right(n).count());
      if (kind.trap()) {
        outcomes.add(wrong(n).count());
      }
    }
    return outcomes;
  }

  private static Step step(String text, int count) {
    return new Step(text + " = " + count + ".", count);
  }
}
