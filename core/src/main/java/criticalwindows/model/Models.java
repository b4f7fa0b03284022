package criticalwindows.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

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
    List<@org.jspecify.annotations.Nullable Completion> done =
        new ArrayList<>(Collections.nCopies(scripts.size(), null));
    model.run(scripts, done::set);
    return done.stream().map(Objects::requireNonNull).toList();
  }
}
