package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.error.UserError;
import criticalwindows.export.PrefixesExport;
import criticalwindows.export.TrainingTables;
import criticalwindows.tables.Table;
import criticalwindows.tables.TableFolder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cw export prefixes`: beginnings of responses, and what continuations came to.
@Command(
    name = "prefixes",
    description = {
      "Writes the beginning of each response up to each cut, as token ids and as text, with how"
          + " many continuations from there came to which class: for whoever trains a predictor of"
          + " outcomes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "All columns: docs/exports.md",
      "",
      "Example:",
      "  cw export prefixes runs/study --parquet data/prefixes"
    })
final class ExportPrefixes implements Callable<Integer> {
  private final Console console;

  @Mixin TrainingOptions training = new TrainingOptions();

  ExportPrefixes(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    training.export(
        console,
        "export prefixes",
        new TrainingOptions.Work() {
          @Override
          public Table table() {
            return TrainingTables.PREFIXES;
          }

          @Override
          public List<String> write(TrainingOptions.Opened opened, TableFolder tables) {
            return prefixes(opened, tables);
          }
        });
    return 0;
  }

  private static List<String> prefixes(TrainingOptions.Opened opened, TableFolder tables) {
    PrefixesExport rows = new PrefixesExport(opened.source(), tables);
    for (CotFinding finding : opened.findings()) {
      if (!finding.byCut().isEmpty()) {
        rows.add(opened.original(finding));
      }
    }
    if (rows.rows() == 0) {
      throw new UserError(
          "no continuation of " + opened.run().folder() + " has an outcome that can be read",
          "go on with the run, or read it by another --outcome");
    }
    return rows.facts();
  }
}
