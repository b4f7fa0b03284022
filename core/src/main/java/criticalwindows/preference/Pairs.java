package criticalwindows.preference;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Resample;
import criticalwindows.model.Tokens;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.TwoProportions;
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

  private static final double LEVEL = .9;
  private static final Comparator<Found> BY_DIFFERENCE =
      Comparator.comparingDouble(found -> found.apart);

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
  /// the two whose continuations differ most surely in how often they come to what is wanted, by
  /// the lower end of the 90 % interval of the difference ([TwoProportions#difference]). There is
  /// none where that is not above 0. A continuation from an earlier cut that wrote the response's
  /// own tokens up to the place counts there too; and one from right behind the place counts for
  /// the response's own token.
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
              .sorted(BY_DIFFERENCE.reversed())
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
    List<Found> found = new ArrayList<>();
    for (Pair.Side chosen : sides) {
      for (Pair.Side rejected : sides) {
        double apart = TwoProportions.difference(chosen.counts(), rejected.counts(), LEVEL).low();
        found.add(new Found(new Pair(kept, counts(passed), chosen, rejected), apart));
      }
    }
    return found.stream().filter(each -> each.apart > 0).max(BY_DIFFERENCE);
  }

  /// A pair, and by how much its shares differ at least.
  private record Found(Pair pair, double apart) {}

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
