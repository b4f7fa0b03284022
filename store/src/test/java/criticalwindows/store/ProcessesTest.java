package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run and more than one process.
@Timeout(300)
class ProcessesTest {
  private final List<Problem> problems = Examples.problems(5);

  @TempDir Path temp;
  private Path folder;
  private RunFiles files;
  private Children children;

  @BeforeEach
  void nameFolder() {
    folder = temp.resolve("run");
    files = new RunFiles(folder);
    children = new Children(temp);
  }

  private RunFolder create() {
    return RunFolder.create(folder, Child.OFTEN, Examples.manifest(), problems);
  }

  private void createWith(int waves) {
    try (RunFolder run =
        RunFolder.create(folder, Examples.storage(1000), Examples.manifest(), problems)) {
      append(run, 1, waves);
    }
  }

  private void append(RunFolder run, int first, int last) {
    for (int number = first; number <= last; number++) {
      run.ledger().append(Examples.wave(problems, number));
    }
  }

  @Test
  void anotherProcessReadsWholeWavesWhileTheyAreWrittenAndFolded() throws Exception {
    try (RunFolder run = create()) {
      append(run, 1, 3);
      Process watcher = children.start(Child.Job.WATCH, folder, 40);
      try (BufferedReader out = watcher.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).isEqualTo("watching");
        append(run, 4, 40);
        assertThat(out.readLine()).isEqualTo("warnings []");
        assertThat(watcher.waitFor()).isZero();
      } finally {
        watcher.destroyForcibly();
      }
      assertThat(run.warnings()).isEmpty();
    }
  }

  @Test
  void anotherProcessShowsARunThatIsOpenForWriting() throws Exception {
    try (RunFolder run = create()) {
      append(run, 1, 3);
      assertThat(files.segments()).containsExactly(3);
      int keys = run.ledger().keys().size();
      assertThat(Children.lines(children.start(Child.Job.SHOW, folder)))
          .containsExactly("3 " + keys + " []");
    }
  }

  @Test
  void aSecondWriterIsRefusedInAnotherProcessAndInThisOne() throws Exception {
    try (RunFolder run = create()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> RunFolder.resume(folder))
            .isInstanceOfSatisfying(
                UserError.class,
                failure -> {
                  assertThat(failure)
                      .hasMessage("this very process is writing to the run " + folder);
                  assertThat(failure.hint())
                      .isEqualTo(
                          "wait until it has ended, or stop it;"
                              + " a run can be read while another process writes it");
                });
        // The refusal above must not have let go of the lock.
        assertThat(Children.lines(children.start(Child.Job.RESUME, folder)))
            .containsExactly(
                "process " + ProcessHandle.current().pid() + " is writing to the run " + folder,
                "wait until it has ended, or stop it;"
                    + " a run can be read while another process writes it");
      }
      append(run, 1, 1);
    }
    assertThat(Children.lines(children.start(Child.Job.RESUME, folder))).containsExactly("1");
    try (RunFolder run = RunFolder.resume(folder)) {
      assertThat(run.ledger().lastWave()).isOne();
    }
  }

  @Test
  void aReaderThatHoldsTheLedgerOpenOnlyPutsTheFoldOff() throws Exception {
    try (RunFolder run = create()) {
      append(run, 1, 2);
      Process reader = children.start(Child.Job.HOLD, folder, "READ_ONLY");
      try (BufferedReader out = reader.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).isEqualTo("holding");
        append(run, 3, 7);
        assertThat(files.segments()).containsExactly(3, 4, 5, 6, 7);
        assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 7));
      } finally {
        reader.getOutputStream().close();
        reader.waitFor();
      }
      append(run, 8, 8);
      assertThat(files.segments()).isEmpty();
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 8));
      assertThat(run.warnings()).isEmpty();
    }
  }

  @Test
  void aReaderSaysSoWhereTheLedgerStaysHeldForWriting() throws Exception {
    createWith(2);
    Process holder = children.start(Child.Job.HOLD, folder, "READ_WRITE");
    try (BufferedReader out = holder.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("holding");
      Storage impatient = new Storage(256, 2, 2, Duration.ofMillis(300));
      assertThatThrownBy(() -> RunFolder.open(folder, impatient))
          .isInstanceOfSatisfying(
              UserError.class,
              failure -> {
                assertThat(failure)
                    .hasMessage("another process has " + files.ledger() + " open for writing");
                assertThat(failure.hint())
                    .isEqualTo("try again in a moment; if a database tool has it open, close that");
              });
    } finally {
      holder.getOutputStream().close();
      holder.waitFor();
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 2));
    }
  }

  @Test
  void aProcessThatIsKilledAgainAndAgainLosesNoWaveItHasSaidIsThere() throws Exception {
    create().close();
    Random random = new Random(20);
    int said = 0;
    for (int moment = 0; moment < 5; moment++) {
      int last = killed(random.nextInt(1, 12), random.nextInt(60));
      try (RunFolder run = RunFolder.open(folder)) {
        List<Sample> rows = Examples.all(run.ledger());
        int there = run.ledger().lastWave();
        assertThat(there).isGreaterThanOrEqualTo(Math.max(last, said));
        assertThat(rows).isEqualTo(Examples.waves(problems, there));
        assertThat(run.warnings()).noneMatch(warning -> warning.contains("lost"));
        said = there;
      }
    }
    try (RunFolder run = RunFolder.resume(folder, Child.OFTEN)) {
      append(run, said + 1, said + 3);
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, said + 3));
    }
  }

  /// Kills a process some time after it has appended some waves.
  ///
  /// @return the last wave that it said was there
  private int killed(int waves, int milliseconds) throws IOException, InterruptedException {
    Process process = children.start(Child.Job.APPEND, folder);
    int last = 0;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < waves; i++) {
        last = Integer.parseInt(out.readLine());
      }
      Thread.sleep(milliseconds);
      // By its handle: killed as a Process, its unread output is thrown away.
      process.toHandle().destroyForcibly();
      process.waitFor();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Integer.parseInt(line);
      }
    }
    return last;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aFoldThatIsCutOffAtAnyStepLosesNothingAndDoublesNothing(int step) throws Exception {
    createWith(3);
    Examples.appendUnfolded(folder, 4, 6);
    assertThat(files.segments()).containsExactly(4, 5, 6);
    assertThat(children.start(Child.Job.FOLD_AND_HALT, folder, step).waitFor()).isEqualTo(9);
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 6));
      assertThat(run.warnings()).noneMatch(warning -> warning.contains("lost"));
      if (step == 2) {
        assertThat(run.warnings()).singleElement().asString().startsWith("a fold had been cut off");
      }
    }
    try (RunFolder run = RunFolder.resume(folder)) {
      append(run, 7, 7);
    }
    assertThat(files.segments()).isEmpty();
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 7));
      assertThat(run.warnings()).isEmpty();
    }
  }
}
