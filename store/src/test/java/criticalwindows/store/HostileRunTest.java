package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.database.Database;
import criticalwindows.dataset.Problem;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.tables.ParquetRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs of which a stranger wrote the files.
class HostileRunTest {
  private static final String PRIVATE = "what nobody else may read";

  private final List<Problem> problems = Examples.problems(5);

  @TempDir static Path once;
  @TempDir Path temp;
  private Path folder;
  private Path outside;
  private RunFiles files;

  /// Waves 1 to 3 in the ledger, 4 in a segment.
  @BeforeAll
  static void writeRun() throws Exception {
    Path folder = once.resolve("run");
    List<Problem> problems = Examples.problems(5);
    try (RunFolder run = RunFolder.create(folder, Examples.manifest(), problems)) {
      for (int number = 1; number <= 3; number++) {
        run.ledger().append(Examples.wave(problems, number));
      }
    }
    Examples.appendUnfolded(folder, 4, 4);
  }

  @BeforeEach
  void copyRun() throws IOException {
    folder = temp.resolve("run");
    files = new RunFiles(folder);
    outside = Files.writeString(temp.resolve("outside"), PRIVATE);
    try (Stream<Path> parts = Files.walk(once.resolve("run"))) {
      for (Path part : parts.toList()) {
        Files.copy(part, folder.resolve(once.resolve("run").relativize(part)));
      }
    }
  }

