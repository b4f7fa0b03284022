package criticalwindows.run;

import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.form.FormSettings;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Between the command line and the record of a form run.
public final class FormManifests {
  /// The experiment's name in `run.json`.
  public static final String EXPERIMENT = "form";

  private static final String TEXTS = "form texts";
  private static final String CHOICES = "form choices";

  private FormManifests() {}

  /// Adds what only a form run is told. A form is cut at its choices, which a plan cannot say.
  public static void put(Map<String, String> provenance, FormSettings settings) {
    provenance.put(TEXTS, Integer.toString(settings.texts()));
    provenance.put(CHOICES, String.join("/", settings.target()));
  }

  /// Whether this name in a manifest's provenance is of what a form run was told.
  public static boolean isAsked(String name) {
    return name.equals(TEXTS) || name.equals(CHOICES);
  }

  /// What only a form run is told, by name.
  public static Map<String, String> asked(Manifest manifest) {
    Map<String, String> asked = new TreeMap<>(manifest.provenance());
    asked.keySet().retainAll(Set.of(TEXTS, CHOICES));
    return asked;
  }

  /// Whether a run is one of forms.
  public static boolean isForm(RunFolder run) {
    return run.manifest().experiment().equals(EXPERIMENT);
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

  /// What the run was told.
  public static FormSettings settings(RunFolder run) {
    Manifest manifest = run.manifest();
    CotSettings settings = manifest.settings();
    String target = manifest.provenance().getOrDefault(CHOICES, "");
    return new FormSettings(
        texts(run),
        settings.samples(),
        settings.sampling(),
        settings.maxTokens(),
        target.isEmpty() ? List.of() : List.of(target.split("/", -1)),
        settings.seed());
  }

  private static int texts(RunFolder run) {
    String texts = run.manifest().provenance().getOrDefault(TEXTS, "");
    try {
      return Integer.parseInt(texts);
    } catch (NumberFormatException e) {
      throw new UserError(
          "run.json in " + run.folder() + " says \"" + texts + "\" for " + TEXTS,
          "put back what the program wrote there; the samples are not touched by this",
          e);
    }
  }
}
