package criticalwindows.store;

import criticalwindows.model.Prediction;
import criticalwindows.rollout.Predicted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/// Predictions as columns, one list each, with one element for each prediction.
///
/// `likeliest` is an id and `likeliest_text` its text; the columns of `ratio_` are those of
/// [Prediction.Ratios].
final class PredictionColumns {
  private record Numbers(String name, ToDoubleFunction<Prediction> value) {}

  private static final List<Numbers> NUMBERS =
      List.of(
          new Numbers("entropies", Prediction::entropy),
          new Numbers("likeliest_log_probs", Prediction::likeliestLogProb),
          new Numbers("excesses", Prediction::excess),
          new Numbers("variances", Prediction::variance),
          new Numbers("ratios_colder", prediction -> prediction.ratios().colder()),
          new Numbers("ratios_cooler", prediction -> prediction.ratios().cooler()),
          new Numbers("ratios_warmer", prediction -> prediction.ratios().warmer()),
          new Numbers("ratios_hotter", prediction -> prediction.ratios().hotter()));

  /// The columns, for `CREATE TABLE`.
  static final String COLUMNS =
      "likeliest INTEGER[], likeliest_texts VARCHAR[], "
          + NUMBERS.stream().map(n -> n.name + " FLOAT[]").collect(Collectors.joining(", "));

  /// What [#read] needs, in its order.
  static final String READ =
      "likeliest, likeliest_texts, "
          + NUMBERS.stream().map(Numbers::name).collect(Collectors.joining(", "));

  private PredictionColumns() {}

  static void append(DuckDBAppender row, List<Predicted> predictions) throws SQLException {
    List<Prediction> all = predictions.stream().map(Predicted::prediction).toList();
    row.append(all.stream().mapToInt(Prediction::likeliest).toArray());
    row.append(predictions.stream().map(one -> EscapedText.escape(one.text())).toList());
    for (Numbers numbers : NUMBERS) {
      float[] values = new float[all.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) numbers.value.applyAsDouble(all.get(i));
      }
      row.append(values);
    }
  }

  /// @param first the number of the first of the columns
  static List<Predicted> read(ResultSet row, int first) throws SQLException {
    int[] likeliest = Lists.integers(row, first);
    Object[] texts = Lists.objects(row, first + 1);
    float[][] numbers = new float[NUMBERS.size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Lists.floats(row, first + 2 + i);
    }
    List<Predicted> predictions = new ArrayList<>();
    for (int i = 0; i < likeliest.length; i++) {
      Prediction prediction =
          new Prediction(
              numbers[0][i],
              likeliest[i],
              numbers[1][i],
              numbers[2][i],
              numbers[3][i],
              new Prediction.Ratios(numbers[4][i], numbers[5][i], numbers[6][i], numbers[7][i]));
      predictions.add(new Predicted(prediction, EscapedText.unescape((String) texts[i])));
    }
    return predictions;
  }
}
