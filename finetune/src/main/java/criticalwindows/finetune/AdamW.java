package criticalwindows.finetune;

/// The optimiser: Adam with weight decay apart from the gradient.
///
/// *Source:* Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2.
///
/// @param beta1 how much of the gradient's mean is kept at a step, in [0, 1)
/// @param beta2 how much of its square's mean is kept, in [0, 1)
/// @param epsilon above 0
/// @param weightDecay at least 0, multiplied with the learning rate; not of norms and biases
/// @param clip the largest norm of a gradient, above 0; a larger one is scaled down to it
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double clip) {
  public AdamW {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)
        || !(epsilon > 0 && weightDecay >= 0 && clip > 0)) {
      throw new IllegalArgumentException(
          "AdamW of " + beta1 + ", " + beta2 + ", " + epsilon + ", " + weightDecay + ", " + clip);
    }
  }

  /// One step of it.
  ///
  /// @param learningRate at least 0
  public record Step(AdamW settings, double learningRate) {
    public Step {
      if (!(learningRate >= 0)) {
        throw new IllegalArgumentException("a learning rate of " + learningRate);
      }
    }
  }
}
