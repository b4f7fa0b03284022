package criticalwindows.outcome;

import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Outcomes of the samples of one item, read by a scorer.
///
/// @param finish of the response: one that was cut off has no end that is known
/// @param fixed the class that is followed; absent where it is what the response came to
public record Continued(
    Problem item,
    int length,
    FinishReason finish,
    Outcome outcome,
    Optional<Outcome> fixed,
    SortedMap<Integer, List<? extends Outcome>> byCut)
    implements CutOutcomes {
  /// Of a response that came to its end, whose own class is followed.
  public Continued(
      Problem item,
      int length,
      Outcome outcome,
      SortedMap<Integer, List<? extends Outcome>> byCut) {
    this(item, length, FinishReason.STOP, outcome, Optional.empty(), byCut);
  }

  @Override
  public boolean closed() {
    return finish == FinishReason.STOP;
  }

  /// Reads them. Where no answer was asked for, a response stands for itself, with what was kept of
  /// the original before it.
  ///
  /// @param samples all rows of the item that there are
  /// @return absent while the original is not sampled
  public static Optional<Continued> of(Problem item, List<Sample> samples, Scorer scorer) {
    Map<Key, List<Sample>> scripts = new TreeMap<>();
    samples.stream()
        .filter(row -> row.key().arm().ofCuts())
        .forEach(row -> scripts.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
    return Optional.ofNullable(scripts.get(Key.original(item.id())))
        .map(original -> of(item, scripts, original.getFirst(), scorer));
  }

  private static Continued of(
      Problem item, Map<Key, List<Sample>> scripts, Sample original, Scorer scorer) {
    Map<Key, Outcome> outcomes = new TreeMap<>();
    scripts.forEach(
        (key, rows) -> {
          outcomes.put(key, scorer.of(item, Said.of(rows, original)));
        });
    SortedMap<Integer, List<Outcome>> byCut = new TreeMap<>();
    outcomes.forEach(
        (key, outcome) -> {
          if (key.is(Arm.RESAMPLE)) {
            byCut.computeIfAbsent(key.kept(), cut -> new ArrayList<>()).add(outcome);
          }
        });
    return new Continued(
        item,
        original.tokens().size(),
        original.finish(),
        Objects.requireNonNull(outcomes.get(original.key())),
        scorer.followed(item),
        new TreeMap<>(byCut));
  }
}
