package criticalwindows.finetune;

import java.util.List;

/// −Σ w·log p / Σ w over all targets. With weights it is that of weighted tokens; where the targets
/// are the tokens of classes and the weights say how often each came out, it is the multinomial
/// likelihood of these counts, with two classes the binomial one: −(k·log p̂ + (n−k)·log(1−p̂)),
/// where all that is left for other tokens counts as lost.
record CrossEntropy(String name, Example.Kind kind) implements Objective {
  @Override
  public boolean needsReference() {
    return false;
  }

  @Override
  public double mass(Example example) {
    return example.passages().getFirst().targets().sum();
  }

  @Override
  public Loss loss(Example example, List<float[]> logProbs, List<float[]> reference) {
    Targets targets = example.passages().getFirst().targets();
    float[] found = logProbs.getFirst();
    float[] gradient = new float[found.length];
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      double weight = targets.number(i);
      // What has no weight may be impossible: 0 · ∞ is no number.
      if (weight > 0) {
        sum -= weight * found[i];
        gradient[i] = (float) -weight;
      }
    }
    return new Loss(sum, List.of(gradient));
  }
}
