package criticalwindows.run;

import criticalwindows.error.UserError;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Sampling;
import criticalwindows.store.RunFolder;

/// Which experiment a run is of.
public final class Experiments {
  private Experiments() {}

  /// Whether a run is one of forms.
  public static boolean isForm(RunFolder run) {
    return run.manifest().experiment().equals(FormSettings.EXPERIMENT);
  }

  /// A form run cannot be read by what is for answers.
  ///
  /// @throws UserError if this is one
  public static void requireAnswers(RunFolder run, String command) {
    if (isForm(run)) {
      throw new UserError(
          "cw " + command + " is for runs with answers, and " + run.folder() + " is a form run",
          "see it with: cw show " + run.folder());
    }
  }

  /// How a run samples, whichever experiment it is of.
  public static Sampling sampling(RunFolder run) {
    return run.settings(
        settings -> new Sampling(settings.number("temperature"), settings.number("topP")));
  }
}
