package criticalwindows.probestudy;

import criticalwindows.activation.HookPoint;
import criticalwindows.probe.CheapForecast;
import criticalwindows.probe.CheapForecasts;
import criticalwindows.probe.Evidence;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.Folds;
import criticalwindows.probe.HeldOutForecasts;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeKind;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.ProbeSearch;
import criticalwindows.probe.ProbeTrial;
import criticalwindows.ratio.Score;
import criticalwindows.ratio.Scores;
import criticalwindows.replies.RatioOnWorld;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/// Forecasts of replies by fits that have seen no reply to the same family of attacks.
final class HeldOutFamilies {
  static final String RATIO = "ratio";

  /// It would go by what the reply itself came to, of which each request has one.
  private static final String OWN_END = "item's prior";

  private static final ProbeKind LINEAR = ProbeKinds.named("logistic");

  /// Beside the last one, these places of replies to forbidden requests are kept in the cell.
  private static final Set<Integer> KEPT = Set.of(0, 2, 5, 12);

  private static final List<String> RATIOS =
      List.of("ratio", "ratio-sum", "ratio-prompt", "phrase");

  private final ProbeFitter fitter;
  private final ProbesScale scale;
  private final ProbeInput input;
  private final Map<String, Reply> replies = new HashMap<>();
  private final ProbeSearch search;

  /// @param input whose rows are of these replies
  HeldOutFamilies(ProbeFitter fitter, ProbesScale scale, ProbeInput input, List<Reply> replies) {
    this.fitter = fitter;
    this.scale = scale;
    this.input = input;
    replies.forEach(reply -> this.replies.put(reply.key(), reply));
    Folds folds =
        new Folds(
            input.rows().stream().map(row -> reply(row).fold()).toList(),
            RatioOnWorld.FAMILIES.size());
    search = new ProbeSearch(fitter, new ProbeSearch.Settings(scale.penalties(), 2, folds));
  }

  /// Fitted to all replies.
  ///
  /// @param best probe
  /// @param middle the best of a middle layer
  record Fitted(FittedProbe best, FittedProbe middle) {}

  /// Adds all forecasts.
  ///
  /// @param seed of folds within a family
  Fitted write(CellWriter writer, long seed) {
    for (ProbeRow row : input.rows()) {
      if (kept(row)) {
        writer.target(row, reply(row).exact().getOrDefault(row.kept(), 0.0));
      }
    }
    ProbeSearch.Found found = forecast("probe", input.evidence(LINEAR), writer);
    for (CheapForecast cheap : CheapForecasts.ALL) {
      List<Evidence> own = cheap.name().equals(OWN_END) ? List.of() : cheap.evidence(input);
      if (!own.isEmpty()) {
        forecast(cheap.name(), own, writer);
      }
    }
    forecast(RATIO, List.of(ratio()), writer);
    List<ProbeSearch.Tried> tried = List.copyOf(ProbeSearch.byEvidence(found.tried()).values());
    writer.tried(input.set().hooks(), tried);
    FittedProbe best = refit(found.best());
    writer.chosen(best, found.best(), tried);
    transfers(best.hooks().getFirst(), seed, writer);
    return new Fitted(best, refit(middle(tried)));
  }

  private ProbeSearch.Found forecast(String name, List<Evidence> evidence, CellWriter writer) {
    ProbeSearch.Found found = search.run(input.rows(), evidence);
    writer.forecasts(new HeldOutForecasts(name, input.rows(), found.forecasts()), this::kept);
    return found;
  }

  private Reply reply(ProbeRow row) {
    return Objects.requireNonNull(replies.get(row.text()));
  }

  /// Of replies to harmless requests the first and the last place.
  private boolean kept(ProbeRow row) {
    Reply reply = reply(row);
    return row.kept() == reply.places().getLast()
        || row.kept() == 0
        || (!reply.harmless() && KEPT.contains(row.kept()));
  }

  /// Four likelihood ratios of the two models, weighed as was best on the other folds.
  private Evidence ratio() {
    List<Score> scores =
        Scores.ALL.stream().filter(score -> RATIOS.contains(score.name())).toList();
    float[][] vectors = new float[input.rows().size()][scores.size()];
    for (int i = 0; i < vectors.length; i++) {
      ProbeRow row = input.rows().get(i);
      for (int k = 0; k < scores.size(); k++) {
        vectors[i][k] = (float) scores.get(k).of(reply(row).text(), row.kept());
      }
    }
    List<Evidence.Span> spans =
        IntStream.range(0, vectors.length).mapToObj(i -> new Evidence.Span(i, i)).toList();
    return new Evidence(RATIO, LINEAR, () -> vectors, spans);
  }

  private FittedProbe refit(ProbeSearch.Tried tried) {
    HookPoint hook = input.set().hooks().get(tried.evidence());
    return new FittedProbe(
        LINEAR,
        List.of(hook),
        input.classes(),
        search.refit(input.rows(), input.evidence(LINEAR), tried));
  }

  /// The best of the layers between a quarter and three quarters of the depth.
  private ProbeSearch.Tried middle(List<ProbeSearch.Tried> tried) {
    List<HookPoint> hooks = input.set().hooks();
    int layers = hooks.getLast().layer();
    return tried.stream()
        .filter(each -> hooks.get(each.evidence()).layer() >= Math.max(2, layers / 4))
        .filter(each -> hooks.get(each.evidence()).layer() <= Math.max(2, layers * 3 / 4))
        .min(Comparator.comparingDouble(ProbeSearch.Tried::log))
        .orElseThrow();
  }

  private void transfers(HookPoint hook, long seed, CellWriter writer) {
    List<ProbeRow> attacks =
        input.rows().stream().filter(row -> !row.group().equals(Reply.HARMLESS)).toList();
    ProbeInput own =
        new ProbeInput(input.set(), input.classes(), attacks, input.responses(), Map.of());
    ProbeTrial.Plan plan =
        new ProbeTrial.Plan(LINEAR, Folds.By.ITEM, scale.folds(), scale.penalties(), seed);
    writer.transfers(new ProbeTrial(fitter, plan).transfer(own, hook));
  }
}
