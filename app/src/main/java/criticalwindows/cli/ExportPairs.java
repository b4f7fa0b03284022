package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.export.PairsExport;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import criticalwindows.preference.Level;
import criticalwindows.preference.Pairs;
import criticalwindows.scoring.Outcomes;
import criticalwindows.stats.Interval;
import criticalwindows.tables.Table;
import criticalwindows.tables.TableFolder;
import criticalwindows.view.TerminalText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw export pairs`: preference pairs at windows.
@Command(
    name = "pairs",
    description = {
      "Writes preference pairs: two ways on from one prefix at a claimed window, as they were"
          + " sampled, with the counts behind each. Wanted is the right outcome, or where none is"
          + " known the response's own."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "All columns: docs/exports.md",
      "",
      "Examples:",
      "  cw export pairs runs/study --json data/pairs",
      "  cw export pairs runs/study --level continuation --each 4 --json data/long",
      "  cw export pairs runs/attack --want refused --no-redact --json data/refuse"
    })
final class ExportPairs implements Callable<Integer> {
  private static final int MOST = 10_000;

  private final Console console;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "token",
      description = {
        "token: the two next tokens whose continuations differ most; or continuation: one that came"
            + " to what is wanted, and one that came to something else (default:"
            + " ${DEFAULT-VALUE})."
      })
  Level level = Level.TOKEN;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      defaultValue = "trl",
      description = {
        "trl, with token ids and counts as columns; or pts, for pairs of tokens (default:"
            + " ${DEFAULT-VALUE})."
      })
  PairsExport.Layout layout = PairsExport.Layout.TRL;

  @Option(
      names = "--want",
      paramLabel = "CLASS",
      description = "What is preferred, such as refused, whatever is right.")
  Optional<String> want = Optional.empty();

  @Option(
      names = "--each",
      paramLabel = "N",
      defaultValue = "1",
      description = "At most so many pairs of a response (default: ${DEFAULT-VALUE}).")
  int each = 1;

  @Mixin TrainingOptions training = new TrainingOptions();

  ExportPairs(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (each < 1 || each > MOST) {
      throw new UserError("--each " + each, "give at least 1, and at most " + MOST);
    }
    if (layout == PairsExport.Layout.PTS && level == Level.CONTINUATION) {
      throw new UserError(
          "--layout pts with --level continuation",
          "PTS pairs single tokens: leave out --level, or say --layout trl");
    }
    training.export(
        console,
        "export pairs",
        new TrainingOptions.Work() {
          @Override
          public Table table() {
            return layout.table();
          }

          @Override
          public List<String> write(TrainingOptions.Opened opened, TableFolder tables) {
            return pairs(opened, tables);
          }
        });
    return 0;
  }

  private List<String> pairs(TrainingOptions.Opened opened, TableFolder tables) {
    requireClass(opened);
    PairsExport rows = new PairsExport(opened.source(), layout, tables);
    List<CotFinding> claimed =
        opened.claimed("sample more of it: pairs are of the cuts at a window");
    int without = 0;
    for (CotFinding counted : claimed) {
      CotFinding finding = opened.whole(counted);
      Interval place = opened.windows().of(counted).orElseThrow().window().place().interval();
      Pairs.Asked asked = new Pairs.Asked(level, place, each);
      int before = rows.rows();
      wanted(finding, opened)
          .ifPresent(wanted -> rows.add(finding, wanted, level, Pairs.of(finding, wanted, asked)));
      without += rows.rows() == before ? 1 : 0;
    }
    if (rows.rows() == 0) {
      throw new UserError(
          "no two ways on from a window of " + opened.run().folder() + " differ in what is wanted",
          "name another class with --want, or sample more at each cut");
    }
    return List.of(
        "pairs: " + rows.rows() + ", of responses: " + (claimed.size() - without),
        "claimed windows without a pair: " + without);
  }

  /// @throws UserError if the outcome has no class of the name that is wanted
  private void requireClass(TrainingOptions.Opened opened) {
    Outcomes.Named searched = opened.outcomes().searched();
    Problem any = Problem.open("any", "any", "?");
    want.filter(name -> searched.scorer().named(any, name).isEmpty())
        .ifPresent(
            name -> {
              throw new UserError(
                  "--want "
                      + TerminalText.line(name, 40)
                      + ": the outcome "
                      + TerminalText.line(searched.name(), 40)
                      + " has no such class",
                  "name one of its classes as tables show them; docs/outcomes.md lists them");
            });
  }

  /// Absent where an item cannot come to the class that is asked for.
  private Optional<Outcome> wanted(CotFinding finding, TrainingOptions.Opened opened) {
    Scorer scorer = opened.outcomes().searched().scorer();
    return want.isPresent()
        ? scorer.named(finding.problem(), want.get())
        : finding.gold().or(() -> Optional.of(finding.outcome()));
  }
}
