package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first command that anybody runs, with fewer problems.
class DemoTest {
  @TempDir Path folder;

  @Test
  void theDemoRunsTheExperimentAndSaysWhereItsPageIs() {
    Path out = folder.resolve("demo");
    Cli demo = Cli.run("demo", "--problems", "1", "--threads", "1", "--out", out.toString());
    assertThat(demo.exit()).as(demo.err()).isZero();
    assertThat(demo.err()).contains("a critical window", "1 of 1 problems");
    assertThat(demo.out())
        .contains("problems: 1 of world", "against exact", "windows, model", "run   " + out);
    assertThat(out.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void aDemoOfNothingIsRefused() {
    Cli demo = Cli.run("demo", "--problems", "0");
    assertThat(demo.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(demo.err()).contains("error: ", "hint: ");
    Cli refusals = Cli.run("demo", "--jailbreak", "--problems", "0");
    assertThat(refusals.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(refusals.err()).contains("error: --n 0", "hint: give at least 1");
  }

  @Test
  @Tag("soak")
  void theDemoOfRefusalsShowsEveryFamilyBesideItsExactCurves() {
    Path out = folder.resolve("demo");
    Cli demo =
        Cli.run(
            "demo", "--jailbreak", "--problems", "1", "--threads", "1", "--out", out.toString());
    assertThat(demo.exit()).as(demo.err()).isZero();
    assertThat(demo.out())
        .contains(
            "none", "prefill", "role-play", "multi-turn", "many-shot", "exactly known   5 of 5");
    assertThat(out.resolve("report.html")).isNotEmptyFile();
  }
}
