package criticalwindows.rollout;

import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import criticalwindows.model.Sampled;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Texts that were written in parts, with a given text between them that was scored where it stands
/// and then fed, such as a thought that is closed after so many tokens: one text each.
final class InParts {
  private InParts() {}

  /// What a script wrote, its parts joined: each scored text with what was written right before it,
  /// if anything was, and what was written behind it.
  static Completion whole(Script script, Completion completion) {
    List<Sampled> texts = new ArrayList<>();
    ArrayDeque<Sampled> open = new ArrayDeque<>();
    ArrayDeque<Sampled> samples = new ArrayDeque<>(completion.samples());
    ArrayDeque<List<Scored>> scores = new ArrayDeque<>(completion.scores());
    boolean joins = false;
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Sample sample -> {
          if (!joins) {
            texts.addAll(open);
            open.clear();
          }
          open.add(samples.remove());
          joins = false;
        }
        case Step.Score score -> {
          open.add(given(score.alternatives().texts().getFirst(), scores.remove().getFirst()));
          joins = true;
        }
        case Step.Feed feed -> {}
        case Step.Keep keep -> {}
      }
      if (step instanceof Step.Sample && open.size() > 1) {
        Sampled all = open.stream().reduce(InParts::plus).orElseThrow();
        open.clear();
        open.add(all);
      }
    }
    texts.addAll(open);
    return new Completion(texts, completion.elapsed());
  }

  private static Sampled given(Tokens text, Scored found) {
    return new Sampled(
        text, found.logProbs(), FinishReason.LENGTH, WatchedLogProbs.NONE, found.predictions());
  }

  /// The stop token of the first part is not in the text.
  private static Sampled plus(Sampled one, Sampled next) {
    int first = one.tokens().size();
    float[] logProbs = new float[first + next.logProbs().size()];
    System.arraycopy(one.logProbs().toArray(), 0, logProbs, 0, first);
    System.arraycopy(next.logProbs().toArray(), 0, logProbs, first, next.logProbs().size());
    List<Prediction> predictions = new ArrayList<>();
    if (one.predictions().size() >= first && !next.predictions().isEmpty()) {
      predictions.addAll(one.predictions().subList(0, first));
      predictions.addAll(next.predictions());
    }
    return new Sampled(
        one.tokens().plus(next.tokens()),
        LogProbs.of(logProbs),
        next.finish(),
        next.probs(),
        predictions);
  }
}
