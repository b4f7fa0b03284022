package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;

/// The options of a question for a number.
final class NumberOptions {
  private static final String NONE = "None of these";

  private NumberOptions() {}

  /// The values in their order, and last the option for all others.
  static List<String> of(List<Integer> values) {
    List<String> options = new ArrayList<>();
    for (int value : values) {
      options.add(String.valueOf(value));
    }
    options.add(NONE);
    return options;
  }
}
