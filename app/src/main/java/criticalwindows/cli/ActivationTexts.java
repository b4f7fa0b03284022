package criticalwindows.cli;

import criticalwindows.activation.Extraction;
import criticalwindows.activation.Places;
import criticalwindows.activation.WantedText;
import criticalwindows.console.Console;
import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Rollout;
import criticalwindows.reading.Texts;
import criticalwindows.reading.TraceFiles;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.RunScripts;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Tracing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Texts whose activations are read: the originals of a run, or those of a file.
final class ActivationTexts {
  private ActivationTexts() {}

  /// The responses of a run that were cut, in the order in which they are read.
  ///
  /// @param model whose token ids they are
  /// @throws UserError if there are none, or they are of another vocabulary
  static List<WantedText> of(RunFolder run, Model model, Places places) {
    CutScripts scripts = RunScripts.of(run, model);
    List<WantedText> texts = new ArrayList<>();
    for (Problem problem : run.ledger().problems()) {
      List<Sample> samples = run.ledger().samples(problem.id());
      samples.stream()
          .filter(Sample::cut)
          .findFirst()
          .ifPresent(
              original -> {
                requireKnown(run, model, original);
                Rollout rollout = scripts.rollout(problem, original.tokens());
                add(texts, problem, rollout, places, cuts(samples));
              });
    }
    return sorted(texts, run.folder().toString());
  }

  /// Refuses a run without responses that were cut.
  static void require(RunFolder run) {
    Experiments.requireAnswers(run, "activations");
    if (Experiments.isImported(run)) {
      throw new UserError(
          "cw activations needs prompts as token ids, and "
              + run.folder()
              + " is an imported run without a model",
          "read a file of the texts, or sample responses of your own with cw run trace");
    }
  }

  private static List<Integer> cuts(List<Sample> samples) {
    return samples.stream()
        .filter(sample -> sample.key().is(Arm.RESAMPLE))
        .map(sample -> sample.key().kept())
        .distinct()
        .toList();
  }

  private static void requireKnown(RunFolder run, Model model, Sample original) {
    int size = model.vocabulary().size();
    boolean known =
        original.tokens().stream().allMatch(id -> id < size)
            && model.vocabulary().decode(original.tokens()).equals(original.text());
    if (!known) {
      throw new UserError(
          original.key().item()
              + " of "
              + run.folder()
              + " has tokens of another vocabulary than "
              + model.name(),
          "name a model of the family that wrote the run's texts with --model");
    }
  }

  /// The texts of a file in any layout of `cw run trace`. One without a response has a prompt
  /// alone.
  static List<WantedText> of(Console console, Path file, Model model, Places places) {
    if (places instanceof Places.Cuts) {
      throw new UserError(
          "--at cuts, and " + file + " is a file: nothing was sampled from its texts",
          "say --at ends, every:K or tokens:N,N; or name a run");
    }
    Texts read = TraceFiles.read(file).withoutGrades();
    Hubs.say(console, read.notes());
    Tracing tracing = Tracing.of(model, read.traces(), file.toString());
    Hubs.say(console, tracing.notes());
    List<WantedText> texts = new ArrayList<>();
    for (Problem item : tracing.items()) {
      GivenText given = item.given().orElseThrow();
      Rollout rollout = Rollout.of(given.prompt(), given.response().orElse(Tokens.none()));
      add(texts, item, rollout, places, List.of());
    }
    return sorted(texts, file.toString());
  }

  private static void add(
      List<WantedText> texts, Problem item, Rollout rollout, Places places, List<Integer> cuts) {
    Tokens response = rollout.response();
    List<Integer> kept = places.in(new Places.Extent(rollout.prompt(), response.size(), cuts));
    if (!kept.isEmpty()) {
      String group = Sources.isFamily(item.task()) ? item.task() : MonitoredTexts.OTHERS;
      Tokens prompt = rollout.whole().prefix(rollout.prompt());
      texts.add(new WantedText(item.id(), group, prompt, response, kept));
    }
  }

  private static List<WantedText> sorted(List<WantedText> texts, String source) {
    if (texts.isEmpty()) {
      throw new UserError(
          "no text of " + source + " has any of the places",
          "go on with the run, or name other places with --at");
    }
    return Extraction.sorted(texts);
  }
}
