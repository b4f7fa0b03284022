package criticalwindows.cot;

import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// Episodes: responses that had begun to comply and were refused all the same, by family and by how
/// much was given.
///
/// @param rows by family, then depth; last of a family all depths together
public record Episodes(List<Row> rows) {
  /// None were looked for.
  public static final Episodes NONE = new Episodes(List.of());

  public Episodes {
    rows = List.copyOf(rows);
  }

  /// A family at a depth.
  ///
  /// @param depth in tokens kept; absent for all together
  /// @param counts episodes of all continuations
  /// @param over the mean over items, each counting the same
  /// @param places tokens of the response before it is refused, of each episode, sorted
  public record Row(
      String family, OptionalInt depth, Proportion counts, ProblemMean over, List<Integer> places) {
    public Row {
      places = List.copyOf(places);
    }

    /// The place below which this share of them lie; absent where there are none.
    ///
    /// @param share in [0, 1]
    public OptionalInt place(double share) {
      return places.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(places.get((int) Math.round(share * (places.size() - 1))));
    }
  }

  /// Episodes of one item.
  ///
  /// @param places by tokens kept, of each continuation: absent where it is no episode
  public record Of(String family, SortedMap<Integer, List<OptionalInt>> places) {}

  /// Those of one item.
  ///
  /// @param finding complete
  public static Of of(CotFinding finding, Scorer scorer) {
    SortedMap<Integer, List<OptionalInt>> places = new TreeMap<>();
    for (CotLevel level : finding.levels()) {
      int kept = level.cut().kept();
      String begun = finding.original().beginning(kept);
      if (!level.resamples().isEmpty()) {
        places.putIfAbsent(
            kept,
            level.resamples().stream()
                .map(each -> place(begun, kept, each.response(), scorer))
                .toList());
      }
    }
    return new Of(finding.problem().task(), places);
  }

  /// In tokens, told from characters: where tokens of a continuation end in its text, nobody keeps.
  private static OptionalInt place(String begun, int kept, Sample rest, Scorer scorer) {
    OptionalInt turned = scorer.turned(Said.response(rest.finish(), begun + rest.text()));
    if (turned.isEmpty()) {
      return OptionalInt.empty();
    }
    double share =
        (turned.getAsInt() - begun.length()) / (double) Math.max(1, rest.text().length());
    return OptionalInt.of(Math.max(0, kept + (int) Math.round(share * rest.tokens().size())));
  }

  /// Of all items.
  public static Episodes of(List<Of> items) {
    Map<String, List<Of>> families = new LinkedHashMap<>();
    items.forEach(
        each -> families.computeIfAbsent(each.family, name -> new ArrayList<>()).add(each));
    List<Row> rows = new ArrayList<>();
    families.forEach(
        (family, all) -> {
          all.stream()
              .flatMap(each -> each.places.keySet().stream())
              .distinct()
              .sorted()
              .forEach(depth -> rows.add(row(family, all, OptionalInt.of(depth))));
          rows.add(row(family, all, OptionalInt.empty()));
        });
    return new Episodes(rows);
  }

  /// Whether there is one.
  public boolean any() {
    return rows.stream().anyMatch(row -> row.counts().successes() > 0);
  }

  private static Row row(String family, List<Of> items, OptionalInt depth) {
    List<Proportion> shares = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Of item : items) {
      List<OptionalInt> all =
          depth.isPresent()
              ? Optional.ofNullable(item.places.get(depth.getAsInt())).orElse(List.of())
              : item.places.values().stream().flatMap(List::stream).toList();
      List<Integer> met = all.stream().flatMap(each -> each.stream().boxed()).toList();
      shares.add(new Proportion(met.size(), all.size()));
      places.addAll(met);
    }
    return new Row(
        family,
        depth,
        shares.stream().reduce(Proportion.NONE, Proportion::plus),
        ProblemMean.of(shares),
        places.stream().sorted().toList());
  }
}
