package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that has ended is shown, read and compared again without its model.
class FinishedRunTest {
  private static Path whole;
  private static Cli ran;

  @TempDir Path folder;

  @BeforeAll
  static void runOnce(@TempDir Path temp) {
    whole = temp.resolve("whole");
    ran = Cli.run(Cli.small(whole));
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  @Test
  void itShowsHowItWasReadAndWhatOtherPoliciesChange() {
    Cli audit = Cli.run("audit", whole.toString());
    assertThat(audit.exit()).as(audit.err()).isZero();
    assertThat(audit.out())
        .contains(" answers by class", "by rule", "STATEMENT", " unread", "first match");

    Cli again = Cli.run("regrade", whole.toString(), "--equality", "digits=4");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out())
        .startsWith(Cli.run("show", whole.toString()).out())
        .contains("order=free,digits=4")
        .contains("0 originals right or wrong, 0 continuations consistent or right, 0 windows");
  }

  @Test
  void theoryOfAChainOfThoughtRun() {
    Cli theory = Cli.run("theory", whole.toString(), "--epsilon", ".3");
    assertThat(theory.exit()).as(theory.err()).isZero();
    assertThat(theory.out()).contains("means over", "Theorem 2", "the rest): certain at no cut");
    assertThat(theory.out().lines().filter(line -> line.matches("  0\\.(?!00)\\d\\d .*")))
        .hasSize(6);
  }

  @Test
  void showAndReportSayTheSameAgain() throws IOException {
    assertThat(ran.out()).contains("\n  kept  same ").contains("page  ");
    assertThat(ran.out()).startsWith(Cli.run("show", whole.toString()).out());
    String page = Files.readString(whole.resolve("report.html"));
    Path again = folder.resolve("again.html");
    assertThat(Cli.run("report", whole.toString(), "--out", again.toString()).exit()).isZero();
    assertThat(Files.readString(again)).isEqualTo(page);
    Cli resumed = Cli.run("resume", whole.toString());
    assertThat(resumed.exit()).isZero();
    Set<Key> keys = StoppedRunsTest.keys(whole);
    long written =
        keys.stream().filter(key -> key.is(Arm.ORIGINAL) || key.is(Arm.RESAMPLE)).count();
    assertThat(StoppedRunsTest.rows(whole)).isEqualTo(keys.size() + written);
  }
}
