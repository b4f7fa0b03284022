package criticalwindows.study;

import criticalwindows.stats.CrossedMean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What all arms came to in all repetitions.
///
/// @param design by which they were computed
/// @param cells one for each repetition and arm
public record Results(Design design, List<StudyCell> cells) {
  public Results {
    cells = List.copyOf(cells);
  }

  /// The mean of a measure over items and repetitions; at least one of either has it.
  public CrossedMean mean(String arm, String measure) {
    List<CrossedMean.Value> values = new ArrayList<>();
    for (StudyCell cell : of(arm)) {
      items(cell, measure)
          .forEach(
              (item, value) ->
                  values.add(new CrossedMean.Value(Long.toString(cell.seed()), item, value)));
    }
    return CrossedMean.of(values);
  }

  /// The mean difference of two arms, paired by item within each repetition. Items that one of the
  /// two has not are left out.
  public CrossedMean difference(String arm, String control, String measure) {
    List<CrossedMean.Value> values = new ArrayList<>();
    for (StudyCell cell : of(arm)) {
      Map<String, Double> others = items(cell(cell.seed(), control), measure);
      items(cell, measure)
          .forEach(
              (item, value) -> {
                Double other = others.get(item);
                if (other != null) {
                  values.add(
                      new CrossedMean.Value(Long.toString(cell.seed()), item, value - other));
                }
              });
    }
    return CrossedMean.of(values);
  }

  /// A fact of an arm in each repetition, in the order of the seeds.
  public List<Double> facts(String arm, String name) {
    return of(arm).stream()
        .map(cell -> Objects.requireNonNull(cell.measured().facts().get(name), name))
        .toList();
  }

  /// Whether an arm has any value of a measure.
  public boolean has(String arm, String measure) {
    return of(arm).stream().anyMatch(cell -> !items(cell, measure).isEmpty());
  }

  /// Whether two arms have a measure of the same item in the same repetition, and so a difference.
  public boolean paired(String arm, String control, String measure) {
    return of(arm).stream()
        .anyMatch(
            cell ->
                !Collections.disjoint(
                    items(cell, measure).keySet(),
                    items(cell(cell.seed(), control), measure).keySet()));
  }

  /// The cells of an arm, in the order of the seeds.
  public List<StudyCell> of(String arm) {
    return design.seeds().stream().map(seed -> cell(seed, arm)).toList();
  }

  private StudyCell cell(long seed, String arm) {
    return cells.stream()
        .filter(cell -> cell.seed() == seed && cell.arm().equals(arm))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Double> items(StudyCell cell, String measure) {
    return cell.measured().values().getOrDefault(measure, Map.of());
  }
}
