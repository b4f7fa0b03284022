package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run whose disk takes no more, in a process of its own.
@Timeout(120)
class FullDiskTest {
  private final List<Problem> problems = Examples.problems(5);

  @TempDir Path temp;
  private Path folder;
  private Process process;

  @BeforeEach
  void startAppending() throws IOException {
    folder = temp.resolve("run");
    RunFolder.create(folder, Child.OFTEN, Examples.manifest(), problems).close();
    process = new Children(temp).start(Child.Job.APPEND, folder);
  }

  /// With no bytes nothing at all can be written, with some the first ones of a wave.
  @ParameterizedTest
  @ValueSource(ints = {0, 1000})
  void theWaveThatDoesNotFitIsNamedAndAllBeforeIsThere(int bytes) throws Exception {
    int last;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      last = said(out, 3);
      Children.limitFiles(process, bytes);
      last = assertUserError(out, last);
    }
    assertGoesOn(last);
  }

  @Test
  void whereOnlyTheLedgerCannotGrowTheWavesStayInSegments() throws Exception {
    RunFiles files = new RunFiles(folder);
    int last;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      said(out, 3);
      Children.limitFiles(process, Files.size(files.ledger()));
      last = said(out, 12);
      Children.limitFiles(process, 0);
      last = assertUserError(out, last);
    }
    assertThat(files.segments()).hasSizeGreaterThanOrEqualTo(12);
    assertGoesOn(last);
  }

  /// The database's own library is unpacked to a disk too.
  @Test
  void withoutSpaceForTheDatabaseItselfThatIsSaid() throws Exception {
    process.destroyForcibly().waitFor();
    Process reader = new Children(temp).startWithoutSpace(Child.Job.RESUME, folder);
    assertThat(Children.lines(reader))
        .satisfiesExactly(
            error -> assertThat(error).startsWith("DuckDB cannot be unpacked to " + temp + ": "),
            hint -> assertThat(hint).startsWith("free some disk space there"));
    RunFolder.resume(folder).close();
  }

  /// Reads the numbers of so many waves.
  ///
  /// @return the last one
  private static int said(BufferedReader out, int waves) throws IOException {
    int last = 0;
    for (int i = 0; i < waves; i++) {
      last = Integer.parseInt(out.readLine());
    }
    return last;
  }

  /// Reads to the end, which is a failure.
  ///
  /// @return the last wave that was there
  private int assertUserError(BufferedReader out, int before) throws Exception {
    List<String> lines = out.lines().toList();
    int waves = lines.size() - 2;
    int last = waves == 0 ? before : Integer.parseInt(lines.get(waves - 1));
    assertThat(lines.get(waves))
        .startsWith("wave " + (last + 1) + " cannot be written: ")
        .contains("File too large");
    assertThat(lines.get(waves + 1))
        .startsWith("free some disk space")
        .endsWith("all before is safe");
    assertThat(process.waitFor()).isZero();
    return last;
  }

  private void assertGoesOn(int last) {
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, last));
    }
    try (RunFolder run = RunFolder.resume(folder, Child.OFTEN)) {
      assertThat(run.warnings()).isEmpty();
      run.ledger().append(Examples.wave(problems, last + 1));
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, last + 1));
    }
    assertThat(new RunFiles(folder).segments()).isEmpty();
  }
}
