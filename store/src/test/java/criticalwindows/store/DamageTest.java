package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Problem;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of a run that were torn, damaged or taken away.
class DamageTest {
  private final List<Problem> problems = Examples.problems(5);

  @TempDir Path temp;
  private Path folder;
  private RunFiles files;

  /// Waves 1 to 3 in the ledger, 4 to 6 in segments.
  @BeforeEach
  void writeRun() throws Exception {
    folder = temp.resolve("run");
    files = new RunFiles(folder);
    try (RunFolder run = RunFolder.create(folder, Examples.manifest(), problems)) {
      for (int number = 1; number <= 3; number++) {
        run.ledger().append(Examples.wave(problems, number));
      }
    }
    Examples.appendUnfolded(folder, 4, 6);
    assertThat(files.segments()).containsExactly(4, 5, 6);
  }

  private List<Sample> without(int... waves) {
    List<Integer> gone = java.util.Arrays.stream(waves).boxed().toList();
    return Examples.waves(problems, 6).stream()
        .filter(sample -> !gone.contains(sample.wave()))
        .toList();
  }

  private static void assertUserError(ThrowingCallable action, String error, String hint) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure.getMessage()).contains(error);
              assertThat(failure.hint()).contains(hint);
            });
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static byte[] garbage(int size) {
    byte[] garbage = new byte[size];
    new Random(size).nextBytes(garbage);
    return garbage;
  }

  @Test
  void aTornSegmentIsIgnoredAndSweptAwayOnResume() throws IOException {
    Path torn = Durable.part(files.segment(7));
    byte[] whole = Files.readAllBytes(files.segment(6));
    Files.write(torn, java.util.Arrays.copyOf(whole, whole.length / 2));
    Path halfRecord = Durable.part(files.manifest());
    Files.writeString(halfRecord, "{");
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 6));
      assertThat(run.warnings()).isEmpty();
    }
    assertThat(torn).exists();
    try (RunFolder run = RunFolder.resume(folder)) {
      assertThat(torn).doesNotExist();
      assertThat(halfRecord).doesNotExist();
      run.ledger().append(Examples.wave(problems, 7));
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 7));
    }
  }

  @Test
  void aDamagedLogIsSetAsideForTheLastCheckpoint() throws IOException {
    Path log = folder.resolve("ledger.duckdb.wal");
    byte[] garbage = garbage(5000);
    Files.write(log, garbage);
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 6));
      assertThat(run.warnings())
          .containsExactly(
              "a fold had been cut off: its log lies beside the ledger as ledger.duckdb.wal.aside,"
                  + " and the ledger is as it was at its last checkpoint");
    }
    assertThat(log).doesNotExist();
    assertThat(folder.resolve("ledger.duckdb.wal.aside")).hasBinaryContent(garbage);
    Files.write(log, garbage(70_000));
    try (RunFolder run = RunFolder.resume(folder)) {
      assertThat(run.warnings()).hasSize(1).first().asString().contains("cut off");
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 6));
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.warnings()).isEmpty();
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 6));
    }
  }

  @Test
  void aLogLeftByAnOpenWriterIsNotTouchedByAReader() throws IOException {
    Path log = folder.resolve("ledger.duckdb.wal");
    try (RunFolder run = RunFolder.resume(folder, Examples.storage(1000))) {
      Files.createFile(log);
      try (RunFolder reading = RunFolder.open(folder)) {
        assertThat(reading.warnings()).isEmpty();
      }
      assertThat(log).exists();
      assertThat(run.warnings()).isEmpty();
    }
  }

  @Test
  void wavesThatAreNowhereAreNamedOnceAndTheirKeysAreFreeAgain() throws IOException {
    Files.delete(files.segment(4));
    Files.delete(files.segment(5));
    String lost = "lost are the waves 4, 5: what they held is sampled again on a resume";
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.warnings()).containsExactly(lost);
      assertThat(Examples.all(run.ledger())).isEqualTo(without(4, 5));
    }
    try (RunFolder run = RunFolder.resume(folder)) {
      assertThat(run.warnings()).containsExactly(lost);
      run.ledger().append(Examples.wave(problems, 4));
      run.ledger().append(Examples.wave(problems, 5));
      assertThat(files.segments()).containsExactly(6, 7, 8);
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.warnings()).isEmpty();
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 6));
    }
  }

  @Test
  void aTruncatedLedgerIsNamedWithTheSegmentsThatAreStillGood() throws IOException {
    long size = Files.size(files.ledger());
    for (long left : new long[] {size / 2, 5000, 0}) {
      truncate(files.ledger(), left);
      for (ThrowingCallable action :
          List.<ThrowingCallable>of(
              () -> readAll(RunFolder.open(folder)), () -> readAll(RunFolder.resume(folder)))) {
        assertUserError(
            action,
            files.ledger()
                + " cannot be read (still good are wave-000004.parquet, wave-000005.parquet,"
                + " wave-000006.parquet): ",
            "move it away and resume");
      }
    }
    Files.move(files.ledger(), temp.resolve("broken.duckdb"));
    try (RunFolder run = RunFolder.resume(folder)) {
      assertThat(run.warnings())
          .containsExactly(
              "lost are the waves 1, 2, 3: what they held is sampled again on a resume");
      assertThat(Examples.all(run.ledger())).isEqualTo(without(1, 2, 3));
      for (int number = 1; number <= 3; number++) {
        run.ledger().append(Examples.wave(problems, number));
      }
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 6));
    }
  }

  private static void readAll(RunFolder opened) {
    try (RunFolder run = opened) {
      Examples.all(run.ledger());
    }
  }

  @Test
  void aLedgerOfGarbageIsNamed() throws IOException {
    Files.write(files.ledger(), garbage(20_000));
    assertUserError(() -> RunFolder.open(folder), files.ledger() + " cannot be read", "resume");
  }

  @Test
  void aLedgerOfALaterDatabaseIsNamedAndNothingIsTouched() throws IOException {
    setStorageVersion(files.ledger(), 999);
    byte[] later = Files.readAllBytes(files.ledger());
    for (ThrowingCallable action :
        List.<ThrowingCallable>of(() -> RunFolder.open(folder), () -> RunFolder.resume(folder))) {
      assertUserError(
          action,
          files.ledger() + " is of another version: ",
          "use the version of the program that wrote the run, or a newer one; nothing is lost");
    }
    assertThat(files.ledger()).hasBinaryContent(later);
    assertThat(files.segments()).containsExactly(4, 5, 6);
  }

  /// Writes another version into a database's main header: 8 bytes of checksum over the rest of the
  /// first 4,096, then DUCK, then the version.
  private static void setStorageVersion(Path file, long version) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(bytes, 0, 4096).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(checksum(header)).isEqualTo(header.getLong(0));
    header.putLong(12, version);
    header.putLong(0, checksum(header));
    Files.write(file, bytes);
  }

  private static long checksum(ByteBuffer header) {
    long sum = 5381;
    for (int at = 8; at < header.limit(); at += 8) {
      sum ^= header.getLong(at) * 0xbf58476d1ce4e5b9L;
    }
    return sum;
  }

  @Test
  void aDamagedSegmentIsNamed() throws IOException {
    truncate(files.segment(5), Files.size(files.segment(5)) / 2);
    assertUserError(
        () -> readAll(RunFolder.open(folder)),
        "damaged in the run's waves: wave-000005.parquet: ",
        "move it away and resume: only what it held is sampled again");
    Files.move(files.segment(5), temp.resolve("broken.parquet"));
    try (RunFolder run = RunFolder.resume(folder)) {
      assertThat(run.warnings()).singleElement().asString().startsWith("lost are the waves 5:");
      assertThat(Examples.all(run.ledger())).isEqualTo(without(5));
    }
  }

  @Test
  void problemsThatCannotBeReadAreNamed() throws IOException {
    truncate(files.problems(), 40);
    assertUserError(
        () -> RunFolder.open(folder),
        files.problems() + " cannot be read: ",
        "put a copy of the file back");
    assertUserError(
        () -> RunFolder.resume(folder),
        files.problems() + " cannot be read: ",
        "put a copy of the file back");
  }

  @Test
  void aFoldThatCannotBeLeavesTheWavesInSegmentsAndSaysSo() throws IOException {
    try (RunFolder run = RunFolder.resume(folder, Examples.storage(1))) {
      Path away = temp.resolve("away.duckdb");
      Files.move(files.ledger(), away);
      Files.createDirectory(files.ledger());
      run.ledger().append(Examples.wave(problems, 7));
      assertThat(files.segments()).containsExactly(4, 5, 6, 7);
      assertThat(run.warnings())
          .singleElement()
          .asString()
          .startsWith("the ledger takes no waves, which stay in segments: ");
      Files.delete(files.ledger());
      Files.move(away, files.ledger());
      run.ledger().append(Examples.wave(problems, 8));
      assertThat(files.segments()).isEmpty();
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 8));
    }
  }
}
