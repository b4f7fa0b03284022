package criticalwindows.form;

import criticalwindows.stats.Proportion;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// How often each combination came, among texts that were sampled whole, and how many left the
/// form.
///
/// @param filled how often, by combination
/// @param left how often, by where the text left the form
public record FormCounts(Map<Combination, Long> filled, Map<FormCounts.Exit, Long> left) {
  public FormCounts {
    filled = Collections.unmodifiableMap(new LinkedHashMap<>(filled));
    left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
  }

  /// Where a text left the form.
  ///
  /// @param choices made before
  /// @param reached how many choices it came to
  public record Exit(Combination choices, int reached) {}

  /// The counts of these texts.
  public static FormCounts of(List<FormReading> readings) {
    Map<Combination, Long> filled = new LinkedHashMap<>();
    Map<Exit, Long> left = new LinkedHashMap<>();
    for (FormReading reading : readings) {
      switch (reading) {
        case FormReading.Filled text -> filled.merge(text.choices(), 1L, Long::sum);
        case FormReading.Left text ->
            left.merge(new Exit(text.choices(), text.reached()), 1L, Long::sum);
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

  /// Of the texts that stayed in the form, the share whose choices begin like this, for every
  /// beginning that there is.
  public Map<Combination, Double> shares() {
    Map<Combination, Double> shares = new HashMap<>();
    filled.forEach(
        (choices, count) -> {
          for (int made = 0; made <= choices.size(); made++) {
            shares.merge(choices.first(made), (double) count / inForm(), Double::sum);
          }
        });
    return shares;
  }

  /// Texts whose first choices are these, those that left the form later among them.
  public long begun(Combination choices) {
    return begun(choices, choices.size());
  }

  /// Of those, the ones that came to so many choices.
  ///
  /// @param reached at least the number of choices given
  public long begun(Combination choices, int reached) {
    return sum(filled, made -> made.startsWith(choices))
        + sum(left, exit -> exit.choices.startsWith(choices) && exit.reached >= reached);
  }

  private static <K> long sum(Map<K, Long> counts, Predicate<K> of) {
    return counts.entrySet().stream()
        .filter(entry -> of.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Conditioning: of the texts whose first `made` choices are the target's, the share that is the
  /// target.
  ///
  /// @param made in [0, choices of the target]
  public Proportion conditioned(Combination target, int made) {
    return conditioned(target, made, made);
  }

  /// Conditioning further on: of those texts, the ones that came to so many choices.
  ///
  /// @param reached `made`, or one more for a cut right before the next choice, or behind the last
  ///   sentence
  public Proportion conditioned(Combination target, int made, int reached) {
    return new Proportion(filled.getOrDefault(target, 0L), begun(target.first(made), reached));
  }

  /// Conditioning within a choice: of the texts whose first choices are the target's, and whose
  /// next is one of these, the share that is the target.
  ///
  /// @param open options that can still come of what is written
  public Proportion conditioned(Combination target, int made, List<Integer> open) {
    Combination first = target.first(made);
    long texts = open.stream().mapToLong(option -> begun(first.plus(option))).sum();
    return new Proportion(filled.getOrDefault(target, 0L), texts);
  }
}
