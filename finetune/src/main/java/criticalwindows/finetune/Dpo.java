package criticalwindows.finetune;

import java.util.List;

/// Direct preference optimisation: −log σ(β·(Δ chosen − Δ rejected)), where Δ is the sum of log π −
/// log π_ref over the tokens that count.
///
/// *Source:* Rafailov et al. 2023, arXiv 2305.18290, equation 7. On the first token alone: the
/// token-level pairs of Lin et al. 2024, arXiv 2411.19943, and of PTS.
///
/// @param beta above 0
record Dpo(String name, double beta, Span span) implements Objective {
  /// Which tokens of a continuation count.
  enum Span {
    ALL,
    /// The first one, where the two continuations part.
    FIRST
  }

  @Override
  public Example.Kind kind() {
    return Example.Kind.PAIR;
  }

  @Override
  public boolean needsReference() {
    return true;
  }

  @Override
  public double mass(Example example) {
    return 1;
  }

  @Override
  public Loss loss(Example example, List<float[]> logProbs, List<float[]> reference) {
    double margin =
        beta
            * (gain(logProbs.getFirst(), reference.getFirst())
                - gain(logProbs.getLast(), reference.getLast()));
    double slope = beta * Sigmoid.of(-margin);
    return new Loss(
        -Sigmoid.log(margin),
        List.of(
            constant(logProbs.getFirst().length, -slope),
            constant(logProbs.getLast().length, slope)));
  }

  private double gain(float[] logProbs, float[] reference) {
    double sum = 0;
    for (int i = 0; i < counted(logProbs.length); i++) {
      sum += (double) logProbs[i] - reference[i];
    }
    return sum;
  }

  private float[] constant(int length, double value) {
    float[] all = new float[length];
    for (int i = 0; i < counted(length); i++) {
      all[i] = (float) value;
    }
    return all;
  }

  private int counted(int length) {
    return span == Span.ALL ? length : 1;
  }
}
