package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.run.ProbeCurves;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs along whose originals probes were applied: what is shown, drawn and exported of them.
class ProbedRunsTest {
  @TempDir private static Path folder;

  private static Path run;
  private static List<String> items = List.of();

  @BeforeAll
  static void sampleAndProbe() {
    run = folder.resolve("run");
    assertThat(
            Cli.run(
                    "run",
                    "cot",
                    "--model",
                    "small-base",
                    "--problems",
                    "2",
                    "--samples",
                    "4",
                    "--threads",
                    "1",
                    "--memory",
                    "300M",
                    "--out",
                    run.toString())
                .exit())
        .isZero();
    try (RunFolder opened = RunFolder.open(run)) {
      items = opened.ledger().problems().stream().map(Problem::id).toList();
      List<ProbeCurve> curves = new ArrayList<>();
      for (String item : items) {
        curves.add(
            new ProbeCurve(item, "right-l4", "yes", List.of(0, 3, 6), List.of(.125, .25, .875)));
      }
      ProbeCurves.write(opened, curves);
      ProbeCurves.write(
          opened, List.of(new ProbeCurve(items.getFirst(), "<b>", "no", List.of(0), List.of(1.))));
    }
  }

  private static String shown(String... words) {
    Cli cli = Cli.run(words);
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli.out();
  }

  @Test
  void curvesAreReadAsTheyWereWritten() throws IOException {
    try (RunFolder opened = RunFolder.open(run)) {
      List<ProbeCurve> read = ProbeCurves.read(opened);
      assertThat(read).hasSize(3);
      assertThat(read.getFirst().probability()).containsExactly(.125, .25, .875);
      assertThat(read.getLast().probe()).isEqualTo("<b>");
    }
    assertThat(Files.readAllLines(run.resolve("probes.jsonl")).getFirst())
        .isEqualTo(
            "{\"item\":\""
                + items.getFirst()
                + "\",\"probe\":\"right-l4\",\"class\":\"yes\",\"kept\":[0,3,6],"
                + "\"probability\":[0.125,0.25,0.875]}");
  }

  @Test
  void theTableSaysWhetherTheProbeMovesBeforeTheWindow() {
    assertThat(shown("show", run.toString()))
        .contains("Does the probe move before the window?")
        .contains("right-l4");
  }

  @Test
  void thePageHasThemOnTheAxisOfTheCurve() throws IOException {
    shown("report", run.toString());
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page)
        .contains("\"along\":{\"lines\":[{\"name\":\"right-l4: P(yes)\",\"most\":1")
        .contains("[[0,0.125],[3,0.25],[6,0.875]]")
        .contains("alongLines(problem)")
        .doesNotContain("<b>: P");
  }

  @Test
  void theFigureAndTheTableHaveEveryPoint() throws IOException {
    Path figures = folder.resolve("figures");
    shown("plot", run.toString(), "--out", figures.toString());
    assertThat(figures.resolve("probes-1.png")).exists();
    List<String> drawn = Files.readAllLines(figures.resolve("probes-1.csv"));
    assertThat(drawn.getFirst()).isEqualTo("dataset,run,problem,series,x,value,low,high");
    assertThat(drawn.stream().filter(line -> line.contains(",right-l4,"))).hasSize(6);
    Path tables = folder.resolve("tables");
    shown("export", run.toString(), "--csv", tables.toString());
    List<String> rows = Files.readAllLines(tables.resolve("probes.csv"));
    assertThat(rows).hasSize(8);
    assertThat(rows.get(1)).startsWith(items.getFirst() + ",right-l4,yes,0,0.125,");
    assertThat(Files.readString(tables.resolve("README.md"))).contains("probes");
  }

  @Test
  void aDamagedFileIsToldInTwoLines() throws IOException {
    Path other = folder.resolve("damaged");
    Files.createDirectories(other);
    try (var files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = other.resolve(run.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Files.writeString(other.resolve("probes.jsonl"), "{\"item\":\"x\"}\n");
    Cli.run("show", other.toString())
        .assertUserError("probes.jsonl cannot be read: line 1 is no curve", "apply the probes");
  }
}
