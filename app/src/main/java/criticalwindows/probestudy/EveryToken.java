package criticalwindows.probestudy;

import criticalwindows.activation.HookPoint;
import criticalwindows.probe.Evidence;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.Folds;
import criticalwindows.probe.HeldOutForecasts;
import criticalwindows.probe.PlaceIndex;
import criticalwindows.probe.Probe;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeKind;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeMove;
import criticalwindows.probe.ProbeNumbers;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.ProbeSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What is done with the vectors of every token at one hook point: probes that read several tokens,
/// and the forecasts of a linear one along whole responses that it was not fitted to.
///
/// @param set with every token from the prompt's last one
/// @param cut the rows at the cuts
/// @param folds of these
record EveryToken(ProbeFitter fitter, MemoryActivations set, ProbeInput cut, Folds folds) {
  /// Fewer than a linear probe has: a fit takes as long as there are tokens.
  private static final List<Double> PENALTIES = List.of(.3, .03, .003);

  /// Adds forecasts of probes of several tokens, and where a linear one moves.
  ///
  /// @param penalty of the linear probe
  void write(CellWriter writer, double penalty) {
    ProbeInput input = new ProbeInput(set, cut.classes(), rows(), cut.responses(), Map.of());
    for (String kind : List.of("attention", "max")) {
      ProbeSearch search = new ProbeSearch(fitter, settings(PENALTIES));
      ProbeSearch.Found found = search.run(input.rows(), input.evidence(ProbeKinds.named(kind)));
      writer.forecasts(new HeldOutForecasts(kind, input.rows(), found.forecasts()), row -> true);
    }
    for (int fold = 0; fold < folds.count(); fold++) {
      moves(writer, along(input, penalty, fold), held(input.rows(), fold));
    }
  }

  private ProbeSearch.Settings settings(List<Double> penalties) {
    return new ProbeSearch.Settings(penalties, cut.classes().size(), folds);
  }

  /// The same rows, whose places are those of this set.
  private List<ProbeRow> rows() {
    PlaceIndex index = new PlaceIndex(set);
    return cut.rows().stream()
        .map(
            row ->
                new ProbeRow(
                    index.of(row.text(), row.kept()).orElseThrow(),
                    row.item(),
                    row.group(),
                    row.text(),
                    row.kept(),
                    row.length(),
                    row.target()))
        .toList();
  }

  private List<String> held(List<ProbeRow> rows, int fold) {
    return IntStream.range(0, rows.size())
        .filter(row -> folds.of().get(row) == fold)
        .mapToObj(row -> rows.get(row).text())
        .distinct()
        .toList();
  }

  /// Fitted to all other folds.
  private FittedProbe along(ProbeInput input, double penalty, int fold) {
    ProbeKind kind = ProbeKinds.named("logistic");
    Evidence all = input.evidence(kind).getFirst();
    int[] train =
        IntStream.range(0, input.rows().size())
            .filter(row -> folds.of().get(row) != fold)
            .toArray();
    Evidence evidence =
        new Evidence(
            all.name(),
            kind,
            all.vectors(),
            IntStream.of(train).mapToObj(all.spans()::get).toList());
    List<ProbeRow> rows = IntStream.of(train).mapToObj(input.rows()::get).toList();
    ProbeNumbers numbers =
        new ProbeSearch(fitter, settings(List.of(penalty)))
            .refit(rows, List.of(evidence), new ProbeSearch.Tried(0, penalty, 0));
    return new FittedProbe(kind, set.hooks(), input.classes(), numbers);
  }

  private void moves(CellWriter writer, FittedProbe probe, List<String> texts) {
    HookPoint hook = set.hooks().getFirst();
    float[][] vectors = set.at(hook);
    TreeMap<String, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < set.places().size(); i++) {
      String text = set.texts().get(set.places().get(i).text()).id();
      places.computeIfAbsent(text, id -> new ArrayList<>()).add(i);
    }
    for (String text : texts) {
      List<Double> forecasts = new ArrayList<>();
      Probe.Reading reading = probe.begin();
      for (int place : places.getOrDefault(text, List.of())) {
        forecasts.add(FittedProbe.probabilities(reading.next(vectors[place]))[0]);
      }
      List<Integer> kept = IntStream.range(0, forecasts.size()).boxed().toList();
      double move =
          ProbeMove.of(new ProbeCurve(text, "probe", "right", kept, forecasts))
              .map(ProbeMove::kept)
              .orElse(CellWriter.STILL);
      writer.measured().value(CellWriter.MOVE, text, move);
    }
  }
}
