package criticalwindows.show;

import criticalwindows.compare.ComparedRun;
import criticalwindows.cot.CotFinding;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Settings;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.view.TerminalText;
import criticalwindows.window.WindowStudy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A run as one of several that are compared: what it measured, and how it was made.
///
/// @param folder of the run
/// @param experiment that it is of
/// @param outcome that its windows are found by
/// @param facts how it was made, by name
/// @param run what it measured
/// @param faults what could not be worked out of it
public record ComparedRuns(
    Path folder,
    String experiment,
    String outcome,
    SequencedMap<String, String> facts,
    ComparedRun run,
    List<String> faults) {
  private static final int TOGETHER = 256;

  /// Reads a run.
  public static ComparedRuns of(RunFolder run, Outcomes outcomes) {
    Experiments.requireAnswers(run, "compare");
    CotReports reports = CotReports.of(run, outcomes);
    WindowStudy windows = reports.windows();
    String name = TerminalText.line(String.valueOf(run.folder().getFileName()));
    ComparedRun measured = ComparedRun.of(name, withTexts(run, reports.findings()), windows);
    List<String> faults = new ArrayList<>(reports.faults().lines());
    faults.addAll(windows.faults());
    return new ComparedRuns(
        run.folder(),
        run.manifest().experiment(),
        outcomes.searched().name(),
        facts(run, outcomes),
        measured,
        faults);
  }

  /// Findings with the texts of their originals, which are read some at a time.
  private static Stream<CotFinding> withTexts(RunFolder run, List<CotFinding> findings) {
    return IntStream.iterate(0, from -> from < findings.size(), from -> from + TOGETHER)
        .mapToObj(from -> findings.subList(from, Math.min(findings.size(), from + TOGETHER)))
        .flatMap(some -> CotReports.withOriginals(run, some).stream());
  }

  private static SequencedMap<String, String> facts(RunFolder run, Outcomes outcomes) {
    Manifest manifest = run.manifest();
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("model", manifest.subject().name());
    facts.put("model file", manifest.subject().sha256());
    facts.put("items", manifest.items().source());
    facts.put("outcomes", String.join("; ", names(outcomes)));
    facts.put("prompts", manifest.prompts().hash());
    for (Map.Entry<String, Settings.Value> setting : manifest.settings().values().entrySet()) {
      if (!setting.getKey().equals(Experiments.OUTCOMES)) {
        facts.put(setting.getKey(), setting.getValue().toString().replace("\"", ""));
      }
    }
    return facts;
  }

  private static List<String> names(Outcomes outcomes) {
    return outcomes.all().stream().map(Outcomes.Named::name).toList();
  }

  /// What was not the same in all of them, with its values in their order.
  public static Map<String, List<String>> differing(List<ComparedRuns> runs) {
    SequencedMap<String, List<String>> differing = new LinkedHashMap<>();
    runs.stream()
        .flatMap(run -> run.facts.keySet().stream())
        .distinct()
        .forEach(
            name -> {
              List<String> values =
                  runs.stream().map(run -> run.facts.getOrDefault(name, "–")).toList();
              if (values.stream().distinct().count() > 1) {
                differing.put(name, values);
              }
            });
    return differing;
  }

  /// What cannot be compared is refused.
  ///
  /// @param runs two or more
  /// @throws UserError if they are of different experiments, or go by different outcomes
  public static void requireAlike(List<ComparedRuns> runs) {
    ComparedRuns first = runs.getFirst();
    for (ComparedRuns other : runs) {
      if (!other.experiment.equals(first.experiment)) {
        throw new UserError(
            first.folder
                + " is a run of "
                + first.experiment
                + ", and "
                + other.folder
                + " of "
                + other.experiment,
            "compare runs of one experiment: others do not measure the same");
      }
      if (!other.outcome.equals(first.outcome)) {
        throw new UserError(
            first.folder
                + " goes by "
                + first.outcome
                + ", and "
                + other.folder
                + " by "
                + other.outcome,
            "read all of them by one outcome with --outcome");
      }
    }
  }
}
