package criticalwindows.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Fits a probe by cross-validation: of several pieces of evidence, such as hook points, and
/// several penalties it takes those with the best log score on rows that were held out.
///
/// A row counts by one over the rows of its item, so that every item counts the same, in fits and
/// in scores.
///
/// The forecasts of a fold are made by fits that have not seen it, with evidence and penalty that
/// were best on the other folds. So no choice goes by the rows that it is judged on. The fits by
/// which it was chosen have seen them, which is less than what fits within fits would leave, and
/// costs a fifth of these.
public final class ProbeSearch {
  private final ProbeFitter fitter;
  private final Settings settings;

  /// @param penalties that are tried, from the strongest
  /// @param classes at least two
  /// @param folds of the rows
  public record Settings(List<Double> penalties, int classes, Folds folds) {
    /// The penalties that are tried where none are asked for.
    public static final List<Double> PENALTIES =
        List.of(10.0, 3.0, 1.0, .3, .1, .03, .01, .003, .001);

    public Settings {
      penalties = List.copyOf(penalties);
      for (int i = 1; i < penalties.size(); i++) {
        if (!(penalties.get(i) < penalties.get(i - 1))) {
          throw new IllegalArgumentException("penalties " + penalties);
        }
      }
    }
  }

  /// A search with these settings.
  public ProbeSearch(ProbeFitter fitter, Settings settings) {
    this.fitter = fitter;
    this.settings = settings;
  }

  /// What was tried, and how it did.
  ///
  /// @param evidence index of it
  /// @param penalty that it was fitted with
  /// @param log score on held-out rows, in nats
  public record Tried(int evidence, double penalty, double log) {}

  /// What came of a search.
  public static final class Found {
    private final double[][] forecasts;
    private final List<Tried> tried;
    private final Tried best;

    private Found(double[][] forecasts, List<Tried> tried, Tried best) {
      this.forecasts = forecasts;
      this.tried = List.copyOf(tried);
      this.best = best;
    }

    /// The forecast of each row from fits that have not seen its fold, of shape [rows, classes].
    public double[][] forecasts() {
      return Arrays.stream(forecasts).map(double[]::clone).toArray(double[][]::new);
    }

    /// All that was tried.
    public List<Tried> tried() {
      return tried;
    }

    /// What was best over all folds.
    public Tried best() {
      return best;
    }
  }

