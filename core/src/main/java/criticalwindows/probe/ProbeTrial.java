package criticalwindows.probe;

import criticalwindows.activation.HookPoint;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A probe with all that is to be said of it: it is fitted by cross-validation, then to all rows,
/// and judged beside the cheap forecasts and beside itself with shuffled targets, on the same
/// folds.
public final class ProbeTrial {
  private final ProbeFitter fitter;
  private final Plan plan;

  /// @param kind of probe
  /// @param by what is held out as a whole
  /// @param folds the most of them, at least 2
  /// @param penalties that are tried, from the strongest
  /// @param seed of folds and of the shuffle
  public record Plan(ProbeKind kind, Folds.By by, int folds, List<Double> penalties, long seed) {
    public Plan {
      penalties = List.copyOf(penalties);
    }
  }

  /// A trial of this plan.
  public ProbeTrial(ProbeFitter fitter, Plan plan) {
    this.fitter = fitter;
    this.plan = plan;
  }

  /// What came of it.
  ///
  /// @param probe fitted to all rows, with the evidence and penalty that were best on held-out ones
  /// @param best what was chosen
  /// @param tried the best of each hook point
  /// @param held the probe's forecasts first, then those of the cheap ones that are known, then the
  ///   probe's with shuffled targets
  public record Outcome(
      FittedProbe probe,
      ProbeSearch.Tried best,
      List<ProbeSearch.Tried> tried,
      List<HeldOutForecasts> held) {
    public Outcome {
      tried = List.copyOf(tried);
      held = List.copyOf(held);
    }

    /// How good all these forecasts are.
    ///
    /// @param windows of texts by id; see [WindowPart]
    public ForecastTable table(Map<String, Interval> windows) {
      // The base rate stands behind the probe.
      return ForecastTable.of(held, held.get(1), windows);
    }
  }

  /// Fits and judges.
  public Outcome run(ProbeInput input) {
    Folds folds = Folds.draw(input.rows(), plan.by, plan.folds, plan.seed);
    ProbeSearch search = search(input, folds);
    List<Evidence> evidence = input.evidence(plan.kind);
    ProbeSearch.Found found = search.run(input.rows(), evidence);
    List<HeldOutForecasts> held = new ArrayList<>();
    held.add(new HeldOutForecasts("probe", input.rows(), found.forecasts()));
    for (CheapForecast cheap : CheapForecasts.ALL) {
      List<Evidence> own = cheap.evidence(input);
      if (!own.isEmpty()) {
        double[][] forecasts = search.run(input.rows(), own).forecasts();
        held.add(new HeldOutForecasts(cheap.name(), input.rows(), forecasts));
      }
    }
    ProbeInput shuffled = input.with(ShuffledTargets.of(input.rows(), plan.seed));
    held.add(
        new HeldOutForecasts(
            "probe, shuffled",
            shuffled.rows(),
            search.run(shuffled.rows(), shuffled.evidence(plan.kind)).forecasts()));
    ProbeNumbers numbers = search.refit(input.rows(), evidence, found.best());
    HookPoint hook = input.set().hooks().get(found.best().evidence());
    FittedProbe probe = new FittedProbe(plan.kind, List.of(hook), input.classes(), numbers);
    List<ProbeSearch.Tried> tried = List.copyOf(ProbeSearch.byEvidence(found.tried()).values());
    return new Outcome(probe, found.best(), tried, held);
  }

  private ProbeSearch search(ProbeInput input, Folds folds) {
    return new ProbeSearch(
        fitter, new ProbeSearch.Settings(plan.penalties, input.classes().size(), folds));
  }

  /// Transfer between groups: a probe that is fitted to one, judged on another. On its own group it
  /// is judged by cross-validation over items.
  ///
  /// @param hook where its vectors come from, such as what was best for all groups together
  /// @return for each pair of groups in which both have two items or more; see [Transfer]
  public List<Transfer> transfer(ProbeInput input, HookPoint hook) {
    Evidence all = input.evidence(plan.kind).get(input.set().hooks().indexOf(hook));
    List<String> groups =
        input.rows().stream()
            .map(ProbeRow::group)
            .distinct()
            .filter(group -> items(input, group) > 1)
            .sorted()
            .toList();
    List<Transfer> transfers = new ArrayList<>();
    for (String from : groups) {
      transfers.addAll(new GroupFit(input, all).transfers(from, groups));
    }
    return transfers;
  }

  private static long items(ProbeInput input, String group) {
    return input.rows().stream()
        .filter(row -> row.group().equals(group))
        .map(ProbeRow::item)
        .distinct()
        .count();
  }

  /// Fits to one group at a time.
  private final class GroupFit {
    private final ProbeInput input;
    private final Evidence all;

    GroupFit(ProbeInput input, Evidence all) {
      this.input = input;
      this.all = all;
    }

    List<Transfer> transfers(String from, List<String> groups) {
      int[] own = rows(from);
      List<ProbeRow> train = chosen(own);
      Evidence evidence = part(own);
      Folds folds = Folds.draw(train, Folds.By.ITEM, plan.folds, plan.seed);
      ProbeSearch search = search(input, folds);
      ProbeSearch.Found found = search.run(train, List.of(evidence));
      ProbeNumbers numbers = search.refit(train, List.of(evidence), found.best());
      List<Transfer> transfers = new ArrayList<>();
      for (String to : groups) {
        int[] there = rows(to);
        double[][] forecasts = to.equals(from) ? found.forecasts() : applied(numbers, there);
        HeldOutForecasts held = new HeldOutForecasts(from, chosen(there), forecasts);
        transfers.add(Transfer.of(from, to, held));
      }
      return transfers;
    }

    private int[] rows(String group) {
      return IntStream.range(0, input.rows().size())
          .filter(row -> input.rows().get(row).group().equals(group))
          .toArray();
    }

    private List<ProbeRow> chosen(int[] rows) {
      return IntStream.of(rows).mapToObj(input.rows()::get).toList();
    }

    private Evidence part(int[] rows) {
      return new Evidence(
          all.name(),
          all.kind(),
          all.vectors(),
          IntStream.of(rows).mapToObj(all.spans()::get).toList());
    }

    private double[][] applied(ProbeNumbers numbers, int[] rows) {
      Forecaster forecaster = new Forecaster(all, all.vectors().get(), numbers);
      return IntStream.of(rows)
          .mapToObj(row -> Logits.softmax(forecaster.logits(row)))
          .toArray(double[][]::new);
    }
  }
}
