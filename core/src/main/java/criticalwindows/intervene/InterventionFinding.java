package criticalwindows.intervene;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Majority;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Proportion.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What became of one problem's interventions. All but the original is sampled anew: nothing that
/// is scored has helped to find the window.
///
/// @param again continuations from just before the window
/// @param hinted continuations from there after a hint, as many
/// @param fresh whole responses, at least as many tokens as each policy took
public record InterventionFinding(
    InterventionPlace place,
    List<DrawnAnswer> again,
    List<DrawnAnswer> hinted,
    List<DrawnAnswer> fresh) {
  public InterventionFinding {
    again = List.copyOf(again);
    hinted = List.copyOf(hinted);
    fresh = List.copyOf(fresh);
  }

  /// A way to come to an answer.
  public enum Policy {
    /// The response that has the window, as it is.
    ORIGINAL,
    /// One continuation from before the window.
    AGAIN,
    /// The majority of several.
    AGAIN_VOTE,
    /// One continuation after a hint there.
    HINT,
    /// The majority of several.
    HINT_VOTE
  }

  /// What a policy came to, and what it took.
  public record Result(Outcome right, int responses, long tokens) {}

  /// What each script of a problem came to.
  ///
  /// @param samples all that were sampled of it after the run
  static Map<Key, DrawnAnswer> draws(Problem problem, List<Sample> samples, Scorer scorer) {
    Map<Key, DrawnAnswer> draws = new TreeMap<>();
    samples.stream()
        .collect(Collectors.groupingBy(Sample::key))
        .forEach((key, rows) -> draws.put(key, DrawnAnswer.of(problem, rows, scorer)));
    return draws;
  }

  /// What there is so far.
  ///
  /// @param draws all of this problem after the run
  static InterventionFinding of(InterventionPlace place, Map<Key, DrawnAnswer> draws) {
    String id = place.problem().id();
    IntFunction<Key> again = index -> Key.resample(id, place.kept(), index);
    IntFunction<Key> hinted = index -> Key.hinted(id, place.kept(), index);
    return new InterventionFinding(
        place,
        inOrder(draws, again),
        inOrder(draws, hinted),
        inOrder(draws, index -> Key.text(id, index)));
  }

  /// In the order of their index, up to the first that is missing.
  private static List<DrawnAnswer> inOrder(Map<Key, DrawnAnswer> draws, IntFunction<Key> keys) {
    List<DrawnAnswer> inOrder = new ArrayList<>();
    for (DrawnAnswer draw = draws.get(keys.apply(0)); draw != null; ) {
      inOrder.add(draw);
      draw = draws.get(keys.apply(inOrder.size()));
    }
    return inOrder;
  }

  /// This with at most so many continuations of each kind.
  InterventionFinding first(int most) {
    return new InterventionFinding(place, first(again, most), first(hinted, most), fresh);
  }

  private static List<DrawnAnswer> first(List<DrawnAnswer> draws, int most) {
    return draws.subList(0, Math.min(most, draws.size()));
  }

  /// What is to be sampled next, some of it perhaps there already; nothing where this is complete.
  ///
  /// @param votes continuations of each kind that are wanted, at least 1
  List<Key> lacking(int votes) {
    String id = place.problem().id();
    List<Key> keys = new ArrayList<>();
    IntStream.range(again.size(), votes).forEach(i -> keys.add(Key.resample(id, place.kept(), i)));
    IntStream.range(hinted.size(), votes).forEach(i -> keys.add(Key.hinted(id, place.kept(), i)));
    if (keys.isEmpty()) {
      int more = dearest().lacking(fresh);
      IntStream.range(0, more).forEach(i -> keys.add(Key.text(id, fresh.size() + i)));
    }
    return keys;
  }

  private EqualCost dearest() {
    long most = 0;
    for (Policy policy : Policy.values()) {
      most = Math.max(most, result(policy).tokens());
    }
    return cost(most);
  }

  private EqualCost cost(long budget) {
    return new EqualCost(budget, Math.max(1, place.original().tokens()));
  }

  /// Whether the original is right.
  public Outcome original() {
    return result(Policy.ORIGINAL).right();
  }

  /// What a policy came to.
  public Result result(Policy policy) {
    return vote(
        switch (policy) {
          case ORIGINAL -> List.of(place.original());
          case AGAIN -> first(again, 1);
          case AGAIN_VOTE -> again;
          case HINT -> first(hinted, 1);
          case HINT_VOTE -> hinted;
        });
  }

  /// What a plain vote came to that cost as much: the majority of fresh responses.
  public Result plain(Policy policy) {
    return vote(cost(result(policy).tokens()).of(fresh));
  }

  private Result vote(List<DrawnAnswer> draws) {
    boolean right =
        Majority.of(draws.stream().map(DrawnAnswer::answer).toList())
            .flatMap(majority -> place.gold().map(majority::same))
            .orElse(false);
    return new Result(
        Outcome.of(right), draws.size(), draws.stream().mapToLong(DrawnAnswer::tokens).sum());
  }
}