  /// One over the rows of each row's item.
  public static double[] weights(List<ProbeRow> rows) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.item(), 1, Integer::sum));
    return rows.stream().mapToDouble(row -> 1.0 / counts.getOrDefault(row.item(), 1)).toArray();
  }

  /// Searches.
  ///
  /// @param rows as many as there are folds of rows
  /// @param evidence at least one
  public Found run(List<ProbeRow> rows, List<Evidence> evidence) {
    double[] weights = weights(rows);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < evidence.size(); i++) {
      trials.addAll(trials(rows, evidence.get(i), i, weights));
    }
    double[][] forecasts = new double[rows.size()][];
    for (int fold = 0; fold < settings.folds.count(); fold++) {
      int held = fold;
      Trial chosen = least(trials, trial -> trial.total() - trial.losses[held]);
      for (int row = 0; row < forecasts.length; row++) {
        if (settings.folds.of().get(row) == held) {
          forecasts[row] = chosen.forecast(row);
        }
      }
    }
    double mass = Arrays.stream(weights).sum();
    List<Tried> tried = trials.stream().map(trial -> trial.tried(mass)).toList();
    Trial best = least(trials, Trial::total);
    return new Found(forecasts, tried, best.tried(mass));
  }

  /// Of equally good ones the first: less layers, more penalty.
  private static Trial least(List<Trial> trials, java.util.function.ToDoubleFunction<Trial> loss) {
    Trial best = trials.getFirst();
    for (Trial trial : trials) {
      if (loss.applyAsDouble(trial) < loss.applyAsDouble(best)) {
        best = trial;
      }
    }
    return best;
  }

  /// One piece of evidence with one penalty.
  private static final class Trial {
    private final int evidence;
    private final double penalty;
    private final float[][] forecasts;
    private final double[] losses;

    Trial(int evidence, double penalty, int rows, int folds) {
      this.evidence = evidence;
      this.penalty = penalty;
      forecasts = new float[rows][];
      losses = new double[folds];
    }

    double total() {
      return Arrays.stream(losses).sum();
    }

    Tried tried(double mass) {
      return new Tried(evidence, penalty, total() / mass);
    }

    double[] forecast(int row) {
      double[] forecast = new double[forecasts[row].length];
      Arrays.setAll(forecast, k -> forecasts[row][k]);
      return Logits.softmax(forecast);
    }
  }

  private List<Trial> trials(List<ProbeRow> rows, Evidence evidence, int index, double[] weights) {
    int folds = settings.folds.count();
    List<Trial> trials =
        settings.penalties.stream()
            .map(penalty -> new Trial(index, penalty, rows.size(), folds))
            .toList();
    float[][] vectors = evidence.vectors().get();
    for (int fold = 0; fold < folds; fold++) {
      int held = fold;
      int[] train = rows(rows, row -> settings.folds.of().get(row) != held);
      int[] test = rows(rows, row -> settings.folds.of().get(row) == held);
      List<ProbeNumbers> fits =
          fitter.fit(
              task(new Weighed(rows, evidence, weights), vectors, train), settings.penalties);
      for (int p = 0; p < fits.size(); p++) {
        Trial trial = trials.get(p);
        Forecaster forecaster = new Forecaster(evidence, vectors, fits.get(p));
        for (int row : test) {
          double[] logits = forecaster.logits(row);
          trial.forecasts[row] = floats(logits);
          trial.losses[held] += weights[row] * FitTask.loss(rows.get(row).target(), logits);
        }
      }
    }
    return trials;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static int[] rows(List<ProbeRow> rows, java.util.function.IntPredicate in) {
    return IntStream.range(0, rows.size()).filter(in).toArray();
  }

  /// Fits the best to all rows.
  public ProbeNumbers refit(List<ProbeRow> rows, List<Evidence> evidence, Tried best) {
    Evidence chosen = evidence.get(best.evidence);
    FitTask task =
        task(
            new Weighed(rows, chosen, weights(rows)),
            chosen.vectors().get(),
            IntStream.range(0, rows.size()).toArray());
    List<Double> path =
        settings.penalties.stream().filter(penalty -> penalty >= best.penalty).toList();
    return fitter.fit(task, path).getLast();
  }

  /// Rows with their evidence and their weights.
  private static final class Weighed {
    private final List<ProbeRow> rows;
    private final Evidence evidence;
    private final double[] weights;

    Weighed(List<ProbeRow> rows, Evidence evidence, double[] weights) {
      this.rows = rows;
      this.evidence = evidence;
      this.weights = weights;
    }
  }

  /// The tokens that these rows read, each once, and the rows on them.
  private FitTask task(Weighed chosen, float[][] vectors, int[] rows) {
    boolean[] read = new boolean[vectors.length];
    for (int row : rows) {
      Evidence.Span span = chosen.evidence.spans().get(row);
      Arrays.fill(read, span.first(), span.last() + 1, true);
    }
    int[] index = new int[vectors.length];
    List<float[]> tokens = new ArrayList<>();
    for (int token = 0; token < read.length; token++) {
      index[token] = tokens.size();
      if (read[token]) {
        tokens.add(vectors[token]);
      }
    }
    List<FitRow> fit = new ArrayList<>();
    for (int row : rows) {
      Evidence.Span span = chosen.evidence.spans().get(row);
      fit.add(
          new FitRow(
              index[span.first()],
              index[span.last()],
              chosen.rows.get(row).target(),
              chosen.weights[row]));
    }
    return new FitTask(
        chosen.evidence.kind(), settings.classes, tokens.toArray(float[][]::new), fit);
  }

  /// The best log score of each piece of evidence, in their order.
  ///
  /// @return penalty and score by index of the evidence
  public static Map<Integer, Tried> byEvidence(List<Tried> tried) {
    Map<Integer, Tried> best = new LinkedHashMap<>();
    for (Tried each : tried) {
      best.merge(each.evidence, each, (a, b) -> b.log < a.log ? b : a);
    }
    return best;
  }
}
