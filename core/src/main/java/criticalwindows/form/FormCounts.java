package criticalwindows.form;

import criticalwindows.stats.Proportion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How often each combination came, among texts that were sampled whole, and how many left the
/// form.
///
/// @param filled how often, by combination
/// @param left how often, by the choices made before the text left the form
public record FormCounts(Map<Combination, Long> filled, Map<Combination, Long> left) {
  public FormCounts {
    filled = Collections.unmodifiableMap(new LinkedHashMap<>(filled));
    left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
  }

  /// The counts of these texts.
  public static FormCounts of(List<FormReading> readings) {
    Map<Combination, Long> filled = new LinkedHashMap<>();
    Map<Combination, Long> left = new LinkedHashMap<>();
    for (FormReading reading : readings) {
      switch (reading) {
        case FormReading.Filled text -> filled.merge(text.choices(), 1L, Long::sum);
        case FormReading.Left text -> left.merge(text.choices(), 1L, Long::sum);
      }
    }
    return new FormCounts(filled, left);
  }

  /// Why texts left the form, and how many for each reason.
  public static Map<String, Long> reasons(List<FormReading> readings) {
    Map<String, Long> reasons = new TreeMap<>();
    for (FormReading reading : readings) {
      if (reading instanceof FormReading.Left text) {
        reasons.merge(text.why(), 1L, Long::sum);
      }
    }
    return reasons;
  }

  /// All texts.
  public long total() {
    return begun(Combination.NONE);
  }

  /// Texts that stayed in the form.
  public long inForm() {
    return filled.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Texts whose first choices are these, those that left the form later among them.
  public long begun(Combination choices) {
    return begun(filled, choices) + begun(left, choices);
  }

  private static long begun(Map<Combination, Long> counts, Combination choices) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(choices))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Conditioning: of the texts whose first `made` choices are the target's, the share that is the
  /// target.
  ///
  /// @param made in [0, choices of the target]
  public Proportion conditioned(Combination target, int made) {
    return new Proportion(filled.getOrDefault(target, 0L), begun(target.first(made)));
  }
}
