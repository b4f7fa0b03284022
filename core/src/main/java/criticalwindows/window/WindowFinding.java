package criticalwindows.window;

import criticalwindows.localise.ClassChange;
import criticalwindows.localise.ClassCounts;
import criticalwindows.localise.ClassPosterior;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Prior;
import criticalwindows.localise.Scatter;
import criticalwindows.localise.Verdict;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.outcome.CutOutcomes;
import criticalwindows.outcome.OutcomeNames;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
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
/// @param beforehand probability that there is none and that the curve is at .9 or more throughout,
///   or where it follows a class that is not the response's own, at .1 or less
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
    double beforehand,
    Episode window,
    List<Episode> others,
    List<WindowPosterior.Point> curve,
    List<ClassChange> classes) {
  /// Confidence of the intervals.
  public static final double LEVEL = .9;

  /// Answers that are shown apart; rarer ones count together.
  private static final int MOST_CLASSES = 5;

  /// Positions whose classes are told apart: what they take grows with the square of these.
  private static final int MOST_POSITIONS = 400;

  private static final String OTHERS = "others";

  public WindowFinding {
    others = List.copyOf(others);
    curve = List.copyOf(curve);
    classes = List.copyOf(classes);
  }

  /// What is said of this problem by itself; a study of many may claim more.
  public Verdict verdict() {
    return Verdict.of(noWindow, noWindow, beforehand);
  }

  /// Whether a window is claimed, by itself.
  public boolean claimed() {
    return verdict() == Verdict.CLAIMED;
  }

  /// Whether its rise takes longer than a quarter of the response, the widest of the broad windows:
  /// it is decided gradually.
  public boolean gradual() {
    return window.gradual() > .5;
  }

  /// Whether all of where it can be lies behind the reasoning: it is decided while the answer is
  /// stated.
  ///
  /// @param finding this is about
  public boolean stating(CutOutcomes finding) {
    return finding.reasoned().stream().anyMatch(kept -> window.place().interval().low() >= kept);
  }

  /// What the model says of a finding; absent where its original has no readable answer, or nothing
  /// was sampled.
  public static Optional<WindowFinding> of(CutOutcomes finding) {
    return seen(finding)
        .flatMap(
            seen -> {
              Prior prior = Scatter.of(List.of(seen), Prior.STANDARD).of(Prior.STANDARD);
              return of(finding, prior, new HashMap<>());
            });
  }

  /// All that the model is told of a problem; absent where its original has no readable answer, or
  /// nothing was sampled.
  static Optional<Scatter.Seen> seen(CutOutcomes finding) {
    if (!finding.readable() || finding.length() == 0 || finding.rollouts() == 0) {
      return Optional.empty();
    }
    Curve curve = finding.consistency();
    return Optional.of(
        new Scatter.Seen(curve, curve.end().map(Curve.End::position).orElse(finding.length())));
  }

  /// As [#of(CutOutcomes)], of equal curves once.
  ///
  /// @param prior with the scatter of the study
  /// @param known what was found of others, to which this one is added
  static Optional<WindowFinding> of(
      CutOutcomes finding, Prior prior, Map<Scatter.Seen, Shape> known) {
    return seen(finding)
        .map(
            seen -> {
              Ends ends = finding.fixed().isPresent() ? Ends.BOTH : Ends.HIGH;
              Shape shape = known.computeIfAbsent(seen, curve -> shape(curve, prior, ends));
              boolean likely = shape.noWindow <= Verdict.SHOWN;
              return new WindowFinding(
                  finding.item().id(),
                  finding.rollouts(),
                  shape.noWindow,
                  shape.beforehand,
                  shape.window,
                  shape.others,
                  shape.curve,
                  likely ? classes(finding, shape.window) : List.of());
            });
  }

  /// Where a curve stays that was decided before the response: at .9 or more, and where it follows
  /// a class that is not the response's own, at .1 or less too.
  private enum Ends {
    HIGH,
    BOTH
  }

  private static Shape shape(Scatter.Seen seen, Prior prior, Ends ends) {
    WindowPosterior posterior = WindowPosterior.of(seen.curve(), seen.length(), prior);
    return new Shape(
        posterior.noWindow(),
        Math.max(
            posterior.beforehand(),
            ends == Ends.BOTH && posterior.noWindow() > Verdict.SHOWN
                ? WindowPosterior.of(mirrored(seen.curve()), seen.length(), prior).beforehand()
                : 0),
        posterior.greatest(LEVEL),
        others(posterior),
        posterior.curve(LEVEL));
  }

  /// The same counts of whatever is not the class.
  private static Curve mirrored(Curve curve) {
    List<Curve.Point> points =
        curve.points().stream()
            .map(
                point -> {
                  Proportion counts = point.proportion();
                  return new Curve.Point(
                      point.position(),
                      new Proportion(counts.trials() - counts.successes(), counts.trials()));
                })
            .toList();
    return new Curve(points, curve.end().map(end -> new Curve.End(end.position(), !end.holds())));
  }

  private static List<Episode> others(WindowPosterior posterior) {
    List<Episode> windows = new ArrayList<>(posterior.windows(posterior.likeliest(), LEVEL));
    windows.remove(
        Collections.max(windows, Comparator.comparingDouble(window -> window.rise().mean())));
    return windows;
  }

  /// And what it says.
  record Shape(
      double noWindow,
      double beforehand,
      Episode window,
      List<Episode> others,
      List<WindowPosterior.Point> curve) {}

  private static List<ClassChange> classes(CutOutcomes finding, Episode window) {
    OutcomeNames answers = new OutcomeNames();
    String own = answers.of(finding.followed());
    String end = answers.of(finding.outcome());
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
    finding
        .consistency()
        .end()
        .ifPresent(known -> points.add(end(known, names.indexOf(end), points)));
    int length = points.getLast().position();
    Interval place = window.place().interval();
    ClassCounts all = new ClassCounts(names, points).pooled(place, MOST_POSITIONS);
    ClassPosterior posterior = ClassPosterior.of(all, length, Prior.STANDARD);
    return posterior.changes(likeliest(posterior), LEVEL).stream()
        .filter(change -> meets(change.place().interval(), place))
        .map(ClassPosterior.Change::classes)
        .max(Comparator.comparingDouble(each -> gain(each, own) * window.rise().mean()))
        .map(WindowFinding::byGain)
        .orElse(List.of());
  }

  /// The end is the original's answer, as surely as if the fullest cut had been sampled there
  /// again.
  private static ClassCounts.Point end(Curve.End end, int own, List<ClassCounts.Point> points) {
    long most =
        points.stream()
            .mapToLong(point -> point.counts().stream().mapToLong(Long::longValue).sum())
            .max()
            .orElse(0);
    List<Long> counts = new ArrayList<>(Collections.nCopies(points.getFirst().counts().size(), 0L));
    counts.set(own, most);
    return new ClassCounts.Point(end.position(), counts);
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

  /// The original's answer and the one that is followed, then those of the continuations, the most
  /// frequent first; the rare ones as one.
  private static List<String> names(CutOutcomes finding, OutcomeNames answers) {
    Map<String, Integer> times = new LinkedHashMap<>();
    times.put(answers.of(finding.outcome()), Integer.MAX_VALUE / 2);
    times.put(answers.of(finding.followed()), Integer.MAX_VALUE / 2);
    finding
        .byCut()
        .values()
        .forEach(cut -> cut.forEach(each -> times.merge(answers.of(each), 1, Integer::sum)));
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
      CutOutcomes finding, List<String> names, OutcomeNames answers) {
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    Map<Integer, long[]> counts = new LinkedHashMap<>();
    finding
        .byCut()
        .forEach(
            (kept, outcomes) -> {
              long[] here = new long[names.size()];
              outcomes.forEach(
                  each -> here[places.getOrDefault(answers.of(each), names.size() - 1)]++);
              counts.put(kept, here);
            });
    return counts;
  }
}
