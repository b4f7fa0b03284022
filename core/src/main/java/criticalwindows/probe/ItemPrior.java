package criticalwindows.probe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What came out of the item's own continuations from the very beginning. A place with nothing kept
/// does not see these, which are its own outcome.
final class ItemPrior implements CheapForecast {
  @Override
  public String name() {
    return "item's prior";
  }

  @Override
  public String about() {
    return "what came out of the same item with nothing kept; the base rate where that is not"
        + " known, and at that place itself";
  }

  @Override
  public List<Evidence> evidence(ProbeInput input) {
    Map<String, Target> priors = new HashMap<>();
    for (ProbeRow row : input.rows()) {
      if (row.kept() == 0) {
        priors.putIfAbsent(row.item(), row.target());
      }
    }
    if (priors.isEmpty()) {
      return List.of();
    }
    int classes = input.classes().size();
    float[][] vectors = new float[input.rows().size()][classes + 1];
    for (int i = 0; i < vectors.length; i++) {
      ProbeRow row = input.rows().get(i);
      Target prior = priors.get(row.item());
      if (prior != null && row.kept() > 0) {
        vectors[i] = logs(prior);
      }
    }
    return List.of(input.plain(name(), vectors));
  }

  /// That it is known, and the logarithms of its shares, around their mean; with half a trial more
  /// for each class, so that none is 0.
  private static float[] logs(Target prior) {
    int classes = prior.classes();
    double trials = prior.trials() == 0 ? 1000 : prior.trials();
    float[] logs = new float[classes + 1];
    double mean = 0;
    for (int k = 0; k < classes; k++) {
      double log = StrictMath.log(prior.share(k) * trials + .5);
      logs[k + 1] = (float) log;
      mean += log / classes;
    }
    logs[0] = 1;
    for (int k = 1; k <= classes; k++) {
      logs[k] -= (float) mean;
    }
    return logs;
  }
}
