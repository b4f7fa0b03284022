package criticalwindows.cli;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.error.UserError;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.localise.Verdict;
import criticalwindows.probe.Target;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.RunPrograms;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.store.RunFolder;
import criticalwindows.window.WindowStudy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run says of its texts, to fit probes to.
final class ProbedRun {
  private static final List<String> CLASSES = List.of("yes", "no");

  private final RunFolder run;
  private final CotReports reports;

  ProbedRun(RunFolder run, Outcomes outcomes) {
    this.run = run;
    Experiments.requireAnswers(run, "probes fit");
    reports = CotReports.of(run, outcomes);
  }

  /// How many of the continuations from each cut came to the class that is followed.
  ProbeTexts counted() {
    WindowStudy windows = reports.windows();
    Map<String, ProbeTexts.Known> known = new LinkedHashMap<>();
    for (CotFinding finding : withOriginals()) {
      Map<Integer, Target> targets = new HashMap<>();
      for (CotLevel level : finding.levels()) {
        Proportion counts = level.consistent();
        if (finding.readable() && counts.known()) {
          int yes = Math.toIntExact(counts.successes());
          targets.put(
              level.cut().kept(), Target.counts(yes, Math.toIntExact(counts.trials()) - yes));
        }
      }
      known.put(finding.problem().id(), known(finding, targets, windows));
    }
    return new ProbeTexts(CLASSES, known);
  }

  /// How likely the class that is followed is at each token, where the run's items are of the
  /// world.
  ///
  /// @throws UserError if they are not
  ProbeTexts exact() {
    RunPrograms programs = RunPrograms.of(run);
    if (programs.byId().isEmpty()) {
      throw new UserError(
          "no probability is exactly known in " + run.folder(),
          "take --target outcome, which goes by counts; only runs on the built-in world have more");
    }
    List<CotFinding> findings = withOriginals();
    ExactStudy study = ExactStudy.of(Experiments.sampling(run), findings, programs.byId());
    WindowStudy windows = reports.windows();
    Map<String, ProbeTexts.Known> known = new LinkedHashMap<>();
    for (CotFinding finding : findings) {
      ExactFinding found = study.of(finding).orElseGet(ExactFinding.Unread::new);
      if (found instanceof ExactFinding.Drawn drawn) {
        Map<Integer, Target> targets = new HashMap<>();
        for (int kept = 0; kept < drawn.curve().size(); kept++) {
          double p = Math.clamp(drawn.curve().get(kept), 0, 1);
          targets.put(kept, Target.exact(p, 1 - p));
        }
        known.put(finding.problem().id(), known(finding, targets, windows));
      }
    }
    return new ProbeTexts(CLASSES, known);
  }

  private List<CotFinding> withOriginals() {
    List<CotFinding> findings = reports.findings();
    Map<String, Sample> originals =
        run.ledger().originals(findings.stream().map(CotFinding::problem).toList());
    return findings.stream()
        .map(each -> each.with(originals.getOrDefault(each.problem().id(), each.original())))
        .toList();
  }

  private static ProbeTexts.Known known(
      CotFinding finding, Map<Integer, Target> targets, WindowStudy windows) {
    Map<String, Map<Integer, Double>> columns = new LinkedHashMap<>(surprise(finding.original()));
    for (EarlyAnswerReading reading : EarlyAnswerReading.values()) {
      Map<Integer, Double> early = new HashMap<>();
      finding
          .earlyAnswers(reading)
          .forEach(
              level ->
                  early.put(level.cut().kept(), finding.probability(level, reading).estimate()));
      columns.put("early-" + reading.name().toLowerCase(java.util.Locale.ROOT), early);
    }
    return new ProbeTexts.Known(targets, Optional.empty(), window(finding, windows), columns);
  }

  /// Where a window is claimed, its likeliest edges.
  private static Optional<Interval> window(CotFinding finding, WindowStudy windows) {
    return windows.verdict(finding).equals(Optional.of(Verdict.CLAIMED))
        ? windows
            .of(finding)
            .map(found -> new Interval(found.window().from().mean(), found.window().to().mean()))
        : Optional.empty();
  }

  /// Mean and last log-probability of the tokens kept, and of their entropies where these are
  /// known; with nothing kept 0.
  private static Map<String, Map<Integer, Double>> surprise(Sample original) {
    Map<String, Map<Integer, Double>> columns = new LinkedHashMap<>();
    int tokens = Math.min(original.tokens().size(), original.logProbs().size());
    double[] logs = new double[tokens];
    for (int i = 0; i < tokens; i++) {
      logs[i] = original.logProbs().at(i);
    }
    put(columns, "logprob", logs);
    List<Predicted> predictions = original.predictions();
    if (!predictions.isEmpty()) {
      double[] entropies = new double[tokens];
      for (int i = 0; i < tokens; i++) {
        entropies[i] = predictions.get(i).prediction().entropy();
      }
      put(columns, "entropy", entropies);
    }
    return columns;
  }

  private static void put(Map<String, Map<Integer, Double>> columns, String name, double[] values) {
    Map<Integer, Double> means = new HashMap<>(Map.of(0, 0.0));
    Map<Integer, Double> last = new HashMap<>(Map.of(0, 0.0));
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i];
      means.put(i + 1, sum / (i + 1));
      last.put(i + 1, values[i]);
    }
    columns.put(name + "-mean", means);
    columns.put(name + "-last", last);
  }
}
