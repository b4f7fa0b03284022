package criticalwindows.finetune;

import criticalwindows.gguf.Tensor;
import criticalwindows.lora.Adapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A model whose parameters can be changed. It is used by one thread, and closed when done.
///
/// All that is trained towards is written with log-probabilities of tokens, so a loss needs no more
/// of a model than those and the way back: [#accumulate] hands them out and takes the loss's
/// gradient with respect to each.
public interface WhiteBox extends AutoCloseable {
  /// The log-probabilities (natural) of each passage's targets, in their order.
  List<float[]> logProbs(List<Passage> passages);

  /// The same of the model as it was opened, before any training.
  ///
  /// @throws IllegalStateException if all weights are trained and [#step] was called: nothing of
  ///   the first model is left then
  List<float[]> referenceLogProbs(List<Passage> passages);

  /// What the model holds at the place of each target: the vector that its last norm gives after
  /// the tokens up to that place, as the model is now. The output matrix times this vector gives
  /// the logits, whose log-softmax is what [#logProbs] gives. A probe is fitted on these.
  ///
  /// Which token a target asks for plays no part. Targets at one place have the same vector.
  ///
  /// @return of each passage, in their order, an array of shape [targets, hidden size]; the
  ///   caller's own
  List<float[][]> states(List<Passage> passages);

  /// Computes the passages forward, asks for the loss's gradient, and adds that of the parameters
  /// to what is there.
  void accumulate(List<Passage> passages, Upstream upstream);

  /// Changes the parameters by the gradient that was accumulated, and forgets that gradient.
  ///
  /// @return the gradient's norm before it was clipped; where it is not finite nothing is changed
  double step(AdamW.Step step);

  /// Writes the trained parameters, the optimiser's moments and its count of steps to one
  /// safetensors file, so that [#load] in another process goes on as if nothing had happened. The
  /// file is there whole or not at all.
  ///
  /// @throws criticalwindows.error.UserError if it cannot be written
  void save(Path file);

  /// Takes what [#save] wrote.
  ///
  /// @throws criticalwindows.error.UserError if the file is of another model or other settings
  void load(Path file);

  /// The adapter that was trained; absent where all weights were. It can be read until the next
  /// call of this model.
  Optional<Adapter> adapter();

  /// All weights by their Hugging Face names, with the adapter added to them where there is one.
  /// They can be read until the next call of this model.
  List<Tensor> weights();

  @Override
  void close();

  /// Says how a loss changes with each log-probability.
  @FunctionalInterface
  interface Upstream {
    /// @param logProbs of each passage's targets, in their order
    /// @return the derivative of the loss by each of them, of the same shape
    List<float[]> gradient(List<float[]> logProbs);
  }
}
