package criticalwindows.experiment;

import criticalwindows.grade.AnswerNames;
import criticalwindows.localise.ClassCounts;
import criticalwindows.localise.ClassPosterior;
import criticalwindows.localise.ClassPosterior.ClassChange;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Prior;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the window model says of one problem's consistency curve.
///
/// @param problem its id
/// @param rollouts continuations it rests on
/// @param noWindow probability that there is no window
/// @param window the one that rises most, given that there is one, over all numbers of windows
/// @param others of the likeliest number of windows all but the one that rises most on average, in
///   order
/// @param curve the posterior mean of the consistency curve and its band
/// @param classes which answers lose and gain at the window: at the change of their distribution
///   whose place can be the window's and at which the original's answer moves most with it; the one
///   that gains most first. Empty where a window is unlikely or all answers are the same
public record WindowFinding(
    String problem,
    long rollouts,
    double noWindow,
    Episode window,
    List<Episode> others,
    List<WindowPosterior.Point> curve,
    List<ClassChange> classes) {
  /// Confidence of the intervals.
  public static final double LEVEL = .9;

  /// A window is claimed where the probability of none is at most this.
  public static final double CLAIM = .25;

  /// Answers that are shown apart; rarer ones count together.
  private static final int MOST_CLASSES = 5;

  private static final String OTHERS = "others";

  public WindowFinding {
    others = List.copyOf(others);
    curve = List.copyOf(curve);
    classes = List.copyOf(classes);
  }

  /// Whether a window is claimed.
  public boolean claimed() {
    return noWindow <= CLAIM;
  }

  /// What the model says of a finding; absent where its original has no readable answer, or nothing
  /// was sampled.
  public static Optional<WindowFinding> of(CotFinding finding) {
    return of(finding, new HashMap<>());
  }

  /// As [#of(CotFinding)], of equal curves once.
  ///
  /// @param known what was found of others, to which this one is added
  static Optional<WindowFinding> of(CotFinding finding, Map<Seen, Shape> known) {
    if (!finding.readable() || finding.length() == 0 || finding.rollouts() == 0) {
      return Optional.empty();
    }
    Seen seen = new Seen(finding.consistency(), finding.length());
    Shape shape = known.computeIfAbsent(seen, Seen::shape);
    boolean likely = shape.noWindow <= .5;
    return Optional.of(
        new WindowFinding(
            finding.problem().id(),
            finding.rollouts(),
            shape.noWindow,
            shape.window,
            shape.others,
            shape.curve,
            likely ? classes(finding, shape.window) : List.of()));
  }

  /// All that the model is told of a problem's curve.
  record Seen(Curve curve, int length) {
    private Shape shape() {
      WindowPosterior posterior = WindowPosterior.of(curve, length);
      return new Shape(
          posterior.noWindow(),
          posterior.greatest(LEVEL),
          others(posterior),
          posterior.curve(LEVEL));
    }

    private static List<Episode> others(WindowPosterior posterior) {
      List<Episode> windows = new ArrayList<>(posterior.windows(posterior.likeliest(), LEVEL));
      windows.remove(
          Collections.max(windows, Comparator.comparingDouble(window -> window.rise().mean())));
      return windows;
    }
  }

  /// And what it says.
  record Shape(
      double noWindow, Episode window, List<Episode> others, List<WindowPosterior.Point> curve) {}

  private static List<ClassChange> classes(CotFinding finding, Episode window) {
    AnswerNames answers = new AnswerNames();
    String own = answers.of(finding.answer());
    List<String> names = names(finding, answers);
    Map<Integer, long[]> counts = counts(finding, names, answers);
    if (names.size() < 2 || counts.size() < 2) {
      return List.of();
    }
    List<ClassCounts.Point> points = new ArrayList<>();
    counts.forEach(
        (kept, each) ->
            points.add(
                new ClassCounts.Point(
                    kept, IntStream.range(0, each.length).mapToObj(i -> each[i]).toList())));
    ClassPosterior posterior =
        ClassPosterior.of(new ClassCounts(names, points), finding.length(), Prior.STANDARD);
    Interval place = window.place().interval();
    return posterior.changes(likeliest(posterior), LEVEL).stream()
        .filter(change -> meets(change.place().interval(), place))
        .map(ClassPosterior.Change::classes)
        .max(Comparator.comparingDouble(all -> gain(all, own) * window.rise().mean()))
        .map(WindowFinding::byGain)
        .orElse(List.of());
  }

  private static boolean meets(Interval one, Interval other) {
    return one.low() <= other.high() && other.low() <= one.high();
  }

  /// What an answer gains.
  private static double gain(List<ClassChange> classes, String answer) {
    return classes.stream()
        .filter(change -> change.name().equals(answer))
        .mapToDouble(change -> change.gain().mean())
        .sum();
  }

  private static List<ClassChange> byGain(List<ClassChange> classes) {
    return classes.stream()
        .sorted(Comparator.comparingDouble(change -> -change.gain().mean()))
        .toList();
  }

  private static int likeliest(ClassPosterior posterior) {
    return IntStream.rangeClosed(1, Prior.STANDARD.most())
        .boxed()
        .max(Comparator.comparingDouble(posterior::count))
        .orElseThrow();
  }

  /// The original's answer, then those of the continuations, the most frequent first; the rare ones
  /// as one.
  private static List<String> names(CotFinding finding, AnswerNames answers) {
    Map<String, Integer> times = new LinkedHashMap<>();
    times.put(answers.of(finding.answer()), Integer.MAX_VALUE / 2);
    for (CotFinding.Level level : finding.levels()) {
      level.resamples().forEach(r -> times.merge(answers.of(r.answer()), 1, Integer::sum));
    }
    List<String> names =
        times.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    if (names.size() <= MOST_CLASSES) {
      return names;
    }
    List<String> most = new ArrayList<>(names.subList(0, MOST_CLASSES - 1));
    most.add(OTHERS);
    return most;
  }

  private static Map<Integer, long[]> counts(
      CotFinding finding, List<String> names, AnswerNames answers) {
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    Map<Integer, long[]> counts = new LinkedHashMap<>();
    for (CotFinding.Level level : finding.levels()) {
      if (!level.resamples().isEmpty() && !counts.containsKey(level.cut().kept())) {
        long[] here = new long[names.size()];
        level
            .resamples()
            .forEach(r -> here[places.getOrDefault(answers.of(r.answer()), names.size() - 1)]++);
        counts.put(level.cut().kept(), here);
      }
    }
    return counts;
  }
}
