package criticalwindows.finetune;

import criticalwindows.stats.Contrast;
import criticalwindows.stats.Interval;
import criticalwindows.stats.PairedMeans;
import criticalwindows.stats.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The loss of held-out items at one step: their mean, each item counting the same.
///
/// @param items how many
/// @param interval of 95 % for the mean over all items that could have been drawn; the mean itself
///   where there is one item
public record HeldOutLoss(int step, int items, double mean, Interval interval) {
  private static final double LEVEL = .95;

  /// At each step where it was measured, in order.
  public static List<HeldOutLoss> of(List<ItemLoss> rows) {
    List<HeldOutLoss> all = new ArrayList<>();
    byStep(rows)
        .forEach(
            (step, losses) -> {
              Ratio mean = Ratio.mean(List.copyOf(losses.values()));
              Interval interval =
                  losses.size() < 2
                      ? new Interval(mean.estimate(), mean.estimate())
                      : mean.interval(LEVEL, Interval.POSITIVE);
              all.add(new HeldOutLoss(step, losses.size(), mean.estimate(), interval));
            });
    return all;
  }

  /// How much the loss has changed from the first measurement to the last one, paired by item;
  /// below 0 it fell. Absent where there are no two.
  public static Optional<PairedMeans> change(List<ItemLoss> rows) {
    TreeMap<Integer, Map<String, Double>> all = byStep(rows);
    if (all.size() < 2) {
      return Optional.empty();
    }
    Map<String, Double> last = all.lastEntry().getValue();
    List<List<Double>> pairs =
        all.firstEntry().getValue().entrySet().stream()
            .map(
                item -> List.of(item.getValue(), last.getOrDefault(item.getKey(), item.getValue())))
            .toList();
    return Optional.of(new PairedMeans(Contrast.DIFFERENCE, PairedMeans.Scale.LENGTH, pairs));
  }

  private static TreeMap<Integer, Map<String, Double>> byStep(List<ItemLoss> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                ItemLoss::step,
                TreeMap::new,
                Collectors.toMap(
                    ItemLoss::item, row -> row.loss() / row.mass(), (a, b) -> b, TreeMap::new)));
  }
}
