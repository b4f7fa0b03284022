package criticalwindows.probestudy;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.cot.CotLevel;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.model.Tokens;
import criticalwindows.probe.Folds;
import criticalwindows.probe.ForecastMeasure;
import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.HeldOutForecasts;
import criticalwindows.probe.PlaceIndex;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.ProbeTrial;
import criticalwindows.probe.Target;
import criticalwindows.probestudy.CutAnswers.CutAnswer;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What activations know of P(the right answer), and what is known without them.
///
/// @param seed of every draw
record AnswersArm(Lab lab, ProbesScale scale, long seed) {
  static final String SHUFFLED = "probe, shuffled";
  static final String OUTSIDE = "outside";
  private static final List<String> CLASSES = List.of("right", "wrong");

  Measured measured() throws InterruptedException {
    CutAnswers data = CutAnswers.sample(lab, scale, seed);
    ProbeInput input = input(data);
    ProbeTrial trial = new ProbeTrial(lab.fits().probes(), plan());
    ProbeTrial.Outcome outcome = trial.run(input);
    HookPoint hook = outcome.probe().hooks().getFirst();
    Measured.Builder measured = new Measured.Builder();
    CellWriter writer = new CellWriter(measured);
    measured.fact(OUTSIDE, data.outside());
    writer.chosen(outcome.probe(), outcome.best(), outcome.tried());
    writer.tried(input.set().hooks(), outcome.tried());
    targets(data, input.rows(), writer);
    for (HeldOutForecasts held : outcome.held()) {
      if (held.name().equals(SHUFFLED)) {
        shuffled(outcome.table(Map.of()), measured);
      } else {
        writer.forecasts(held, row -> true);
      }
    }
    writer.transfers(trial.transfer(input, hook));
    Folds folds = Folds.draw(input.rows(), Folds.By.ITEM, scale.folds(), seed);
    EveryToken every = new EveryToken(lab.fits().probes(), read(data, hook), input, folds);
    every.write(writer, outcome.best().penalty());
    return measured.build();
  }

  private ProbeTrial.Plan plan() {
    return new ProbeTrial.Plan(
        ProbeKinds.named("logistic"), Folds.By.ITEM, scale.folds(), scale.penalties(), seed);
  }

  private ProbeInput input(CutAnswers data) throws InterruptedException {
    MemoryActivations set;
    List<HookPoint> hooks = scale.hooks(lab, scale.base(), List.of(Site.values()));
    int most = mostTokens(data);
    try (LlamaActivations reader = lab.reader(scale.base(), hooks, most)) {
      set =
          MemoryActivations.read(
              reader, scale.base(), data.answers().stream().map(CutAnswer::cut).toList());
    }
    PlaceIndex index = new PlaceIndex(set);
    List<ProbeRow> rows = new ArrayList<>();
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    Map<String, Tokens> responses = new HashMap<>();
    for (CutAnswer answer : data.answers()) {
      responses.put(answer.key(), answer.response());
      for (CotLevel level : answer.levels()) {
        rows.add(row(answer, level, index));
        answer
            .columns(level)
            .forEach((name, v) -> columns.computeIfAbsent(name, n -> new ArrayList<>()).add(v));
      }
    }
    return new ProbeInput(set, CLASSES, rows, responses, columns);
  }

  private static ProbeRow row(CutAnswer answer, CotLevel level, PlaceIndex index) {
    int kept = level.cut().kept();
    int right = (int) level.right().successes();
    int all = (int) level.right().trials();
    return new ProbeRow(
        index.of(answer.key(), kept).orElseThrow(),
        answer.key(),
        answer.family(),
        answer.key(),
        kept,
        answer.response().size(),
        Target.counts(right, all - right));
  }

  private static int mostTokens(CutAnswers data) {
    return data.answers().stream()
        .mapToInt(answer -> answer.prompt().size() + answer.response().size())
        .max()
        .orElse(1);
  }

  private MemoryActivations read(CutAnswers data, HookPoint hook) throws InterruptedException {
    try (LlamaActivations reader = lab.reader(scale.base(), List.of(hook), mostTokens(data))) {
      return MemoryActivations.read(
          reader, scale.base(), data.answers().stream().map(CutAnswer::whole).toList());
    }
  }

  private static void targets(CutAnswers data, List<ProbeRow> rows, CellWriter writer) {
    Map<String, CutAnswer> byKey = new HashMap<>();
    for (CutAnswer answer : data.answers()) {
      byKey.put(answer.key(), answer);
      Measured.Builder measured = writer.measured();
      measured.value(CellWriter.LENGTH, answer.key(), answer.response().size());
      measured.value(CellWriter.RIGHT, answer.key(), answer.finding().right() ? 1 : 0);
      answer.decisive().ifPresent(at -> measured.value(CellWriter.DECISIVE, answer.key(), at));
      answer
          .exact()
          .decisive()
          .ifPresent(step -> writer.rounded(CellWriter.RISE, answer.key(), step.rise()));
    }
    for (ProbeRow row : rows) {
      List<Double> curve = Objects.requireNonNull(byKey.get(row.text())).exact().curve();
      writer.target(row, curve.get(row.kept()));
    }
  }

  /// It has targets of its own, so what it comes to is kept and not its forecasts.
  private static void shuffled(ForecastTable table, Measured.Builder measured) {
    for (ForecastTable.Line line : table.lines()) {
      if (line.forecaster().equals(SHUFFLED)) {
        for (ForecastMeasure measure : List.of(ForecastMeasure.AREA, ForecastMeasure.SKILL)) {
          line.measure(measure)
              .ifPresent(
                  value -> {
                    String name = "shuffled " + measure.word();
                    measured.fact(name, value.estimate());
                    measured.fact(name + " low", StrictMath.max(-99, value.interval().low()));
                    measured.fact(name + " high", StrictMath.min(99, value.interval().high()));
                  });
        }
      }
    }
  }
}
