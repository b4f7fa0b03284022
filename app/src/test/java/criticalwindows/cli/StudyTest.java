package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A study from the command line: what will it take, as much as the budget allows, its tables and
/// figures, and the rest.
class StudyTest {
  @TempDir Path folder;

  @Test
  void aBudgetStopsARunThatIsDrawnAndExportedAndGoesOn() {
    Path run = folder.resolve("run");
    List<String> arguments = new ArrayList<>(List.of(Cli.small(run)));
    arguments.addAll(List.of("--budget", "40-rollouts"));
    Cli stopped = Cli.run(arguments.toArray(String[]::new));
    assertThat(stopped.exit()).as(stopped.err()).isZero();
    assertThat(stopped.out())
        .contains("stopped at the budget of 40 rollouts", "spent          40 rollouts")
        .contains("still needed   about 50 rollouts", "cw resume " + run);
    assertThat(keys(run)).isEqualTo(40);

    Path figures = folder.resolve("figures");
    Cli plotted = Cli.run("plot", run.toString(), run.toString(), "--out", figures.toString());
    assertThat(plotted.exit()).as(plotted.err()).isZero();
    // Five figures, and one for each of the two runs, in four files each, and what columns mean.
    assertThat(figures.toFile().list()).hasSize(4 * (5 + 2) + 1).contains("columns.md");
    Path tables = folder.resolve("tables");
    assertThat(Cli.run("export", run.toString(), "--csv", tables.toString()).exit()).isZero();
    assertThat(tables.toFile().list())
        .containsExactlyInAnyOrder(
            "problems.csv", "windows.csv", "points.csv", "samples.csv", "README.md");

    assertThat(Cli.resumed(run).out()).doesNotContain("still needed");
    assertThat(keys(run)).isEqualTo(90);
  }

  private static int keys(Path run) {
    try (RunFolder opened = RunFolder.open(run)) {
      return opened.ledger().keys().size();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run cot --budget 2d | a budget is a time (s, m, h), tokens or rollouts | 20k-rollouts",
        "run cot --tokens-per-second 2 | says nothing without --dry-run | add --dry-run",
        "run cot --price-per-million 0 | --price-per-million 0.0 | above 0",
        "run cot --dry-run --tokens-per-second 0 | --tokens-per-second 0.0 | above 0",
        "export nowhere --csv x | nowhere | run",
        "export nowhere | no format is named | --csv DIR",
        "plot nowhere --out x | nowhere | run",
        "plot nowhere | --out | cw plot --help",
        "resume nowhere --budget 0s | --budget 0s: a budget is more than 0 | 20k-rollouts",
      })
  void eachUserErrorHasItsHint(String command, String error, String hint) {
    Cli result = Cli.run(command.split(" "));
    assertThat(result.exit()).as(result.err()).isEqualTo(Exit.USER_ERROR);
    assertThat(result.err().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("error: ").contains(error),
            line -> assertThat(line).startsWith("hint: ").contains(hint));
  }

  @Test
  void aDryRunWritesNothingAndSaysWhatARunWillTake() {
    Path run = folder.resolve("run");
    List<String> arguments = new ArrayList<>(List.of(Cli.small(run)));
    arguments.addAll(List.of("--dry-run", "--tokens-per-second", "10"));
    arguments.addAll(List.of("--price-per-million", "2"));
    Cli dry = Cli.run(arguments.toArray(String[]::new));
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out()).contains("rollouts    90\n", "at 10 tokens/s", "2.00 a million");
    // By hand, .5 ÷ (3 · 3) and z(.99583) + z(.8) = 3.4799.
    assertThat(dry.out()).contains("no jump, with 3 at a cut").contains("a rise of 0.820");
    assertThat(run).doesNotExist();
  }
}
