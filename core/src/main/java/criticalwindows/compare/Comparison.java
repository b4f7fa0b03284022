package criticalwindows.compare;

import criticalwindows.stats.Contrast;
import criticalwindows.stats.Holm;
import criticalwindows.stats.Interval;
import criticalwindows.stats.PValue;
import criticalwindows.stats.PairedMeans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Runs compared, item by item: each with the first, and of three or more the trend.
///
/// @param items that all runs have
/// @param questions that these are about
/// @param lacks what each run lacks, in their order
/// @param unlike ids that stand for different items in different runs: they are left out
/// @param rows a quantity of some runs each, those of a quantity together
public record Comparison(
    int items, int questions, List<Lack> lacks, List<String> unlike, List<Row> rows) {
  /// Confidence of the intervals.
  public static final double LEVEL = .95;

  public Comparison {
    lacks = List.copyOf(lacks);
    unlike = List.copyOf(unlike);
    rows = List.copyOf(rows);
  }

  /// What a run lacks.
  ///
  /// @param missing items of other runs that it does not have, or has no original of yet
  /// @param unread of the items in all runs, those whose original has no readable outcome here
  public record Lack(List<String> missing, int unread) {
    public Lack {
      missing = List.copyOf(missing);
    }
  }

  /// One quantity of two runs, or its trend over all.
  ///
  /// @param runs which of them, by their place from 0: the first and another, or all
  /// @param items of which it can be told in all of these
  /// @param questions that these are about; what is averaged, each counting once
  /// @param means of each of the runs
  /// @param change the other's mean less the first's; or of a trend the slope, times the span from
  ///   the least to the greatest place of a run
  /// @param interval of that; absent where one question says nothing, or all changes are the same
  /// @param p of the permutation test
  /// @param adjusted the same by Holm's procedure, for all rows together, in (0, 1]
  public record Row(
      Quantity quantity,
      List<Integer> runs,
      int items,
      int questions,
      List<Double> means,
      double change,
      Optional<Interval> interval,
      PValue p,
      double adjusted) {
    public Row {
      runs = List.copyOf(runs);
      means = List.copyOf(means);
    }

    /// Whether it is a trend.
    public boolean trend() {
      return runs.size() > 2;
    }

    private Row with(double holm) {
      return new Row(quantity, runs, items, questions, means, change, interval, p, holm);
    }
  }

  /// The comparison.
  ///
  /// @param runs two or more
  /// @param at where each of them stands in a series, such as its step of training; not all alike
  /// @param random for tests that have too many orders to go through
  public static Comparison of(List<ComparedRun> runs, List<Double> at, SplittableRandom random) {
    Set<String> all = new LinkedHashSet<>();
    runs.forEach(run -> all.addAll(run.items().keySet()));
    List<List<Measured>> shared = new ArrayList<>();
    List<String> unlike = new ArrayList<>();
    for (String id : all) {
      List<Measured> item = item(runs, id);
      if (item.stream().map(each -> List.of(each.question(), each.answer())).distinct().count()
          > 1) {
        unlike.add(id);
      } else if (item.size() == runs.size()) {
        shared.add(item);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Quantity quantity : Quantity.ALL) {
      for (Contrasted contrasted : contrasted(runs.size(), at)) {
        contrasted.row(quantity, shared, random.split()).ifPresent(rows::add);
      }
    }
    return new Comparison(
        shared.size(),
        (int) shared.stream().map(item -> item.getFirst().question()).distinct().count(),
        runs.stream().map(run -> lack(run, all, shared)).toList(),
        unlike,
        adjusted(rows));
  }

  private static List<Measured> item(List<ComparedRun> runs, String id) {
    return runs.stream().flatMap(run -> Optional.ofNullable(run.items().get(id)).stream()).toList();
  }

  private static Lack lack(ComparedRun run, Set<String> all, List<List<Measured>> shared) {
    return new Lack(
        all.stream().filter(id -> !run.items().containsKey(id)).toList(),
        (int)
            shared.stream()
                .map(item -> Objects.requireNonNull(run.items().get(item.getFirst().item())))
                .filter(item -> !item.readable())
                .count());
  }

  private static List<Row> adjusted(List<Row> rows) {
    List<Double> holm = Holm.adjusted(rows.stream().map(row -> row.p().value()).toList());
    return IntStream.range(0, rows.size()).mapToObj(i -> rows.get(i).with(holm.get(i))).toList();
  }

  private static List<Contrasted> contrasted(int runs, List<Double> at) {
    List<Contrasted> all = new ArrayList<>();
    for (int other = 1; other < runs; other++) {
      all.add(new Contrasted(List.of(0, other), Contrast.DIFFERENCE));
    }
    if (runs > 2) {
      double span =
          at.stream().mapToDouble(x -> x).max().orElseThrow()
              - at.stream().mapToDouble(x -> x).min().orElseThrow();
      all.add(
          new Contrasted(
              IntStream.range(0, runs).boxed().toList(), Contrast.slope(at).times(span)));
    }
    return all;
  }

  /// Some of the runs, and what is made of what they measure.
  private record Contrasted(List<Integer> runs, Contrast contrast) {
    Optional<Row> row(Quantity quantity, List<List<Measured>> shared, SplittableRandom random) {
      Map<String, List<List<Double>>> byQuestion = new LinkedHashMap<>();
      for (List<Measured> item : shared) {
        List<Measured> chosen = runs.stream().map(item::get).toList();
        quantity
            .values()
            .apply(chosen)
            .ifPresent(
                values ->
                    byQuestion
                        .computeIfAbsent(chosen.getFirst().question(), q -> new ArrayList<>())
                        .add(values));
      }
      if (byQuestion.isEmpty()) {
        return Optional.empty();
      }
      List<List<Double>> means = byQuestion.values().stream().map(this::means).toList();
      PairedMeans paired = new PairedMeans(contrast, quantity.scale(), means);
      return Optional.of(
          new Row(
              quantity,
              runs,
              byQuestion.values().stream().mapToInt(List::size).sum(),
              means.size(),
              means(means),
              paired.estimate(),
              paired.interval(LEVEL),
              paired.pValue(random),
              1));
    }

    /// The mean of several items in each run.
    private List<Double> means(List<List<Double>> items) {
      return IntStream.range(0, runs.size())
          .mapToObj(
              run -> items.stream().mapToDouble(item -> item.get(run)).average().orElseThrow())
          .toList();
    }
  }
}
