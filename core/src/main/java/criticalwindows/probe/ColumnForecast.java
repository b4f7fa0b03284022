package criticalwindows.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What is given in columns of certain names. A column of probabilities is taken as log-odds.
final class ColumnForecast implements CheapForecast {
  private static final double LEAST = 1e-4;

  private final String name;
  private final String about;
  private final List<String> columns;

  /// @param columns how the names of its columns begin
  ColumnForecast(String name, String about, String... columns) {
    this.name = name;
    this.about = about;
    this.columns = List.of(columns);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String about() {
    return about;
  }

  @Override
  public List<Evidence> evidence(ProbeInput input) {
    List<List<Double>> own = new ArrayList<>();
    new TreeMap<>(input.columns())
        .forEach(
            (column, values) -> {
              if (columns.stream().anyMatch(column::startsWith)) {
                own.add(scaled(values));
              }
            });
    if (own.isEmpty()) {
      return List.of();
    }
    float[][] vectors = new float[input.rows().size()][own.size()];
    for (int i = 0; i < vectors.length; i++) {
      for (int k = 0; k < own.size(); k++) {
        vectors[i][k] = own.get(k).get(i).floatValue();
      }
    }
    return List.of(input.plain(name, vectors));
  }

  private static List<Double> scaled(List<Double> values) {
    boolean shares = values.stream().allMatch(value -> value >= 0 && value <= 1);
    return shares ? values.stream().map(ColumnForecast::logOdds).toList() : values;
  }

  private static double logOdds(double share) {
    double inside = Math.clamp(share, LEAST, 1 - LEAST);
    return StrictMath.log(inside) - StrictMath.log1p(-inside);
  }
}
