package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.intervene.Edit;
import criticalwindows.intervene.EditFinding;
import criticalwindows.intervene.Edits;
import criticalwindows.report.EditTable;
import criticalwindows.rollout.Remaining;
import criticalwindows.run.Experiments;
import criticalwindows.run.ShareLedger;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.Headings;
import criticalwindows.show.SearchStories;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw run edit`: what becomes of a response that is changed at one place.
@Command(
    name = "edit",
    description = {
      "Changes a response of a run at one place, lets the model write on from there, and shows what"
          + " the continuations come to, beside those of the response as it was. The samples lie"
          + " in the run's folder, apart from its own; asked again, it prints only."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Tokens are counted from 1, as cw explain and the page do.",
      "",
      "Examples:",
      "  cw run edit runs/demo 9dde --at 38 --redraw 50",
      "  cw run edit runs/demo 9dde --at 38 --replace ' add'",
      "  cw run edit runs/demo 9dde --at 30-38 --replace ''          leaves nine tokens out"
    })
final class EditCommand implements Callable<Integer> {
  /// Continuations of each kind.
  static final int SAMPLES = 25;

  private static final int MOST_SAMPLES = 10_000;
  private static final Pattern PLACE = Pattern.compile("([0-9]{1,8})(?:-([0-9]{1,8}))?");

  private final Console console;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "ITEM",
      description = "A problem or a text; the beginning of its id is enough.")
  String item = "";

  @Option(
      names = "--at",
      paramLabel = "TOKEN",
      required = true,
      description = "The token that is changed, or a stretch such as 30-38.")
  String at = "";

  @Option(
      names = "--replace",
      paramLabel = "TEXT",
      description = "What stands there instead; '' leaves the tokens out.")
  Optional<String> replace = Optional.empty();

  @Option(
      names = "--redraw",
      paramLabel = "N",
      description = {
        "Draw the token anew until it differs, N times, and go on from each; as many continuations"
            + " of the response as it was."
      })
  Optional<Integer> redraw = Optional.empty();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "With --replace: continuations of each kind (default: 25).")
  Optional<Integer> samples = Optional.empty();

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin BudgetOption budget = new BudgetOption();

  @Mixin RunModel model = new RunModel();

  EditCommand(Console console) {
    this.console = console;
  }

  /// @throws UserError if there are none, or more than anybody samples at one place
  static void requireSamples(String option, Optional<Integer> samples) {
    samples
        .filter(count -> count < 1 || count > MOST_SAMPLES)
        .ifPresent(
            count -> {
              throw new UserError(
                  option + " " + Numbers.count(count),
                  "give at least 1, and at most " + Numbers.count(MOST_SAMPLES));
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    try (RunFolder run = RunFolder.resume(folder);
        Outcomes outcomes = outcome.asking(run)) {
      Experiments.requireAnswers(run, "run edit");
      Experiments.requireModel(run, "run edit");
      if (redraw.isPresent()) {
        CheckWork.requireChance(run, "--redraw");
      }
      Problem problem = SearchStories.problem(run, "run edit", item);
      CotFinding finding = finding(run, problem, outcomes);
      Edit edit = edit(finding);
      try (ShareLedger ledger = ShareLedger.beside(run, name(edit), List.of(problem))) {
        Edits wanted =
            new Edits(
                List.of(edit),
                Map.of(problem.id(), finding.followed()),
                ledger,
                outcomes.searched().scorer());
        Optional<Remaining> remaining = new CheckWork(console, model, budget).sample(run, wanted);
        String title = Headings.of(run).title();
        for (EditFinding found : wanted.findings()) {
          console.out().print(EditTable.edit(title, found));
        }
        String again = "the same command";
        remaining.ifPresent(more -> BudgetOption.say(console, again, budget.read(), more));
        return Session.exit(console, ledger.failure(), again);
      }
    }
  }

  private void requireSense() {
    budget.read();
    requireSamples("--samples", samples);
    requireSamples("--redraw", redraw);
    if (replace.isPresent() == redraw.isPresent()) {
      throw new UserError(
          replace.isPresent() ? "--replace and --redraw" : "neither --replace nor --redraw",
          "give one of them: another text, or how often the token is drawn anew");
    }
    if (redraw.isPresent() && samples.isPresent()) {
      throw new UserError("--redraw and --samples", "leave out --samples: --redraw N says it");
    }
  }

  private static CotFinding finding(RunFolder run, Problem problem, Outcomes outcomes) {
    return CotFinding.of(
            problem,
            run.ledger().samples(problem.id()),
            run.settings(CotSettings::of).cuts(),
            outcomes.searched().scorer())
        .orElseThrow(
            () ->
                new UserError(
                    problem.id() + " has no response yet",
                    "go on with: cw resume " + run.folder()));
  }

  private Edit edit(CotFinding finding) {
    int length = finding.original().tokens().size();
    Matcher place = PLACE.matcher(at.strip());
    int from = place.matches() ? Integer.parseInt(place.group(1)) : 0;
    int to = from == 0 || place.group(2) == null ? from : Integer.parseInt(place.group(2));
    if (from < 1 || to < from || to > length) {
      throw new UserError(
          "--at " + TerminalText.line(at),
          "give a token of the response, 1 to "
              + Numbers.count(length)
              + ", or a stretch such as 3-5");
    }
    if (redraw.isPresent() && to != from) {
      throw new UserError(
          "--at " + TerminalText.line(at) + " with --redraw", "name one token: one is drawn anew");
    }
    return new Edit(
        finding.problem(),
        finding.original(),
        from - 1,
        to,
        replace.<Edit.Change>map(Edit.Change.Replaced::new).orElseGet(Edit.Change.Redrawn::new),
        redraw.or(() -> samples).orElse(SAMPLES));
  }

  /// One ledger for each edit.
  private static String name(Edit edit) {
    return "intervene-edit-"
        + Sha256.name(
            Sha256.of(
                edit.problem().id() + "|" + edit.from() + "|" + edit.to() + "|" + edit.change()));
  }
}
