package criticalwindows.cli;

import criticalwindows.experiment.CotFinding;
import criticalwindows.mistake.Mistake;
import criticalwindows.report.CotPage;
import criticalwindows.report.CotTable;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// A run's reports, from its folder alone.
final class CotReports {
  private CotReports() {}

  static String table(RunFolder run) {
    return CotTable.of(Manifests.heading(run), findings(run));
  }

  /// Writes the page into the run's folder, whole or not at all.
  static Path write(RunFolder run) {
    return write(run, run.folder().resolve("report.html"));
  }

  static Path write(RunFolder run, Path page) {
    String html = CotPage.of(Manifests.heading(run), findings(run));
    try {
      Path draft = page.resolveSibling(page.getFileName() + ".part");
      Files.writeString(draft, html);
      Files.move(draft, page, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return page;
    } catch (IOException e) {
      throw new Mistake(
          "the page " + page + " cannot be written: " + e.getMessage(),
          "make the folder writable, or name another place with --out",
          e);
    }
  }

  private static List<CotFinding> findings(RunFolder run) {
    List<CotFinding> findings = new ArrayList<>();
    run.ledger()
        .forEach(
            (problem, rows) ->
                CotFinding.of(problem, rows, run.manifest().settings().cuts())
                    .ifPresent(findings::add));
    return findings;
  }
}
