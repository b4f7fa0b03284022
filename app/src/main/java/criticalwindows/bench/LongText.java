package criticalwindows.bench;

import criticalwindows.cot.CotSettings;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.run.Experiments;
import criticalwindows.store.Manifest;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import criticalwindows.trace.TraceSettings;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A long response that a [ToyModel] could have written, with one decision in it.
///
/// @param length in tokens, which are characters, at least 10
record LongText(int length) {
  /// The only outcome: what was decided.
  static final String OUTCOME = "contains:1";

  private static final String SENTENCE = "So it goes on. ";

  LongText {
    if (length < 10) {
      throw new IllegalArgumentException("a long text of " + length + " tokens");
    }
  }

  /// Tokens before the decision.
  int decided() {
    return length * 3 / 5;
  }

  /// The model, which decides otherwise six times in ten.
  ToyModel model() {
    return new ToyModel(new ToyModel.OneDecision(length, decided(), .4), 2 * length + 1000);
  }

  /// The response.
  Trace trace() {
    SplittableRandom random = new SplittableRandom(length);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(i == decided() ? '1' : random.nextInt(10) == 0 ? 'b' : 'a');
    }
    return new Trace(
        "line 1",
        Optional.of("long"),
        new Before.Turns(List.of(Message.user("Which one?"))),
        new Sources.Text(text.toString()),
        FinishReason.STOP,
        Optional.empty());
  }

  /// As many tokens of short sentences, which the model could not have written.
  String sentences() {
    return SENTENCE.repeat(length / SENTENCE.length() + 1).substring(0, length);
  }

  /// A search for its window.
  TraceSettings settings(int rollouts) {
    CutPlan plan = new CutPlan.Search(.05, .95, rollouts);
    return new TraceSettings(new CotSettings(plan, 1, Sampling.PLAIN, 2 * length, 1), List.of());
  }

  /// The record of its run.
  Manifest manifest(int rollouts) {
    return Manifest.of(
        TraceSettings.EXPERIMENT,
        settings(rollouts).asData().with(Experiments.OUTCOMES, List.of(OUTCOME)),
        new Manifest.ModelFile("toy", "none", "0".repeat(64)),
        new Manifest.Items("long", 1));
  }
}
