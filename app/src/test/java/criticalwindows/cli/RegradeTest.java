package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run is read and compared again without its model.
class RegradeTest {
  @TempDir Path folder;

  @Test
  void aRunShowsHowItWasReadAndWhatOtherPoliciesChange() {
    Path run = folder.resolve("run");
    assertThat(Cli.run(Cli.small(run)).exit()).isZero();

    Cli audit = Cli.run("audit", run.toString());
    assertThat(audit.exit()).as(audit.err()).isZero();
    assertThat(audit.out())
        .contains(" answers by class", "by rule", "STATEMENT", " unread", "first match");

    Cli again = Cli.run("regrade", run.toString(), "--equality", "digits=4");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out())
        .startsWith(Cli.run("show", run.toString()).out())
        .contains("order=free,digits=4")
        .contains("0 originals right or wrong, 0 continuations consistent or right, 0 windows");
  }
}
