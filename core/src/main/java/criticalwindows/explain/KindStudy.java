package criticalwindows.explain;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.ShareRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the windows of a run have in common: kinds of token within them, against the tokens outside
/// of windows at the same place of the same responses.
///
/// @param windows each counts once, however wide it is
/// @param tokens in all of them
/// @param rows a kind each, in order; none with fewer than [#FEWEST] windows
/// @param rare kinds that are outside of windows in fewer than [#FEWEST] responses
/// @param least windows that hold their response's least likely token, of those where it is known
/// @param leastSwapped the same, each response with the place of another's window
public record KindStudy(
    int windows,
    int tokens,
    List<Row> rows,
    List<TokenKind> rare,
    Proportion least,
    Proportion leastSwapped) {
  /// Windows, and responses with a kind, below which nothing is said.
  public static final int FEWEST = 5;

  /// Confidence of the intervals.
  public static final double LEVEL = .95;

  public KindStudy {
    rows = List.copyOf(rows);
    rare = List.copyOf(rare);
  }

  /// One kind.
  ///
  /// @param found in windows against outside
  /// @param swapped the same, each response with the place of another's window: what chance alone
  ///   gives
  /// @param verdict at [#LEVEL] for all kinds together
  public record Row(TokenKind kind, ShareRatio found, ShareRatio swapped, Verdict verdict) {}

  /// What can be said of a kind.
  public enum Verdict {
    /// It is more frequent in windows.
    MORE,
    /// It is less frequent in windows.
    LESS,
    /// The interval holds 1, or chance gives as much.
    OPEN
  }

  /// The study of these windows, one a problem.
  public static KindStudy of(List<WindowText> windows) {
    List<WindowText> swapped =
        IntStream.range(0, windows.size())
            .mapToObj(i -> windows.get(i).withPlaceOf(windows.get((i + 1) % windows.size())))
            .toList();
    List<TokenKind> told =
        windows.size() < FEWEST
            ? List.of()
            : Arrays.stream(TokenKind.values())
                .filter(kind -> enough(windows, kind) && enough(swapped, kind))
                .toList();
    List<TokenKind> rare =
        Arrays.stream(TokenKind.values()).filter(kind -> !told.contains(kind)).toList();
    return new KindStudy(
        windows.size(),
        windows.stream().mapToInt(WindowText::width).sum(),
        told.stream().map(kind -> row(windows, swapped, kind, told.size())).toList(),
        rare,
        least(windows),
        least(swapped));
  }

  private static boolean enough(List<WindowText> windows, TokenKind kind) {
    long responses =
        windows.stream()
            .filter(
                window ->
                    IntStream.range(0, window.length())
                        .anyMatch(i -> !window.holds(i) && window.kinds().get(i).contains(kind)))
            .count();
    return responses >= FEWEST && expected(windows, kind);
  }

  /// Whether a control that some window is matched with is of the kind.
  private static boolean expected(List<WindowText> windows, TokenKind kind) {
    List<ShareRatio.Cluster> clusters = matched(windows, kind);
    Set<Integer> strata =
        clusters.stream().flatMap(c -> c.strata().keySet().stream()).collect(Collectors.toSet());
    return clusters.size() >= FEWEST
        && clusters.stream()
            .flatMap(cluster -> cluster.controls().entrySet().stream())
            .anyMatch(control -> strata.contains(control.getKey()) && control.getValue() > 0);
  }

  private static Row row(
      List<WindowText> windows, List<WindowText> swapped, TokenKind kind, int kinds) {
    List<ShareRatio.Cluster> clusters = matched(windows, kind);
    ShareRatio all = ShareRatio.of(clusters, 1 - (1 - LEVEL) / kinds);
    return new Row(
        kind,
        ShareRatio.of(clusters, LEVEL),
        ShareRatio.of(matched(swapped, kind), LEVEL),
        verdict(windows, kind, all.interval(), (1 - LEVEL) / kinds / 2));
  }

  /// By the interval, which few windows or narrow ones can make too short, and by chance.
  private static Verdict verdict(
      List<WindowText> windows, TokenKind kind, Interval interval, double most) {
    if (interval.holds(1)) {
      return Verdict.OPEN;
    }
    ChancePlace chance = ChancePlace.of(windows, kind);
    if (interval.low() > 1) {
      return chance.more() <= most ? Verdict.MORE : Verdict.OPEN;
    }
    return chance.less() <= most ? Verdict.LESS : Verdict.OPEN;
  }

  /// A cluster a window. Tokens of windows at places where no response has any outside of its
  /// window are left out, and so are windows of such tokens alone.
  private static List<ShareRatio.Cluster> matched(List<WindowText> windows, TokenKind kind) {
    Set<Integer> strata =
        windows.stream()
            .flatMap(window -> controls(window, kind).keySet().stream())
            .collect(Collectors.toSet());
    List<ShareRatio.Cluster> clusters = new ArrayList<>();
    for (WindowText window : windows) {
      List<Integer> cases =
          IntStream.range(window.from(), window.to())
              .filter(token -> strata.contains(stratum(window, token)))
              .boxed()
              .toList();
      if (!cases.isEmpty()) {
        clusters.add(cluster(window, kind, cases));
      }
    }
    return clusters;
  }

  private static ShareRatio.Cluster cluster(
      WindowText window, TokenKind kind, List<Integer> cases) {
    Map<Integer, Double> places = new HashMap<>();
    double one = 1.0 / cases.size();
    cases.forEach(token -> places.merge(stratum(window, token), one, Double::sum));
    long ofKind = cases.stream().filter(token -> window.kinds().get(token).contains(kind)).count();
    return new ShareRatio.Cluster(ofKind * one, cases.size(), places, controls(window, kind));
  }

  /// The share of a kind outside of the window, by stretch of the response.
  private static Map<Integer, Double> controls(WindowText window, TokenKind kind) {
    return IntStream.range(0, window.length())
        .boxed()
        .filter(token -> !window.holds(token))
        .collect(
            Collectors.groupingBy(
                token -> stratum(window, token),
                Collectors.averagingDouble(
                    token -> window.kinds().get(token).contains(kind) ? 1 : 0)));
  }

  private static int stratum(WindowText window, int token) {
    return token * ChancePlace.STRETCHES / window.length();
  }

  private static Proportion least(List<WindowText> windows) {
    Proportion least = Proportion.NONE;
    for (WindowText window : windows) {
      least =
          window
              .leastLikely()
              .map(window::holds)
              .map(Proportion.Outcome::of)
              .map(least::plus)
              .orElse(least);
    }
    return least;
  }
}
