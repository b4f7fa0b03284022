package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.explain.Explanation;
import criticalwindows.grade.Grader;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real run's windows say, from the command line.
class ExplainTest {
  @TempDir Path folder;

  @Test
  void aRunAndEachOfItsProblemsAreExplained() {
    Path run = folder.resolve("run");
    Cli ran =
        Cli.run(
            "run",
            "cot",
            "--problems",
            "2",
            "--samples",
            "2",
            "--cuts",
            ".2,.6",
            "--threads",
            "1",
            "--memory",
            "480M",
            "--out",
            run.toString());
    assertThat(ran.exit()).as(ran.err()).isZero();
    List<CotFinding> findings = new ArrayList<>();
    try (RunFolder opened = RunFolder.open(run)) {
      opened
          .ledger()
          .forEach(
              (problem, rows) ->
                  CotFinding.of(
                          problem, rows, opened.settings(CotSettings::of).cuts(), Grader.STANDARD)
                      .ifPresent(findings::add));
    }
    assertThat(findings).hasSize(2);
    for (CotFinding finding : findings) {
      String id = finding.problem().id();
      Cli told = Cli.run("explain", run.toString(), id.substring(0, 12));
      assertThat(told.exit()).as(told.err()).isZero();
      assertThat(told.out())
          .startsWith("problem " + id + ": ")
          .contains("The response has " + finding.length() + " tokens")
          .contains(
              Explanation.of(finding)
                  .map(known -> "Where continuations part ways")
                  .orElse("There is no window to explain"));
    }
    Cli study = Cli.run("explain", run.toString());
    assertThat(study.exit()).as(study.err()).isZero();
    assertThat(study.out())
        .containsPattern("windows   \\d of 2 problems at a false discovery rate of 5 %")
        .containsPattern("no window survives|Too few windows");
    Cli.run("explain", run.toString(), "zz")
        .assertUserError(
            "explain zz: no problem of this run begin with that", "name one as show lists them");
  }

  @Test
  void whatIsNoRunHasItsMend() {
    Cli.run("explain", folder.resolve("none").toString()).assertUserError("none", "run");
    Cli.run("explain").assertUserError("RUN", "cw explain --help");
  }
}
