package criticalwindows.cli;

import criticalwindows.exact.ExactStudy;
import criticalwindows.experiment.CotFinding;
import criticalwindows.experiment.CotSettings;
import criticalwindows.experiment.Invariants;
import criticalwindows.mistake.Mistake;
import criticalwindows.report.CotPage;
import criticalwindows.report.CotTable;
import criticalwindows.report.Heading;
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
    if (FormManifests.isForm(run)) {
      return FormReports.table(run);
    }
    Found found = Found.in(run);
    return CotTable.of(found.heading, found.findings, found.exact);
  }

  /// Writes the page into the run's folder, whole or not at all.
  static Path write(RunFolder run) {
    return write(run, run.folder().resolve("report.html"));
  }

  static Path write(RunFolder run, Path page) {
    if (FormManifests.isForm(run)) {
      return FormReports.write(run, page);
    }
    Found found = Found.in(run);
    return write(page, CotPage.of(found.heading, found.findings, found.exact));
  }

  /// Writes a page, whole or not at all.
  static Path write(Path page, String html) {
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

  /// What a run says.
  private record Found(Heading heading, List<CotFinding> findings, ExactStudy exact) {
    static Found in(RunFolder run) {
      CotSettings settings = run.manifest().settings();
      List<CotFinding> findings = new ArrayList<>();
      run.ledger()
          .forEach(
              (problem, rows) ->
                  CotFinding.of(problem, rows, settings.cuts()).ifPresent(findings::add));
      RunPrograms programs = RunPrograms.of(run);
      return new Found(
          Manifests.heading(run).plus(programs.warnings()).plus(Invariants.violations(findings)),
          findings,
          ExactStudy.of(settings.sampling(), findings, programs.byId()));
    }
  }
}
