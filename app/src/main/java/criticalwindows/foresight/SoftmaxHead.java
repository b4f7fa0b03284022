package criticalwindows.foresight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A linear head on hidden states: the logit of each letter is linear in the state, and the
/// forecast is the softmax over the letters of a problem's options. The others are left out.
///
/// States are centred and divided by their standard deviations, both of the rows it was fitted to.
final class SoftmaxHead {
  /// What the penalty is chosen among, from the strongest.
  private static final List<Double> PENALTIES = List.of(1.0, .3, .1, .03, .01, .003, .001);

  private static final int FOLDS = 5;

  private final double penalty;
  private final float[] means;
  private final float[] scales;
  private final double[] weights;

  private SoftmaxHead(double penalty, float[] means, float[] scales, double[] weights) {
    this.penalty = penalty;
    this.means = means;
    this.scales = scales;
    this.weights = weights;
  }

  /// A state, and how often each option came out behind it.
  static final class Row {
    private final float[] state;
    private final AnswerCounts counts;

    /// @param state which the row keeps, and nobody changes
    Row(float[] state, AnswerCounts counts) {
      this.state = state;
      this.counts = counts;
    }
  }

  /// Fits the head by the multinomial likelihood of the counts, with a penalty on the squares of
  /// its weights.
  ///
  /// @param rows at least one, whose states have the same size
  /// @param penalty above 0; half of it times the sum of the squares is added to the mean loss of a
  ///   continuation
  static SoftmaxHead fit(List<Row> rows, double penalty) {
    return fitted(rows, List.of(penalty)).getLast();
  }

  /// The same with the penalty that foretells a fifth of the items best; then it is fitted to all.
  ///
  /// @param items what each row is about; rows of one item stay together
  static SoftmaxHead fit(List<Row> rows, List<String> items) {
    List<String> names = items.stream().distinct().toList();
    List<Row> train = new ArrayList<>();
    List<Row> test = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      (names.indexOf(items.get(i)) % FOLDS == 0 ? test : train).add(rows.get(i));
    }
    double least = Double.POSITIVE_INFINITY;
    double best = PENALTIES.getFirst();
    for (SoftmaxHead head : fitted(train, PENALTIES)) {
      double loss = head.loss(test);
      if (loss < least) {
        least = loss;
        best = head.penalty;
      }
    }
    double chosen = best;
    return fitted(rows, PENALTIES.stream().filter(each -> each >= chosen).toList()).getLast();
  }

  /// One for each penalty; each begins where the one before ended.
  private static List<SoftmaxHead> fitted(List<Row> rows, List<Double> penalties) {
    int size = rows.getFirst().state.length;
    float[] means = means(rows, size);
    float[] scales = scales(rows, means);
    float[][] states = new float[rows.size()][];
    Arrays.setAll(states, i -> standard(rows.get(i).state, means, scales));
    List<AnswerCounts> counts = rows.stream().map(row -> row.counts).toList();
    double[] weights = new double[SoftmaxLoss.CLASSES * (size + 1)];
    List<SoftmaxHead> heads = new ArrayList<>();
    for (double penalty : penalties) {
      weights = new SoftmaxLoss(states, counts, penalty).least(weights);
      heads.add(new SoftmaxHead(penalty, means, scales, weights));
    }
    return heads;
  }

  private static float[] means(List<Row> rows, int size) {
    double[] sums = new double[size];
    for (Row row : rows) {
      for (int i = 0; i < size; i++) {
        sums[i] += row.state[i];
      }
    }
    float[] means = new float[size];
    for (int i = 0; i < size; i++) {
      means[i] = (float) (sums[i] / rows.size());
    }
    return means;
  }

  /// 1 where all states have the same number.
  private static float[] scales(List<Row> rows, float[] means) {
    double[] squares = new double[means.length];
    for (Row row : rows) {
      for (int i = 0; i < means.length; i++) {
        double apart = row.state[i] - means[i];
        squares[i] += apart * apart;
      }
    }
    float[] scales = new float[means.length];
    for (int i = 0; i < means.length; i++) {
      scales[i] = squares[i] > 0 ? (float) StrictMath.sqrt(squares[i] / rows.size()) : 1;
    }
    return scales;
  }

  private static float[] standard(float[] state, float[] means, float[] scales) {
    float[] standard = new float[state.length];
    for (int i = 0; i < standard.length; i++) {
      standard[i] = (state[i] - means[i]) / scales[i];
    }
    return standard;
  }

  /// The forecast from a state.
  Forecast of(float[] state, int options) {
    return Forecast.ofLogs(SoftmaxLoss.logits(weights, standard(state, means, scales), options));
  }

  private double loss(List<Row> rows) {
    double loss = 0;
    for (Row row : rows) {
      Forecast forecast = of(row.state, row.counts.options());
      for (int k = 0; k < forecast.options(); k++) {
        double probability = StrictMath.max(ForecastScores.LEAST, forecast.of(k));
        loss -= row.counts.of(k) * StrictMath.log(probability);
      }
    }
    return loss;
  }

  /// The penalty that was chosen.
  double penalty() {
    return penalty;
  }
}
