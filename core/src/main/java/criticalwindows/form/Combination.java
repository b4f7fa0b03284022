package criticalwindows.form;

import java.util.ArrayList;
import java.util.List;

/// The options chosen so far, in order.
///
/// @param taken for each choice the place of its option, from 0
public record Combination(List<Integer> taken) {
  /// Nothing chosen yet.
  public static final Combination NONE = new Combination(List.of());

  public Combination {
    taken = List.copyOf(taken);
  }

  /// How many choices are made.
  public int size() {
    return taken.size();
  }

  /// One more choice.
  public Combination plus(int option) {
    List<Integer> more = new ArrayList<>(taken);
    more.add(option);
    return new Combination(more);
  }

  /// The first choices alone.
  ///
  /// @param made in [0, size]
  public Combination first(int made) {
    return new Combination(taken.subList(0, made));
  }

  /// Whether the first choices are these.
  public boolean startsWith(Combination begun) {
    return begun.size() <= size() && first(begun.size()).equals(begun);
  }
}
