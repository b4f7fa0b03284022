package criticalwindows.show;

import criticalwindows.cot.Blurred;
import criticalwindows.cot.CotFinding;
import criticalwindows.error.UserError;
import criticalwindows.exact.CurveStep;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.report.CotStudy;
import criticalwindows.run.Experiments;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Blur;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether people see what was asked and what was written.
public enum Redaction {
  /// They do.
  SHOWN,
  /// Each letter is a block, so that a page can be shown to anybody.
  BLURRED;

  /// What is said wherever texts are blurred.
  public static final String NOTE =
      "what was asked and what was written is blurred, since runs of attacks hold what a model"
          + " should not write; --no-redact shows it";

  /// Of a run: runs of attacks, prefills and repeated words, and texts of families, are blurred
  /// where nothing is asked for; others are not.
  ///
  /// @throws UserError if a form is to be blurred: it has no texts but its own
  public static Redaction of(RunFolder run, Optional<Redaction> asked) {
    if (asked.equals(Optional.of(BLURRED)) && Experiments.isForm(run)) {
      throw new UserError(
          "--redact, and " + run.folder() + " is a form run",
          "leave it out: its texts are its form");
    }
    return asked.orElseGet(() -> Experiments.isAboutAttacks(run) ? BLURRED : SHOWN);
  }

  /// What there is to report, as people see it.
  CotStudy of(CotStudy study) {
    if (this == SHOWN) {
      return study;
    }
    Map<String, CotFinding> known = new HashMap<>();
    study.shown().forEach(finding -> known.put(finding.problem().id(), finding));
    return new CotStudy(
        study.heading().plus(List.of(NOTE)),
        study.summary(),
        study.windows(),
        study.shown().stream().map(Blurred::of).toList(),
        study.rest().stream().map(Blurred::of).toList(),
        finding ->
            Blurred.of(study.complete().apply(known.getOrDefault(finding.problem().id(), finding))),
        blurred(study.exact()),
        blurred(study.sample()),
        study.also(),
        study.judges(),
        study.depths(),
        study.defences(),
        study.episodes(),
        study.along());
  }

  /// What is exactly known of texts that are blurred.
  private static ExactStudy blurred(ExactStudy study) {
    Map<String, ExactFinding> all = new LinkedHashMap<>();
    study.byProblem().forEach((id, finding) -> all.put(id, blurred(finding)));
    return new ExactStudy(study.sampling(), all);
  }

  private static ExactFinding blurred(ExactFinding finding) {
    return switch (finding) {
      case ExactFinding.Drawn drawn ->
          new ExactFinding.Drawn(
              drawn.curve(),
              drawn.steps().stream().map(Redaction::blurred).toList(),
              drawn.cells(),
              drawn.earlyAnswers(),
              drawn.cutOff());
      case ExactFinding.Outside outside -> outside;
      case ExactFinding.Unread unread -> unread;
    };
  }

  /// What a step decides has words of the text.
  private static CurveStep blurred(CurveStep step) {
    return new CurveStep(step.kept(), step.rise(), Blur.text(step.text()), Optional.empty());
  }
}
