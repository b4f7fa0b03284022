package criticalwindows.study;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Objective;
import java.util.List;

/// How an arm is trained: a LoRA adapter on all seven projections.
///
/// @param model the built-in model that is trained, by name
/// @param examples at least one
/// @param epochs how often each is learnt from
/// @param batch examples of one step
/// @param rate the highest learning rate
/// @param rank of the adapter; its alpha is twice that
/// @param seed of the order and of the adapter's first numbers
public record Teaching(
    String model,
    Objective objective,
    List<Example> examples,
    int epochs,
    int batch,
    double rate,
    int rank,
    long seed) {
  public Teaching {
    examples = List.copyOf(examples);
  }

  /// Tokens that are read in all epochs.
  public long tokens() {
    return epochs * examples.stream().mapToLong(Example::tokens).sum();
  }

  /// What all targets count for in all epochs: the sum of their weights.
  public double mass() {
    return epochs * examples.stream().mapToDouble(objective::mass).sum();
  }
}
