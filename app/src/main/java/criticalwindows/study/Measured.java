package criticalwindows.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What one arm came to in one repetition.
///
/// @param facts numbers of the arm as a whole by name, such as how many tokens it learnt from
/// @param values numbers by measure and item
public record Measured(Map<String, Double> facts, Map<String, Map<String, Double>> values) {
  public Measured {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    Map<String, Map<String, Double>> sorted = new TreeMap<>();
    values.forEach(
        (measure, items) -> sorted.put(measure, Collections.unmodifiableMap(new TreeMap<>(items))));
    values = Collections.unmodifiableMap(sorted);
  }

  /// Gathers numbers one by one; each is kept to six decimals.
  public static final class Builder {
    private final Map<String, Double> facts = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> values = new TreeMap<>();

    /// A number of the arm as a whole.
    ///
    /// @param value finite
    public Builder fact(String name, double value) {
      facts.put(name, finite(name, value));
      return this;
    }

    /// A number of one item.
    ///
    /// @param value finite
    public Builder value(String measure, String item, double value) {
      values.computeIfAbsent(measure, name -> new TreeMap<>()).put(item, finite(measure, value));
      return this;
    }

    private static double finite(String name, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " is " + value);
      }
      return StrictMath.rint(value * 1e6) / 1e6;
    }

    /// All of them.
    public Measured build() {
      return new Measured(facts, values);
    }
  }
}
