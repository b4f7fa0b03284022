package criticalwindows.show;

import criticalwindows.dataset.Problem;
import criticalwindows.probe.AlongText;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.ratio.TextScores;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.ProbeCurves;
import criticalwindows.store.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is known of a run's originals token by token, where probes were applied to them.
final class AlongTexts {
  private AlongTexts() {}

  /// Of a run, by problem; empty where no probe was applied.
  ///
  /// @param ratios the folder in which a run of likelihood ratios of the same texts may lie
  static Map<String, AlongText> of(RunFolder run, Path ratios) {
    Map<String, List<ProbeCurve>> probes =
        ProbeCurves.read(run).stream()
            .collect(
                Collectors.groupingBy(ProbeCurve::item, LinkedHashMap::new, Collectors.toList()));
    Map<String, AlongText> all = new LinkedHashMap<>();
    if (probes.isEmpty()) {
      return all;
    }
    List<Problem> problems =
        run.ledger().problems().stream().filter(each -> probes.containsKey(each.id())).toList();
    Map<String, Sample> originals = run.ledger().originals(problems);
    Map<String, List<Double>> ratio = ratios(ratios);
    for (Problem problem : problems) {
      String id = problem.id();
      List<Double> entropy =
          Optional.ofNullable(originals.get(id)).map(AlongTexts::entropy).orElse(List.of());
      all.put(
          id,
          new AlongText(
              id, probes.getOrDefault(id, List.of()), entropy, ratio.getOrDefault(id, List.of())));
    }
    return all;
  }

  private static List<Double> entropy(Sample original) {
    List<Double> all = new ArrayList<>();
    for (Predicted each : original.predictions()) {
      all.add((double) each.prediction().entropy());
    }
    return all;
  }

  private static Map<String, List<Double>> ratios(Path folder) {
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    if (Files.exists(folder.resolve("run.json"))) {
      try (RunFolder run = RunFolder.open(folder)) {
        if (Experiments.isRatio(run)) {
          run.ledger()
              .forEach(
                  (item, rows) ->
                      TextScores.of(item, rows)
                          .ifPresent(scores -> ratios.put(item.id(), ratio(scores))));
        }
      }
    }
    return ratios;
  }

  private static List<Double> ratio(TextScores scores) {
    return IntStream.range(0, scores.length()).mapToObj(scores::ratio).toList();
  }
}
