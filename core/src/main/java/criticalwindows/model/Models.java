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
}
