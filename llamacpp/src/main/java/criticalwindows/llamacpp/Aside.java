package criticalwindows.llamacpp;

import criticalwindows.model.Alternatives;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampler;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.model.Weighing;

/// What was written, while other texts stand in its place so that their probabilities can be read:
/// first those where it names a choice, then those that are forced.
final class Aside {
  private final Sampled written;
  private final Weighing named;
  private final Weighing forced;

  /// @param step that wrote it, and did not come to the place that it watches
  Aside(Sampled written, Step.Sample step) {
    this.written = written;
    Alternatives found = step.watch().naming().orElseThrow().in(written.tokens());
    // There is room for what the step may write, and no more.
    boolean fits = found.mostTokens() <= step.mostTokens();
    named = new Weighing(fits ? found : Alternatives.NONE);
    forced = new Weighing(step.watch().here());
  }

  Sampled written() {
    return written;
  }

  boolean done() {
    return named.done() && forced.done();
  }

  /// What is to stand in the place of what was written.
  Tokens next() {
    return reading().next();
  }

  /// Takes the logits after that.
  void take(float[] row, Sampler sampler) {
    reading().take(row, sampler);
  }

  private Weighing reading() {
    return named.done() ? forced : named;
  }

  /// What was written, with all probabilities.
  Sampled sampled() {
    WatchedLogProbs probs = new WatchedLogProbs(named.found(), forced.found());
    return new Sampled(
        written.tokens(), written.logProbs(), written.finish(), probs, written.entropies());
  }
}
