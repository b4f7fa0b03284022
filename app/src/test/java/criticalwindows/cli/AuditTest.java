package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.bench.DrawnLedger;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How answers were read, of a run with many that were not.
class AuditTest {
  @TempDir Path folder;

  @Test
  void aLargeRunShowsTheFirstUnreadAnswersAndCountsTheRest() {
    Path run = folder.resolve("run");
    CotSettings settings = new CotSettings(CutPlan.parse(".5"), 100, Sampling.PLAIN, 20, 3);
    List<Problem> problems =
        IntStream.range(0, 90)
            .mapToObj(i -> Problem.of("toy", "logic", "Which? (" + i + ")", List.of(), "27"))
            .toList();
    try (RunFolder made = RunFolder.create(run, DrawnLedger.manifest("toy", settings), problems)) {
      DrawnLedger.fill(made.ledger(), problems, settings, 10);
    }
    List<String> few = Cli.run("audit", run.toString()).out().lines().toList();
    List<String> all = Cli.run("audit", run.toString(), "--all").out().lines().toList();
    long unread = unread(all);
    assertThat(unread).isGreaterThan(60);
    assertThat(unread(few)).isEqualTo(40);
    assertThat(few).contains("  … " + (unread - 40) + " more; --all shows them");
    assertThat(all).noneMatch(line -> line.contains("more; --all"));
    assertThat(all)
        .containsAll(few.stream().filter(line -> !line.contains("more; --all")).toList());
  }

  private static long unread(List<String> lines) {
    return lines.stream()
        .skip(lines.stream().takeWhile(line -> !line.endsWith(" unread")).count() + 1)
        .takeWhile(line -> line.startsWith("  ") && !line.contains("…"))
        .count();
  }
}
