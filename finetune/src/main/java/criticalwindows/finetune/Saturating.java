package criticalwindows.finetune;

import java.util.List;

/// Cross-entropy whose push on a token fades as the token grows likelier than before training: −Σ
/// (2/β_t)·log σ(β_t·(log π − log π_ref)). The larger β_t, the sooner. The weight of a token says
/// where its β_t lies between the two ends: `low` where it is 0, `high` where it is the largest of
/// its response.
///
/// *Source:* Qi et al. 2025, arXiv 2406.05946, equation 3, where β_t goes by position: large for
/// the first five tokens. With the weights of a window it goes by where the response was decided.
///
/// @param low above 0
/// @param high at least `low`
record Saturating(double low, double high) implements Objective {
  @Override
  public String name() {
    return "saturating";
  }

  @Override
  public Example.Kind kind() {
    return Example.Kind.WEIGHTED;
  }

  @Override
  public boolean needsReference() {
    return true;
  }

  @Override
  public double mass(Example example) {
    return example.passages().getFirst().targets().size();
  }

  @Override
  public Loss loss(Example example, List<float[]> logProbs, List<float[]> reference) {
    Targets targets = example.passages().getFirst().targets();
    float[] found = logProbs.getFirst();
    float[] before = reference.getFirst();
    float[] gradient = new float[found.length];
    double most = targets.most();
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      double beta = low + (high - low) * (most == 0 ? 0 : targets.number(i) / most);
      double change = beta * ((double) found[i] - before[i]);
      sum -= 2 / beta * Sigmoid.log(change);
      gradient[i] = (float) (-2 * Sigmoid.of(-change));
    }
    return new Loss(sum, List.of(gradient));
  }
}
