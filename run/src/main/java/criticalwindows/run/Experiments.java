package criticalwindows.run;

import criticalwindows.error.UserError;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Sampling;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.TraceSettings;
import java.util.List;

/// Which experiment a run is of.
public final class Experiments {
  /// The setting that names the outcomes of a run.
  public static final String OUTCOMES = "outcomes";

  private Experiments() {}

  /// Whether a run is one of forms.
  public static boolean isForm(RunFolder run) {
    return run.manifest().experiment().equals(FormSettings.EXPERIMENT);
  }

  /// Whether a run is one of texts that were given.
  public static boolean isTrace(RunFolder run) {
    return run.manifest().experiment().equals(TraceSettings.EXPERIMENT);
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

  /// A run of texts that nobody asked a question in cannot be read by what is for replies.
  ///
  /// @throws UserError if this is one, or one of forms
  public static void requireReplies(RunFolder run, String command) {
    requireAnswers(run, command);
    if (isTrace(run)) {
      throw new UserError(
          "cw "
              + command
              + " is for replies to a question, and "
              + run.folder()
              + " is about given texts",
          "see it with: cw show " + run.folder());
    }
  }

  /// The outcomes of a run by name, the one that is searched for first: `answer` alone where it
  /// names none.
  public static List<String> outcomes(RunFolder run) {
    return run.settings(
        settings -> settings.has(OUTCOMES) ? settings.texts(OUTCOMES) : List.of(Outcomes.ANSWER));
  }

  /// What says what responses of a run came to.
  ///
  /// @throws UserError if one of its outcomes is by a program, which a folder alone does not start
  public static Outcomes scorers(RunFolder run) {
    return Outcomes.recorded(outcomes(run));
  }

  /// How a run samples, whichever experiment it is of.
  public static Sampling sampling(RunFolder run) {
    return run.settings(
        settings -> new Sampling(settings.number("temperature"), settings.number("topP")));
  }
}
