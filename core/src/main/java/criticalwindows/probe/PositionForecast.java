package criticalwindows.probe;

import java.util.List;

/// Where in its response a place is. The share of the response that is kept goes by its length,
/// which nobody knows while it is being written: so this is more than a forecast could have.
final class PositionForecast implements CheapForecast {
  @Override
  public String name() {
    return "position";
  }

  @Override
  public String about() {
    return "tokens kept, and their share of the whole response, which is known in hindsight alone";
  }

  @Override
  public List<Evidence> evidence(ProbeInput input) {
    List<ProbeRow> rows = input.rows();
    float[][] vectors = new float[rows.size()][];
    for (int i = 0; i < vectors.length; i++) {
      ProbeRow row = rows.get(i);
      float share = (float) row.kept() / StrictMath.max(1, row.length());
      vectors[i] =
          new float[] {row.kept(), (float) StrictMath.log1p(row.kept()), share, share * share};
    }
    return List.of(input.plain(name(), vectors));
  }
}
