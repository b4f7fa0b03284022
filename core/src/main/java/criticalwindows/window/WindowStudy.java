package criticalwindows.window;

import criticalwindows.localise.Prior;
import criticalwindows.localise.Scatter;
import criticalwindows.localise.Verdict;
import criticalwindows.outcome.CutOutcomes;
import criticalwindows.rollout.Faults;
import criticalwindows.stats.FalseDiscovery;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the window model says of all problems of a run together.
///
/// @param byProblem findings by the problems' ids, in the run's order; those of which the model can
///   say nothing are left out
/// @param q by problem: the false discovery rate of all windows that are at least as sure as its
///   own, from their probabilities of being none
/// @param scatter of the counts around their curves
/// @param faults a line for each problem of which the model should have said something and could
///   not, with the reason
public record WindowStudy(
    Map<String, WindowFinding> byProblem,
    Map<String, Double> q,
    Scatter scatter,
    List<String> faults) {
  public WindowStudy {
    byProblem = Collections.unmodifiableMap(new LinkedHashMap<>(byProblem));
    q = Map.copyOf(q);
    faults = List.copyOf(faults);
  }

  /// The study of these findings.
  public static WindowStudy of(List<? extends CutOutcomes> findings) {
    Map<Scatter.Seen, WindowFinding.Shape> shapes = new ConcurrentHashMap<>();
    Faults faults = new Faults();
    Scatter scatter = scatter(findings);
    Prior prior = scatter.of(Prior.STANDARD);
    List<WindowFinding> known =
        findings.parallelStream()
            .flatMap(
                finding ->
                    faults
                        .unless(finding.item(), () -> WindowFinding.of(finding, prior, shapes))
                        .stream())
            .toList();
    List<Double> rates =
        FalseDiscovery.bayesian(known.stream().map(WindowFinding::noWindow).toList());
    Map<String, WindowFinding> byProblem = new LinkedHashMap<>();
    Map<String, Double> q = new LinkedHashMap<>();
    for (int i = 0; i < known.size(); i++) {
      byProblem.put(known.get(i).problem(), known.get(i));
      q.put(known.get(i).problem(), rates.get(i));
    }
    return new WindowStudy(byProblem, q, scatter, faults.lines());
  }

  /// What the model says of a problem.
  public Optional<WindowFinding> of(CutOutcomes finding) {
    return Optional.ofNullable(byProblem.get(finding.item().id()));
  }

  /// The q-value of a problem's window.
  public Optional<Double> q(CutOutcomes finding) {
    return Optional.ofNullable(q.get(finding.item().id()));
  }

  private static Scatter scatter(List<? extends CutOutcomes> findings) {
    return Scatter.of(
        findings.stream().flatMap(finding -> WindowFinding.seen(finding).stream()).toList(),
        Prior.STANDARD);
  }

  /// What is said of a problem; absent where the model can say nothing.
  public Optional<Verdict> verdict(CutOutcomes finding) {
    return of(finding).map(this::verdict);
  }

  private Verdict verdict(WindowFinding known) {
    double rate = Objects.requireNonNull(q.get(known.problem()));
    return Verdict.of(rate, known.noWindow(), known.beforehand());
  }

  /// Whether a problem's window is claimed only because others are surer: by itself it is not.
  public boolean averaged(CutOutcomes finding) {
    return verdict(finding).equals(Optional.of(Verdict.CLAIMED))
        && of(finding).stream().noneMatch(WindowFinding::claimed);
  }

  /// How many problems have this verdict.
  public int count(Verdict verdict) {
    return Math.toIntExact(
        byProblem.values().stream().filter(known -> verdict(known) == verdict).count());
  }

  /// Continuations of all problems that it rests on.
  public long rollouts() {
    return byProblem.values().stream().mapToLong(WindowFinding::rollouts).sum();
  }
}
