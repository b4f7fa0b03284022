package criticalwindows.cot;

import criticalwindows.model.LogProbs;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The share of the class that is followed by how much was given, group by group: a family of
/// attacks, or a word.
///
/// @param unit of what was given
/// @param groups in the order of the run
public record Depths(Unit unit, List<Group> groups) {
  private static final char TIMES = '/';

  public Depths {
    groups = List.copyOf(groups);
  }

  /// What depth counts.
  public enum Unit {
    /// Tokens of the response that were kept.
    TOKENS,
    /// How often a word was given.
    WORDS
  }

  /// One line.
  ///
  /// @param points with growing depth
  public record Group(String name, List<Point> points) {
    public Group {
      points = List.copyOf(points);
    }

    /// What is known at a depth.
    public Optional<Point> at(int depth) {
      return points.stream().filter(point -> point.depth() == depth).findFirst();
    }
  }

  /// One depth.
  ///
  /// @param counts of all continuations; none where nothing was counted
  /// @param over the mean over items, each counting the same, also those whose response has ended;
  ///   of a single item it has no interval of its own, and the counts tell
  public record Point(int depth, Proportion counts, ProblemMean over) {
    /// Of the mean over items; of a single item that of its continuations.
    public Interval interval(double level) {
      return over.problems() == 1 && counts.known() ? counts.wilson(level) : over.interval(level);
    }
  }

  /// Every depth, in order.
  public List<Integer> depths() {
    return groups.stream()
        .flatMap(group -> group.points().stream())
        .map(Point::depth)
        .distinct()
        .sorted()
        .toList();
  }

  /// By tokens kept and by task, such as a family of attacks. A response that has ended before a
  /// depth counts there with what it came to, 0 or 1: else the mean would rise where those that
  /// refuse, which are short, drop out.
  public static Depths byTokens(List<CotFinding> findings) {
    Map<String, List<CotFinding>> groups =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    finding -> finding.problem().task(), LinkedHashMap::new, Collectors.toList()));
    List<Group> all = new ArrayList<>();
    groups.forEach((name, items) -> all.add(byTokens(name, items)));
    return new Depths(Unit.TOKENS, all);
  }

  private static Group byTokens(String name, List<CotFinding> items) {
    SortedMap<Integer, List<Proportion>> depths = new TreeMap<>();
    for (CotFinding item : items) {
      for (CotLevel level : item.levels()) {
        depths
            .computeIfAbsent(level.cut().kept(), kept -> new ArrayList<>())
            .add(level.consistent());
      }
    }
    List<Point> points = new ArrayList<>();
    depths.forEach(
        (depth, shares) -> {
          Proportion counts = shares.stream().reduce(Proportion.NONE, Proportion::plus);
          if (counts.known()) {
            List<Double> values = new ArrayList<>();
            shares.stream().filter(Proportion::known).forEach(each -> values.add(each.estimate()));
            items.stream()
                .filter(item -> item.closed() && item.length() < depth)
                .forEach(item -> values.add(item.outcome().same(item.followed()) ? 1.0 : 0.0));
            points.add(new Point(depth, counts, ProblemMean.ofValues(values)));
          }
        });
    return new Group(name, points);
  }

  /// By how often a word was given, word by word, and on average.
  ///
  /// @param findings of items named `word/times`
  /// @param runs the longest runs, as they were scored, by their word
  public static Depths byWords(List<CotFinding> findings, Map<String, Sample> runs) {
    Map<String, SortedMap<Integer, List<Proportion>>> groups = new LinkedHashMap<>();
    SortedMap<Integer, List<Proportion>> every = new TreeMap<>();
    for (CotFinding finding : findings) {
      if (!finding.levels().isEmpty()) {
        Proportion share = finding.levels().getFirst().consistent();
        int times = times(finding.problem().id());
        groups
            .computeIfAbsent(finding.problem().task(), word -> new TreeMap<>())
            .computeIfAbsent(times, count -> new ArrayList<>())
            .add(share);
        every.computeIfAbsent(times, count -> new ArrayList<>()).add(share);
      }
    }
    List<Group> all = new ArrayList<>();
    groups.forEach((word, depths) -> all.add(group(word, depths)));
    if (groups.size() > 1) {
      all.add(group("mean", every));
    }
    if (!runs.isEmpty()) {
      all.add(scored(every, runs));
    }
    return new Depths(Unit.WORDS, all);
  }

  /// How often the word of an item was given.
  public static int times(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf(TIMES) + 1));
  }

  private static Group group(String name, SortedMap<Integer, List<Proportion>> depths) {
    List<Point> points = new ArrayList<>();
    depths.forEach(
        (depth, shares) -> {
          Proportion counts = shares.stream().reduce(Proportion.NONE, Proportion::plus);
          if (counts.known()) {
            points.add(new Point(depth, counts, ProblemMean.of(shares)));
          }
        });
    return new Group(name, points);
  }

  private static Group scored(
      SortedMap<Integer, List<Proportion>> depths, Map<String, Sample> runs) {
    Map<String, List<Double>> goesOn =
        runs.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, run -> goesOn(run.getKey(), run.getValue())));
    List<Point> points = new ArrayList<>();
    for (int depth : depths.keySet()) {
      List<Double> each =
          goesOn.values().stream()
              .filter(run -> depth < run.size())
              .map(run -> run.get(depth))
              .toList();
      if (!each.isEmpty()) {
        points.add(new Point(depth, Proportion.NONE, ProblemMean.ofValues(each)));
      }
    }
    return new Group("scored", points);
  }

  /// P(the word once more | it was given 0, 1, 2 … times), as the model scored a run of it: `word
  /// word word`.
  ///
  /// @param run with the probabilities of its tokens and where each of them ends in the text
  public static List<Double> goesOn(String word, Sample run) {
    List<Double> goesOn = new ArrayList<>();
    LogProbs logProbs = run.logProbs();
    List<Integer> ends = run.ends();
    int token = 0;
    for (int end = word.length(); end <= run.text().length(); end += 1 + word.length()) {
      double log = 0;
      for (; token < logProbs.size() && ends.get(token) <= end; token++) {
        log += logProbs.at(token);
      }
      goesOn.add(Math.min(1, Math.exp(log)));
    }
    return goesOn;
  }
}
