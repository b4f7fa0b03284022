package criticalwindows.run;

import criticalwindows.defence.Defence;
import criticalwindows.error.UserError;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.ratio.RatioSettings;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.Sources;
import criticalwindows.trace.TraceSettings;
import criticalwindows.view.TerminalText;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which experiment a run is of.
public final class Experiments {
  /// The setting that names the outcomes of a run.
  public static final String OUTCOMES = "outcomes";

  /// The setting that names the class that a run's curves follow, where it is not each response's
  /// own.
  public static final String FOLLOW = "follow";

  /// The experiment of a run whose rollouts somebody else made: nothing in it was sampled here.
  public static final String IMPORTED = "import";

  /// The setting of an imported run that says whether it is known what continuations wrote.
  public static final String TEXTS = "texts";

  /// Prefills: how a response goes on behind more and more tokens of a text that was given.
  public static final String PREFILL = "prefill";

  /// A word again and again: whether a response goes on with it.
  public static final String REPEAT = "repeat";

  /// Attacks, whose responses are cut.
  public static final String ATTACK = "attack";

  private static final Set<String> ON_TEXTS =
      Set.of(TraceSettings.EXPERIMENT, PREFILL, REPEAT, ATTACK);

  private Experiments() {}

  /// Whether a run is one of forms.
  public static boolean isForm(RunFolder run) {
    return run.manifest().experiment().equals(FormSettings.EXPERIMENT);
  }

  /// Whether a run is one of likelihood ratios: texts are scored, and nothing is sampled.
  public static boolean isRatio(RunFolder run) {
    return run.manifest().experiment().equals(RatioSettings.EXPERIMENT);
  }

  /// Whether a run is one of texts that were given, whatever they are: nobody asks for an answer.
  public static boolean isTrace(RunFolder run) {
    return ON_TEXTS.contains(run.manifest().experiment());
  }

  /// Whether a run is about attacks: its requests, and what a model writes then, may be such as
  /// should not be shown to everybody. So are texts that belong to families.
  public static boolean isAboutAttacks(RunFolder run) {
    boolean named = !run.manifest().experiment().equals(TraceSettings.EXPERIMENT);
    return isRatio(run)
        || (isTrace(run)
            && (named
                || run.ledger().problems().stream()
                    .anyMatch(item -> Sources.isFamily(item.task()))));
  }

  /// Whether a run is one of a word again and again.
  public static boolean isRepeat(RunFolder run) {
    return run.manifest().experiment().equals(REPEAT);
  }

  /// Whether a run is one of rollouts that were imported.
  public static boolean isImported(RunFolder run) {
    return run.manifest().experiment().equals(IMPORTED);
  }

  /// The defences that a run tries beside its plain replies.
  public static List<Defence> defences(RunFolder run) {
    return isTrace(run) ? Defence.all(run.settings(TraceSettings::defences)) : List.of();
  }

  /// Where the responses of a run were cut.
  public static CutPlan cuts(RunFolder run) {
    return run.settings(settings -> CutPlan.parse(settings.text("cuts")));
  }

  /// Of an imported run often nothing but what continuations came to is known. Then no outcome can
  /// be read in what they wrote, and all of them would seem unread.
  ///
  /// @param outcomes by which it is to be read
  /// @throws UserError if one of them reads texts that are not there
  public static void requireTexts(RunFolder run, Outcomes outcomes) {
    boolean known =
        !isImported(run) || run.settings(settings -> settings.text(TEXTS)).equals("known");
    for (Outcomes.Named each : outcomes.all()) {
      if (!known && !each.scorer().repliesAlone()) {
        throw new UserError(
            "the outcome "
                + TerminalText.line(each.name())
                + " reads what continuations wrote, and the files of "
                + run.folder()
                + " do not tell",
            "read it by what is recorded: leave --outcome out");
      }
    }
  }

  /// An imported run has no model, so nothing can be sampled for it.
  ///
  /// @throws UserError if this is one
  public static void requireModel(RunFolder run, String command) {
    if (isImported(run)) {
      throw new UserError(
          "cw " + command + " samples, and " + run.folder() + " is an imported run without a model",
          "see it with cw show; sample responses of your own with cw run cot or cw run trace");
    }
  }

  /// A form run, and one of likelihood ratios, cannot be read by what is for answers.
  ///
  /// @throws UserError if this is one
  public static void requireAnswers(RunFolder run, String command) {
    if (isForm(run)) {
      throw new UserError(
          "cw " + command + " is for runs with answers, and " + run.folder() + " is a form run",
          "see it with: cw show " + run.folder());
    }
    requireSampled(run, command);
  }

  /// In a run of likelihood ratios nothing is sampled.
  ///
  /// @throws UserError if this is one
  public static void requireSampled(RunFolder run, String command) {
    if (isRatio(run)) {
      throw new UserError(
          "cw "
              + command
              + " is for what a model wrote, and "
              + run.folder()
              + " is a run of likelihood ratios",
          "see it with: cw show " + run.folder());
    }
  }

  /// A run of texts that nobody asked a question in cannot be read by what is for replies.
  ///
  /// @throws UserError if this is one, or one of forms
  public static void requireReplies(RunFolder run, String command) {
    requireAnswers(run, command);
    if (isImported(run)) {
      throw new UserError(
          "cw "
              + command
              + " is for replies that a model of cw wrote, and "
              + run.folder()
              + " is an imported run",
          "see it with: cw show " + run.folder());
    }
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

  /// What says what responses of a run will come to.
  ///
  /// @throws UserError if one of its outcomes is by a program, which a folder alone does not start,
  ///   or by a model, and there is none
  public static Outcomes scorers(RunFolder run) {
    return scorers(run, Outcomes.Judges.NONE);
  }

  /// The same, with a model for those that it judges.
  public static Outcomes scorers(RunFolder run, Outcomes.Judges judges) {
    return Outcomes.recorded(outcomes(run), judges).following(follow(run));
  }

  /// What says what the responses that a run holds came to.
  ///
  /// @throws UserError if one of its outcomes is by a program, and its folder does not keep what
  ///   that said
  public static Outcomes told(RunFolder run) {
    return Outcomes.told(outcomes(run), run.folder()).following(follow(run));
  }

  /// The class that the run's curves follow; absent where it is each response's own.
  public static Optional<String> follow(RunFolder run) {
    return run.settings(
        settings -> settings.has(FOLLOW) ? Optional.of(settings.text(FOLLOW)) : Optional.empty());
  }

  /// How a run samples, whichever experiment it is of.
  public static Sampling sampling(RunFolder run) {
    return run.settings(
        settings -> new Sampling(settings.number("temperature"), settings.number("topP")));
  }
}