  /// Statements in a DuckDB that may do everything.
  private void inLedger(String... statements) throws SQLException {
    try (Connection ledger = DriverManager.getConnection("jdbc:duckdb:" + files.ledger());
        Statement statement = ledger.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void assertUserError(ThrowingCallable action, String error, String hint) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure.getMessage()).contains(error).doesNotContain(PRIVATE);
              assertThat(failure.hint()).contains(hint);
            });
  }

  private void assertRefused(String error, String hint) {
    assertUserError(() -> RunFolder.open(folder), error, hint);
    assertUserError(() -> RunFolder.resume(folder), error, hint);
    assertThat(outside).hasContent(PRIVATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"samples", "waves"})
  void aViewInTheLedgerIsRefused(String table) throws SQLException {
    inLedger(
        "ALTER TABLE " + table + " RENAME TO kept",
        "CREATE VIEW "
            + table
            + " AS SELECT * REPLACE ("
            + (table.equals("waves")
                ? "(SELECT length(content)::INTEGER FROM read_text('" + outside + "')) AS number"
                : "(SELECT content FROM read_text('" + outside + "')) AS text")
            + ") FROM kept");
    assertRefused("ledger.duckdb holds no tables of a run", "do not trust this folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'format 2'", "'format 4'", "NULL"})
  void aLedgerOfAnotherFormatIsLeftToTheVersionThatWroteIt(String format) throws SQLException {
    inLedger("COMMENT ON TABLE waves IS " + format);
    assertRefused("ledger.duckdb is of another format", "use the version of the program");
  }

  @Test
  void aViewOfARunsOwnNameInAnotherSchemaIsNotReached() throws SQLException {
    inLedger(
        "CREATE SCHEMA other",
        "CREATE VIEW other.samples AS SELECT content AS text FROM read_text('" + outside + "')");
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 4));
    }
  }

  @Test
  void noStatementReachesAFileOutsideTheRun() throws SQLException {
    Path copy = temp.resolve("copy");
    try (Database database = Database.open(Database.Share.STANDARD, "", folder)) {
      for (String sql :
          List.of(
              "SELECT * FROM read_text('" + outside + "')",
              "SELECT * FROM read_text('" + folder + "/../outside')",
              "SELECT * FROM glob('" + temp + "/*')",
              "COPY (SELECT 1) TO '" + copy + "'",
              "ATTACH '" + copy + "' AS copied",
              "SET enable_external_access = true",
              "SET allowed_directories = ['/']",
              "INSTALL httpfs")) {
        assertThatThrownBy(() -> database.run(sql)).as(sql).isInstanceOf(SQLException.class);
      }
      assertThat(
              Objects.<Boolean>requireNonNull(
                  database.query(
                      "SELECT count(*) FROM " + Database.parquet(List.of(files.segment(4))),
                      rows -> rows.next() && rows.getInt(1) > 0)))
          .isTrue();
    }
    assertThat(copy).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.json",
        "problems.parquet",
        "ledger.duckdb",
        "ledger.duckdb.wal",
        "decisions.jsonl",
        "failed.jsonl",
        "run.lock",
        "report.html",
        "report.html.part",
        "run.json.part",
        "waves/wave-000004.parquet",
        "waves/wave-000009.parquet"
      })
  void aLinkUnderANameOfTheRunIsNotFollowed(String name) throws IOException {
    Path link = folder.resolve(name);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, outside);
    assertRefused(link + " is a link, which no run has", "do not trust this folder");
    assertThat(link).isSymbolicLink();
  }

  @ParameterizedTest
  @ValueSource(strings = {"waves", "tmp", "intervene-0badcafe"})
  void aLinkInPlaceOfAFolderIsNotFollowed(String name) throws IOException {
    Path others = Files.createDirectory(temp.resolve("others"));
    Path file = Files.writeString(others.resolve("wave-000004.parquet.part"), PRIVATE);
    if (name.equals("waves")) {
      Files.delete(files.segment(4));
      Files.delete(files.waves());
    }
    Files.createSymbolicLink(folder.resolve(name), others);
    assertRefused(name + " is a link, which no run has", "do not trust this folder");
    assertThat(file).hasContent(PRIVATE);
  }

  @Test
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("failed.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertRefused("failed.jsonl is no plain file", "put the file itself there");
  }

  @Test
  void aRunReachedThroughALinkIsRead() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("latest"), folder);
    try (RunFolder run = RunFolder.open(link)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 4));
    }
    try (RunFolder run = RunFolder.resume(link)) {
      run.ledger().append(Examples.wave(problems, 5));
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 5));
    }
  }

  @Test
  void aFileThatHasASecondNameIsReadAndNotWrittenTo() throws IOException {
    Path second = Files.createLink(temp.resolve("second"), files.ledger());
    byte[] before = Files.readAllBytes(second);
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 4));
    }
    assertUserError(
        () -> RunFolder.resume(folder), "ledger.duckdb has 2 names on this disk", "cp -r");
    assertThat(second).hasBinaryContent(before);
  }

  @Test
  void onlyWhatBearsARunsOwnNamesIsSweptAway() throws IOException {
    Files.createDirectories(files.scratch());
    List<Path> others =
        List.of(
            files.scratch().resolve("mine.csv"),
            files.scratch().resolve("mine.part"),
            folder.resolve("notes.part"),
            files.waves().resolve("notes.part"));
    List<Path> own =
        List.of(
            files.scratch().resolve("duckdb_temp_storage_DEFAULT-0.tmp"),
            folder.resolve("report.html.part"),
            Durable.part(files.segment(7)));
    for (Path file : List.of(others, own).stream().flatMap(List::stream).toList()) {
      Files.writeString(file, PRIVATE);
    }
    RunFolder.resume(folder).close();
    assertThat(others).allSatisfy(file -> assertThat(file).hasContent(PRIVATE));
    assertThat(own).allSatisfy(file -> assertThat(file).doesNotExist());
  }

  @Test
  void aDraftThatLiesThereAsALinkIsMadeAnew() throws IOException {
    Path part = Durable.part(files.segment(5));
    try (RunFolder run = RunFolder.resume(folder, Examples.storage(1000))) {
      Files.createSymbolicLink(part, outside);
      run.ledger().append(Examples.wave(problems, 5));
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 5));
    }
    Path page = folder.resolve("report.html");
    Files.createSymbolicLink(Durable.part(page), outside);
    Files.createSymbolicLink(page, outside);
    Durable.write(page, "new");
    assertThat(page).hasContent("new");
    assertThat(Files.isSymbolicLink(page)).isFalse();
    assertThat(outside).hasContent(PRIVATE);
    assertThat(Files.exists(Durable.part(page), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO waves SELECT 7 + range, 1 FROM range(1000001) | 1000004 waves",
        "INSERT INTO waves VALUES (2000000000, 1)                  | above 1000000",
        "INSERT INTO waves VALUES (-1, 1)                          | below 1",
        "UPDATE samples SET position = 5                           | position 5 of 5",
        "UPDATE samples SET position = -1                          | position",
        "UPDATE samples SET idx = 2000000000                       | above 10000000",
        "UPDATE samples SET kept = -1                              | below 0",
        "UPDATE samples SET turn = 'LATER'                         | LATER"
      })
  void rowsThatNoRunWritesAreRefused(String statement, String error) throws SQLException {
    inLedger(statement);
    assertUserError(
        () -> {
          try (RunFolder run = RunFolder.open(folder)) {
            Examples.all(run.ledger());
          }
        },
        "holds rows that no run writes: ",
        "do not trust this folder");
    assertUserError(() -> RunFolder.resume(folder), error, "do not trust this folder");
  }

  @Test
  void rowsWithoutTheirTextsAreRefused() throws SQLException {
    inLedger("UPDATE samples SET text = NULL");
    try (RunFolder run = RunFolder.open(folder)) {
      assertUserError(
          () -> Examples.all(run.ledger()), "holds rows that no run writes", "put a copy of it");
    }
  }

  @Test
  void aWaveWithAHugeNumberIsRefused() throws IOException {
    Files.move(files.segment(4), files.segment(999_999_999));
    assertRefused("a wave with a number below 1 or above 1000000", "do not trust this folder");
  }

  @Test
  void aWaveWithOtherColumnsIsRefused() throws SQLException {
    try (Connection memory = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = memory.createStatement()) {
      statement.execute(
          "COPY (SELECT * REPLACE (['a'] AS tokens) FROM read_parquet('"
              + files.segment(4)
              + "')) TO '"
              + files.segment(4)
              + "' (FORMAT parquet)");
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThatThrownBy(() -> Examples.all(run.ledger())).isInstanceOf(UserError.class);
    }
  }

  @Test
  void problemsThatAreThereTwiceOrMissAPartAreRefused() throws SQLException {
    String problems = files.problems().toString();
    try (Connection memory = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = memory.createStatement()) {
      statement.execute("CREATE TABLE p AS SELECT * FROM read_parquet('" + problems + "')");
      statement.execute("COPY (FROM p UNION ALL FROM p) TO '" + problems + "' (FORMAT parquet)");
      assertRefused("is there twice", "leave one of the two out");
      statement.execute(
          "COPY (SELECT * REPLACE (NULL AS question) FROM p) TO '"
              + problems
              + "' (FORMAT parquet)");
    }
    assertRefused("problems.parquet holds rows that no run writes", "do not trust this folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"back\\slash", "a[b*", "it's {x}"})
  void aFolderOfAnyNameHoldsARun(String name) throws Exception {
    Path odd = temp.resolve(name);
    try (RunFolder run = RunFolder.create(odd, Examples.manifest(), problems)) {
      run.ledger().append(Examples.wave(problems, 1));
    }
    Examples.appendUnfolded(odd, 2, 3);
    try (RunFolder run = RunFolder.open(odd)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 3));
    }
    try (RunFolder run = RunFolder.resume(odd)) {
      run.ledger().append(Examples.wave(problems, 4));
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"back\\slash[1]", "*\\", "a\\[b"})
  void aFolderThatTheDatabaseCannotBeToldIsRefused(String name) {
    Path odd = temp.resolve(name);
    assertUserError(
        () -> RunFolder.create(odd, Examples.manifest(), problems).close(),
        "a run's folder cannot have a \\ and a [ or * in its path: " + odd,
        "name another one");
    assertThat(odd).doesNotExist();
    assertUserError(
        () -> ParquetRows.read(odd.resolve("rows.parquet")),
        "a Parquet file cannot have",
        "name another one");
  }
}
