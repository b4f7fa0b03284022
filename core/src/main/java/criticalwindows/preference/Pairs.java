package criticalwindows.preference;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Resample;
import criticalwindows.model.Tokens;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds pairs among the continuations that were sampled at the cuts of a window: those within it,
/// the last one before it and the first one behind it.
public final class Pairs {
  /// Continuations that a token must begin, for less say nothing of it.
  static final int LEAST = 2;

  private final CotFinding finding;
  private final Outcome wanted;
  private final Map<Integer, CotLevel> sampled = new TreeMap<>();

  private Pairs(CotFinding finding, Outcome wanted) {
    this.finding = finding;
    this.wanted = wanted;
    finding.levels().stream()
        .filter(level -> !level.resamples().isEmpty())
        .forEach(level -> sampled.putIfAbsent(level.cut().kept(), level));
  }

  /// What pairs are looked for.
  ///
  /// @param place of the window, in tokens kept
  /// @param most pairs, at least 1
  public record Asked(Level level, Interval place, int most) {
    public Asked {
      if (most < 1) {
        throw new IllegalArgumentException(most + " pairs");
      }
    }
  }

  /// The pairs of a response, the best first.
  ///
  /// Of tokens, one pair for each place of the response from the first of these cuts to the last:
  /// the two whose continuations differ most in how often they come to what is wanted. Shares are
  /// (k + 2p) ÷ (n + 2), where p is that of both and all others there: two of two are less than
  /// twenty of twenty. A continuation from an earlier cut that wrote the response's own tokens up
  /// to the place counts there too; and one from right behind the place counts for the response's
  /// own token.
  ///
  /// Of continuations, those of the cut where what is wanted is most open come first; each is in
  /// one pair.
  ///
  /// @param finding with its continuations as they were sampled
  /// @param wanted outcome
  public static List<Pair> of(CotFinding finding, Outcome wanted, Asked asked) {
    Pairs pairs = new Pairs(finding, wanted);
    List<CotLevel> cuts = pairs.cuts(asked.place());
    return switch (asked.level()) {
      case TOKEN ->
          pairs
              .places(cuts)
              .boxed()
              .flatMap(kept -> pairs.tokens(kept).stream())
              .sorted(Comparator.comparingDouble(found -> -found.apart))
              .limit(asked.most())
              .map(Found::pair)
              .toList();
      case CONTINUATION ->
          cuts.stream()
              .sorted(Comparator.comparingDouble(cut -> Math.abs(.5 - pairs.all(cut).estimate())))
              .flatMap(cut -> pairs.continuations(cut).stream())
              .limit(asked.most())
              .toList();
    };
  }

  private List<CotLevel> cuts(Interval place) {
    int from = 0;
    int to = Integer.MAX_VALUE;
    for (int kept : sampled.keySet()) {
      from = kept <= place.low() ? kept : from;
      to = kept >= place.high() ? Math.min(to, kept) : to;
    }
    int first = from;
    int last = to;
    return sampled.values().stream()
        .filter(level -> level.cut().kept() >= first && level.cut().kept() <= last)
        .toList();
  }

  private Proportion all(CotLevel cut) {
    return counts(cut.resamples());
  }

  private Proportion counts(List<Resample> some) {
    return new Proportion(some.stream().filter(this::came).count(), some.size());
  }

  private boolean came(Resample resample) {
    return resample.outcome().same(wanted);
  }

  private IntStream places(List<CotLevel> cuts) {
    return cuts.isEmpty()
        ? IntStream.empty()
        : IntStream.rangeClosed(
            cuts.getFirst().cut().kept(),
            Math.min(cuts.getLast().cut().kept(), finding.length() - 1));
  }

  /// The pair of a place.
  private Optional<Found> tokens(int kept) {
    Tokens original = finding.original().tokens();
    List<Resample> passed = new ArrayList<>();
    Map<Integer, List<Resample>> byToken = new TreeMap<>();
    for (CotLevel level : sampled.values()) {
      int cut = level.cut().kept();
      for (Resample resample : level.resamples()) {
        Tokens tokens = resample.response().tokens();
        int behind = kept - cut;
        if (cut == kept + 1) {
          byToken.computeIfAbsent(original.at(kept), id -> new ArrayList<>()).add(resample);
        } else if (behind >= 0
            && original.slice(cut, original.size()).commonPrefix(tokens) >= behind) {
          passed.add(resample);
          if (tokens.size() > behind) {
            byToken.computeIfAbsent(tokens.at(behind), id -> new ArrayList<>()).add(resample);
          }
        }
      }
    }
    List<Pair.Side> sides = new ArrayList<>();
    byToken.forEach(
        (id, some) -> {
          if (some.size() >= LEAST) {
            sides.add(new Pair.Side(Tokens.of(id), counts(some), Optional.empty()));
          }
        });
    Proportion all =
        sides.stream().map(Pair.Side::counts).reduce(Proportion.NONE, Proportion::plus);
    Comparator<Pair.Side> byShare = Comparator.comparingDouble(side -> share(side, all));
    return sides.stream()
        .max(byShare)
        .flatMap(
            chosen ->
                sides.stream()
                    .min(byShare)
                    .map(
                        rejected ->
                            new Found(
                                new Pair(kept, counts(passed), chosen, rejected),
                                share(chosen, all) - share(rejected, all))))
        .filter(found -> found.apart > 0);
  }

  /// A pair, and by how much its shares differ.
  private record Found(Pair pair, double apart) {}

  private static double share(Pair.Side side, Proportion all) {
    return (side.counts().successes() + 2 * all.estimate()) / (side.counts().trials() + 2);
  }

  private List<Pair> continuations(CotLevel cut) {
    List<Resample> chosen = written(cut).filter(this::came).toList();
    List<Resample> rejected =
        written(cut).filter(resample -> resample.outcome().readable() && !came(resample)).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(chosen.size(), rejected.size()); i++) {
      pairs.add(
          new Pair(
              cut.cut().kept(), all(cut), side(chosen.get(i), cut), side(rejected.get(i), cut)));
    }
    return pairs;
  }

  private static Stream<Resample> written(CotLevel cut) {
    return cut.resamples().stream().filter(each -> !each.response().tokens().isEmpty());
  }

  private static Pair.Side side(Resample resample, CotLevel cut) {
    long same =
        cut.resamples().stream().filter(other -> other.outcome().same(resample.outcome())).count();
    return new Pair.Side(
        resample.response().tokens(),
        new Proportion(same, cut.resamples().size()),
        Optional.of(resample.outcome()));
  }
}
