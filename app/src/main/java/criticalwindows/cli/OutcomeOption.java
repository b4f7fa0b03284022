package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// By which outcomes the responses of a run are read.
final class OutcomeOption {
  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = {
        "What responses come to: answer, refusal, pattern:REGEX, contains:WORDS, length:N,"
            + " count:WORD, judge:TEMPLATE or program:COMMAND (docs/outcomes.md). Several are"
            + " columns each; windows are found by the first (default: as the run began, or"
            + " answer)."
      })
  List<String> outcomes = List.of();

  @Option(
      names = "--follow",
      paramLabel = "CLASS",
      description = {
        "The class of the first outcome whose share curves and windows show, such as complied,"
            + " whatever the original came to (default: as the run began, or the original's own)."
      })
  Optional<String> follow = Optional.empty();

  @Mixin JudgeModelOption judge = new JudgeModelOption();

  /// Those that were named, for what a run holds; absent ones are those of the run.
  Outcomes of(RunFolder run) {
    requireOutcomes(run);
    Outcomes named =
        following(
            run,
            outcomes.isEmpty()
                ? Experiments.told(run)
                : Outcomes.parse(outcomes, judge.judges().orKept(run.folder())));
    Experiments.requireTexts(run, named);
    return named;
  }

  /// The same for what is still to be sampled: a program is started where it is named here.
  Outcomes asking(RunFolder run) {
    requireOutcomes(run);
    return following(run, outcomes.isEmpty() ? Experiments.scorers(run, judge.judges()) : parsed());
  }

  private Outcomes parsed() {
    return Outcomes.parse(outcomes, judge.judges());
  }

  /// The class that is named here; else the run's, of the run's own first outcome.
  private Outcomes following(RunFolder run, Outcomes named) {
    boolean own = named.searched().name().equals(Experiments.outcomes(run).getFirst());
    return named.following(follow.or(() -> own ? Experiments.follow(run) : Optional.empty()));
  }

  private void requireOutcomes(RunFolder run) {
    boolean named = !outcomes.isEmpty() || follow.isPresent();
    if (named && Experiments.isForm(run)) {
      throw new UserError(
          (outcomes.isEmpty() ? "--follow" : "--outcome")
              + ", and "
              + run.folder()
              + " is a form run",
          "leave it out: a form's outcome is the combination of its choices");
    }
    if (named && Experiments.isRatio(run)) {
      throw new UserError(
          (outcomes.isEmpty() ? "--follow" : "--outcome")
              + ", and "
              + run.folder()
              + " is a run of likelihood ratios",
          "leave it out: its outcomes were recorded when it began");
    }
  }

  /// Those of a run that goes on: the same as it began with. A program is started where it is named
  /// here again.
  Outcomes resumed(RunFolder run) {
    List<String> began = Experiments.outcomes(run);
    if (!outcomes.isEmpty() && !outcomes.equals(began)) {
      throw new UserError(
          "--outcome, and " + run.folder() + " began with " + String.join(", ", began),
          "leave it out; read the run by another one with cw show --outcome");
    }
    if (follow.isPresent() && !follow.equals(Experiments.follow(run))) {
      throw new UserError(
          "--follow, and "
              + run.folder()
              + " began with "
              + Experiments.follow(run).orElse("each response's own class"),
          "leave it out; read the run by another class with cw show --follow");
    }
    return asking(run);
  }

  /// Those of a new run: the answer where none is named.
  Outcomes begun() {
    return sampled();
  }

  /// Those of a new run that has an outcome of its own, unless others are named.
  ///
  /// @param usual outcome
  /// @param followed class of it
  Outcomes orElse(String usual, String followed) {
    return outcomes.isEmpty()
        ? Outcomes.parse(List.of(usual)).following(Optional.of(follow.orElse(followed)))
        : sampled();
  }

  /// Those of a new run of texts that nobody has asked for an answer.
  Outcomes named() {
    if (outcomes.isEmpty()) {
      throw new UserError(
          "no outcome is named",
          "say what responses come to, such as --outcome 'contains:sorry|cannot' or --outcome"
              + " 'pattern:answer is (\\w+)'");
    }
    return sampled();
  }

  /// Of what is sampled nobody has recorded an outcome.
  private Outcomes sampled() {
    if (outcomes.stream().anyMatch(name -> name.strip().equals(Outcomes.RECORDED))) {
      throw new UserError(
          "--outcome recorded is for imported runs, and this one is sampled",
          "say how responses are to be read, such as answer or 'contains:sorry|cannot'");
    }
    return parsed().following(follow);
  }
}
