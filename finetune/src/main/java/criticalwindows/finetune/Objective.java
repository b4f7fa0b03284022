package criticalwindows.finetune;

import java.util.List;

/// What is made small by training: a loss of the log-probabilities of an example's targets.
///
/// Over a batch it is Σ loss / Σ mass, so that how examples are parted into smaller batches changes
/// nothing.
public interface Objective {
  /// As users name it.
  String name();

  /// The examples that it takes.
  Example.Kind kind();

  /// Whether it compares with the model as it was before training.
  boolean needsReference();

  /// What an example counts for, at least 0.
  double mass(Example example);

  /// The loss of an example before it is divided by the mass of its batch, and its derivative by
  /// each log-probability.
  ///
  /// @param logProbs of each passage's targets, in their order
  /// @param reference the same of the model before training; empty where none is needed
  Loss loss(Example example, List<float[]> logProbs, List<float[]> reference);

  /// @param sum not yet divided by any mass
  /// @param gradient in the shape of the log-probabilities
  record Loss(double sum, List<float[]> gradient) {
    public Loss {
      gradient = List.copyOf(gradient);
    }
  }
}
