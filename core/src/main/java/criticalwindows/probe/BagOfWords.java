package criticalwindows.probe;

import criticalwindows.model.Tokens;
import java.util.List;

/// How often each token is among those kept, whatever their order. Token ids are spread over
/// buckets, and tokens that share one count as one.
final class BagOfWords implements CheapForecast {
  private static final int BUCKETS = 512;

  @Override
  public String name() {
    return "bag of words";
  }

  @Override
  public String about() {
    return "how often each token is among those kept, in " + BUCKETS + " buckets";
  }

  @Override
  public List<Evidence> evidence(ProbeInput input) {
    float[][] vectors = new float[input.rows().size()][BUCKETS];
    for (int i = 0; i < vectors.length; i++) {
      ProbeRow row = input.rows().get(i);
      Tokens response = input.responses().get(row.text());
      if (response == null || response.size() < row.kept()) {
        return List.of();
      }
      for (int t = 0; t < row.kept(); t++) {
        vectors[i][bucket(response.at(t))]++;
      }
      for (int b = 0; b < BUCKETS; b++) {
        vectors[i][b] = (float) StrictMath.log1p(vectors[i][b]);
      }
    }
    return List.of(input.plain(name(), vectors));
  }

  /// Multiplicative hashing by the golden ratio.
  private static int bucket(int token) {
    return (token * 0x9E3779B1) >>> 23;
  }
}
