package criticalwindows.probe;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Which rows are held out together: all rows of an item, or of a group, are in one fold.
///
/// Tokens of one text, and texts of one item, are alike. If some of them were fitted to and others
/// judged, a probe that knows nothing but which item it is would look good.
///
/// @param of each row, in [0, count)
/// @param count at least two
public record Folds(List<Integer> of, int count) {
  public Folds {
    of = List.copyOf(of);
  }

  /// What is held out as a whole.
  public enum By {
    ITEM("item"),
    GROUP("group");

    private final String word;

    By(String word) {
      this.word = word;
    }

    /// As users name it.
    public String word() {
      return word;
    }

    private String of(ProbeRow row) {
      return this == ITEM ? row.item() : row.group();
    }
  }

  /// Draws folds.
  ///
  /// @param most of them, at least 2; there are fewer where there are not so many items or groups
  /// @param seed of the draw
  /// @throws UserError if there is one item, or one group, alone
  public static Folds draw(List<ProbeRow> rows, By by, int most, long seed) {
    List<String> names = new ArrayList<>(new TreeSet<>(rows.stream().map(by::of).toList()));
    if (names.size() < 2) {
      throw new UserError(
          "all rows are of one " + by.word() + ", and nothing can be held out",
          by == By.GROUP ? "take --folds item" : "give texts of more items");
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = names.size() - 1; i > 0; i--) {
      Collections.swap(names, i, random.nextInt(i + 1));
    }
    int count = StrictMath.min(most, names.size());
    Map<String, Integer> fold = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      fold.put(names.get(i), i % count);
    }
    return new Folds(rows.stream().map(row -> fold.getOrDefault(by.of(row), 0)).toList(), count);
  }
}
