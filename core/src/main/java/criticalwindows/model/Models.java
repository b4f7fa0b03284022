package criticalwindows.model;

import java.util.List;

/// Runs scripts where waiting for all of them is fine.
public final class Models {
  private Models() {}

  /// The completion of one script.
  public static Completion run(Model model, Script script) throws InterruptedException {
    return run(model, List.of(script)).getFirst();
  }

  /// The completions in the order of the scripts.
  public static List<Completion> run(Model model, List<Script> scripts)
      throws InterruptedException {
    Completion[] done = new Completion[scripts.size()];
    model.run(scripts, (index, completion) -> done[index] = completion);
    return List.of(done);
  }

  /// The log-probability of each token of a text that goes on from `start`.
  ///
  /// @param start at least one token
  /// @param text at least one token
  public static LogProbs score(Model model, Tokens start, Tokens text) throws InterruptedException {
    Script script = new Script(start, List.of(new Step.Score(List.of(text))), 0);
    return run(model, script).scores().getFirst().getFirst().logProbs();
  }

  /// Refuses scripts that a model could never run.
  ///
  /// @throws IllegalArgumentException if one cannot fit the context, or names an id outside the
  ///   vocabulary
  public static void check(Model model, List<Script> scripts) {
    for (int i = 0; i < scripts.size(); i++) {
      Script script = scripts.get(i);
      if (script.mostTokens() > model.contextLength()) {
        throw new IllegalArgumentException(
            "script "
                + i
                + " can come to "
                + script.mostTokens()
                + " tokens, and the context of "
                + model.name()
                + " holds "
                + model.contextLength());
      }
      check(model, script.start());
      for (Step step : script.steps()) {
        switch (step) {
          case Step.Feed feed -> check(model, feed.tokens());
          case Step.Sample sample -> {
            check(model, sample.watch().after());
            check(model, sample.watch().ids());
          }
          case Step.Score score -> {
            check(model, score.alternatives().after());
            score.alternatives().texts().forEach(text -> check(model, text));
          }
          case Step.Keep keep -> {}
        }
      }
    }
  }

  /// Refuses ids outside the vocabulary of a model.
  ///
  /// @throws IllegalArgumentException if there is one
  public static void check(Model model, Tokens tokens) {
    int size = model.vocabulary().size();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.at(i) >= size) {
        throw new IllegalArgumentException("token " + tokens.at(i) + " in a vocabulary of " + size);
      }
    }
  }
}
