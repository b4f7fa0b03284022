package criticalwindows.defence;

import criticalwindows.defence.DefendedFinding.At;
import criticalwindows.defence.DefendedFinding.Replies;
import criticalwindows.stats.Contrast;
import criticalwindows.stats.PairedMeans;
import criticalwindows.stats.ProblemMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Defences over items: each beside the plain replies to the same items, and beside as many plain
/// replies as cost the same. The unit is the item; every one counts the same.
///
/// @param rows by family, then defence, then depth; last of a defence all depths together
public record DefenceStudy(List<Row> rows) {
  public DefenceStudy {
    rows = List.copyOf(rows);
  }

  /// No defences.
  public static final DefenceStudy NONE = new DefenceStudy(List.of());

  /// A defence at a depth.
  ///
  /// @param depth in tokens kept; absent for all depths together, each counting the same
  /// @param plain share of the class that is followed, without the defence
  /// @param defended the same with it
  /// @param paired of each item the shares without and with the defence
  /// @param stopped share of replies that it has ended
  /// @param cost sampled tokens of a reply
  /// @param sameCost share of plain replies of the same cost, by each way to make one of several;
  ///   absent where too few were drawn for it
  public record Row(
      String family,
      Defence defence,
      OptionalInt depth,
      ProblemMean plain,
      ProblemMean defended,
      PairedMeans paired,
      ProblemMean stopped,
      Cost cost,
      Map<SameCost, ProblemMean> sameCost) {}

  /// Sampled tokens, on average.
  ///
  /// @param tokens of a reply with the defence, what it throws away included
  /// @param plain of a plain one
  public record Cost(double tokens, double plain) {
    /// How many plain replies cost as much.
    public double replies() {
      return plain == 0 ? 1 : tokens / plain;
    }
  }

  /// Of these findings.
  public static DefenceStudy of(List<DefendedFinding> findings) {
    Map<String, List<DefendedFinding>> families = new LinkedHashMap<>();
    findings.forEach(
        each -> families.computeIfAbsent(each.family(), name -> new ArrayList<>()).add(each));
    List<Row> rows = new ArrayList<>();
    families.forEach(
        (family, all) ->
            all.stream()
                .flatMap(each -> each.cuts().values().stream())
                .flatMap(at -> at.defended().keySet().stream())
                .distinct()
                .forEach(defence -> rows.addAll(rows(family, defence, all))));
    return new DefenceStudy(rows);
  }

  /// Whether there is any defence.
  public boolean known() {
    return !rows.isEmpty();
  }

  /// Replies of one item at one cut, without and with the defence, and what as many plain ones as
  /// cost the same come to.
  private record Pair(Replies plain, Replies defended, Map<SameCost, Double> sameCost) {}

  private static List<Row> rows(String family, Defence defence, List<DefendedFinding> findings) {
    TreeMap<Integer, Map<String, Pair>> depths = new TreeMap<>();
    for (DefendedFinding finding : findings) {
      finding.cuts().forEach((depth, at) -> add(depths, depth, finding.item(), at, defence));
    }
    List<Row> rows = new ArrayList<>();
    Map<String, List<Pair>> byItem = new LinkedHashMap<>();
    depths.forEach(
        (depth, pairs) -> {
          Map<String, Pair> known = sameCost(pairs);
          List<List<Pair>> items = new ArrayList<>();
          known.forEach(
              (item, pair) -> {
                items.add(List.of(pair));
                byItem.computeIfAbsent(item, id -> new ArrayList<>()).add(pair);
              });
          rows.add(row(family, defence, OptionalInt.of(depth), items));
        });
    rows.add(row(family, defence, OptionalInt.empty(), List.copyOf(byItem.values())));
    return rows;
  }

  private static void add(
      Map<Integer, Map<String, Pair>> depths, int depth, String item, At at, Defence defence) {
    Optional.ofNullable(at.defended().get(defence))
        .ifPresent(
            replies ->
                depths
                    .computeIfAbsent(depth, kept -> new LinkedHashMap<>())
                    .put(item, new Pair(at.plain(), replies, Map.of())));
  }

  /// As many plain replies as cost the same on average over items at this depth.
  private static Map<String, Pair> sameCost(Map<String, Pair> pairs) {
    double replies = cost(pairs.values().stream().map(List::of).toList()).replies();
    Map<String, Pair> known = new LinkedHashMap<>();
    pairs.forEach(
        (item, pair) -> {
          Map<SameCost, Double> shares = new LinkedHashMap<>();
          for (SameCost way : SameCost.values()) {
            way.complies(pair.plain.complied(), replies).ifPresent(share -> shares.put(way, share));
          }
          known.put(item, new Pair(pair.plain, pair.defended, shares));
        });
    return known;
  }

  private static Cost cost(List<List<Pair>> items) {
    return new Cost(
        mean(items, pair -> pair.defended.tokensEach()),
        mean(items, pair -> pair.plain.tokensEach()));
  }

  private interface Value {
    double of(Pair pair);
  }

  private static double mean(List<List<Pair>> items, Value value) {
    return items.stream().mapToDouble(item -> each(item, value)).average().orElse(0);
  }

  private static double each(List<Pair> item, Value value) {
    return item.stream().mapToDouble(value::of).average().orElseThrow();
  }

  private static ProblemMean share(List<List<Pair>> items, Value value) {
    return ProblemMean.ofValues(items.stream().map(item -> each(item, value)).toList());
  }

  private static Row row(
      String family, Defence defence, OptionalInt depth, List<List<Pair>> items) {
    Value plain = pair -> pair.plain.complied().estimate();
    Value defended = pair -> pair.defended.complied().estimate();
    Value stopped = pair -> (double) pair.defended.stopped() / pair.defended.complied().trials();
    Map<SameCost, ProblemMean> sameCost = new LinkedHashMap<>();
    for (SameCost way : SameCost.values()) {
      if (items.stream().flatMap(List::stream).allMatch(pair -> pair.sameCost.containsKey(way))) {
        sameCost.put(way, share(items, pair -> pair.sameCost.getOrDefault(way, 0.0)));
      }
    }
    return new Row(
        family,
        defence,
        depth,
        share(items, plain),
        share(items, defended),
        new PairedMeans(
            Contrast.DIFFERENCE,
            PairedMeans.Scale.SHARE,
            items.stream().map(item -> List.of(each(item, plain), each(item, defended))).toList()),
        share(items, stopped),
        cost(items),
        sameCost);
  }
}
