package criticalwindows.experiment;

import criticalwindows.stats.FalseDiscovery;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the window model says of all problems of a run together.
///
/// @param byProblem findings by the problems' ids, in the run's order; those of which the model can
///   say nothing are left out
/// @param q by problem: the false discovery rate of all windows that are at least as sure as its
///   own, from their probabilities of being none
/// @param faults a line for each problem of which the model should have said something and could
///   not, with the reason
public record WindowStudy(
    Map<String, WindowFinding> byProblem, Map<String, Double> q, List<String> faults) {
  /// The false discovery rate at which windows are counted.
  public static final double RATE = .05;

  public WindowStudy {
    byProblem = Collections.unmodifiableMap(new LinkedHashMap<>(byProblem));
    q = Map.copyOf(q);
    faults = List.copyOf(faults);
  }

  /// The study of these findings.
  public static WindowStudy of(List<CotFinding> findings) {
    Map<WindowFinding.Seen, WindowFinding.Shape> shapes = new ConcurrentHashMap<>();
    Faults faults = new Faults();
    List<WindowFinding> known =
        findings.parallelStream().flatMap(finding -> of(finding, shapes, faults).stream()).toList();
    List<Double> rates =
        FalseDiscovery.bayesian(known.stream().map(WindowFinding::noWindow).toList());
    Map<String, WindowFinding> byProblem = new LinkedHashMap<>();
    Map<String, Double> q = new LinkedHashMap<>();
    for (int i = 0; i < known.size(); i++) {
      byProblem.put(known.get(i).problem(), known.get(i));
      q.put(known.get(i).problem(), rates.get(i));
    }
    return new WindowStudy(byProblem, q, faults.lines());
  }

  private static Optional<WindowFinding> of(
      CotFinding finding, Map<WindowFinding.Seen, WindowFinding.Shape> shapes, Faults faults) {
    return faults.unless(finding.problem(), () -> WindowFinding.of(finding, shapes));
  }

  /// What the model says of a problem.
  public Optional<WindowFinding> of(CotFinding finding) {
    return Optional.ofNullable(byProblem.get(finding.problem().id()));
  }

  /// The q-value of a problem's window.
  public Optional<Double> q(CotFinding finding) {
    return Optional.ofNullable(q.get(finding.problem().id()));
  }

  /// How many windows survive at [#RATE].
  public int survive() {
    return Math.toIntExact(q.values().stream().filter(rate -> rate <= RATE).count());
  }

  /// Continuations of all problems that it rests on.
  public long rollouts() {
    return byProblem.values().stream().mapToLong(WindowFinding::rollouts).sum();
  }
}
