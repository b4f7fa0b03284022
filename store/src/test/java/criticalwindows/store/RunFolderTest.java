package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFolderTest {
  private final List<Problem> problems = Examples.problems(4);

  @TempDir Path temp;
  private Path folder;
  private Path record;

  @BeforeEach
  void nameFolder() {
    folder = temp.resolve("runs/first");
    record = folder.resolve("run.json");
  }

  private void create() {
    RunFolder.create(folder, Examples.manifest(), problems).close();
  }

  private static void assertUserError(ThrowingCallable action, String error, String hint) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure).hasMessage(error);
              assertThat(failure.hint()).isEqualTo(hint);
            });
  }

  @Test
  void theManifestAndTheProblemsComeBackAsTheyWentIn() {
    create();
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.manifest()).isEqualTo(Examples.manifest());
      assertThat(run.ledger().problems()).isEqualTo(problems);
      assertThat(run.ledger().keys()).isEmpty();
      assertThat(run.ledger().lastWave()).isZero();
      assertThat(run.ledger().samples(problems.getFirst().id())).isEmpty();
      assertThat(Examples.all(run.ledger())).isEmpty();
      assertThat(run.warnings()).isEmpty();
    }
  }

  @Test
  void aProblemWhoseAnswerNobodyKnowsComesBackWithoutOne() {
    List<Problem> open = List.of(Problem.open("mine", "talk", "Hello?"), problems.getFirst());
    RunFolder.create(folder, Examples.manifest(), open).close();
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.ledger().problems()).isEqualTo(open);
      assertThat(run.ledger().problems().getFirst().answer()).isEmpty();
    }
  }

  @Test
  void sessionsAreAddedAndUnknownFieldsStay() throws IOException {
    create();
    Files.writeString(
        record,
        Files.readString(record)
            .replaceFirst("\\{", "{ \"later\" : {\"a\": [1, null]},")
            .replaceFirst("\"sha256\"", "\"quantised\" : \"no\", \"sha256\""));
    Manifest.Session session =
        new Manifest.Session(Instant.parse("2026-12-01T10:00:00.5Z"), Map.of("commit", "abc"));
    try (RunFolder run = RunFolder.resume(folder)) {
      run.note(session);
      assertThat(run.manifest().sessions()).hasSize(2).last().isEqualTo(session);
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.manifest().sessions())
          .containsExactly(Examples.manifest().sessions().getFirst(), session);
    }
    assertThat(Files.readString(record).replaceAll("\\s", ""))
        .contains("\"later\":{\"a\":[1,null]}")
        .contains("\"quantised\":\"no\"");
  }

  @Test
  void aLedgerBesideTheRunsIsSeenByNoReaderOfTheRun() {
    create();
    List<Sample> wave = Examples.wave(problems, 3);
    try (RunFolder run = RunFolder.resume(folder);
        Ledger beside = run.ledger("beside")) {
      beside.append(wave);
      assertThat(run.ledger().keys()).isEmpty();
    }
    try (RunFolder run = RunFolder.resume(folder);
        Ledger beside = run.ledger("beside");
        Ledger other = run.ledger("other")) {
      assertThat(beside.problems()).isEqualTo(problems);
      assertThat(Examples.all(beside)).containsExactlyInAnyOrderElementsOf(wave);
      assertThat(beside.lastWave()).isEqualTo(3);
      assertThat(other.keys()).isEmpty();
      assertThat(Examples.all(run.ledger())).isEmpty();
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.ledger().keys()).isEmpty();
      assertThatThrownBy(() -> run.ledger("beside")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.txt"), "years of work");
    assertUserError(
        this::create,
        "the folder " + folder + " is not empty",
        "name a new folder, or resume the run in this one");
    try (var there = Files.list(folder)) {
      assertThat(there).containsExactly(folder.resolve("thesis.txt"));
    }
  }

  @Test
  void anEmptyFolderWillDo() throws IOException {
    Files.createDirectories(folder);
    create();
    assertThat(record).exists();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(temp.resolve("runs"), "a file");
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure.getMessage()).startsWith("cannot write " + folder + ": ");
              assertThat(failure.hint())
                  .isEqualTo(
                      "free some disk space or make the folder writable, or name another one");
            });
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    folder = temp.resolve("file");
    Files.writeString(folder, "a file");
    assertUserError(
        this::create,
        "cannot write " + folder + ": it is a file",
        "free some disk space or make the folder writable, or name another one");
  }

  @Test
  void aRunWhoseBeginningFailsLeavesNothingInTheWay() throws IOException {
    // So long a path that the lock still fits Linux's 4,095 bytes, and the problems do not.
    folder = temp;
    while (folder.toString().length() < 4080 - 200) {
      folder = folder.resolve("x".repeat(100));
    }
    folder = folder.resolve("x".repeat(4080 - folder.toString().length() - 1));
    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            UserError.class,
            failure ->
                assertThat(failure.getMessage()).startsWith("cannot write the run " + folder));
    try (var there = Files.list(folder)) {
      assertThat(there).isEmpty();
    }
  }

  @Test
  void aQuestionMarkInThePathIsRefused() {
    folder = temp.resolve("why?");
    assertUserError(
        this::create,
        "a run's folder cannot have a ? in its path: " + folder,
        "name another one: the database takes what follows a ? for options");
  }

  @Test
  void aProblemThatIsThereTwiceIsRefused() {
    Problem problem = problems.getFirst();
    assertUserError(
        () -> RunFolder.create(folder, Examples.manifest(), List.of(problem, problem)),
        "the problem " + problem.id() + " is there twice: " + problem.question(),
        "leave one of the two out");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderWithoutARunIsNamedAndLeftAsItIs() throws IOException {
    Files.createDirectories(folder);
    String error = "no run here: there is no " + record;
    String hint = "name the folder that a run was written to";
    assertUserError(() -> RunFolder.open(folder), error, hint);
    assertUserError(() -> RunFolder.resume(folder), error, hint);
    try (var there = Files.list(folder)) {
      assertThat(there).isEmpty();
    }
    assertUserError(
        () -> RunFolder.open(temp.resolve("nowhere")),
        "no run here: there is no " + temp.resolve("nowhere/run.json"),
        hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          \\{                          | {,                     | '%s is broken: '
          (?s).*                       | [1]                    | '%s is broken: it is no object'
          (?s)^.{60}                   | ' '                    | '%s is broken: '
          "format" : 3                 | "format" : 4           | '%s has format 4; this program reads format 3'
          "format" : 3                 | "format" : 2           | '%s has format 2; this program reads format 3'
          "format"                     | "form"                 | '%s names no format; this program reads format 3'
          "seed"                       | "sea"                  | 'there is no field settings.seed in %s'
          "path"                       | "pass"                 | 'there is no field models.subject.path in %s'
          "sessions"                   | "sitting"              | 'there is no field sessions in %s'
          "started" : "2026-11-21      | "begun" : "            | 'there is no field sessions[0].started in %s'
          "started" : "2026-11-21      | "started" : "noon      | 'a session began at noonT00:00:00Z, which is no time, in %s'
          "samples" : 25               | "samples" : "x"        | 'the field settings.samples is "x", not a whole number below 2^31, in %s'
          "samples" : 25               | "samples" : 2.5        | 'the field settings.samples is 2.5, not a whole number below 2^31, in %s'
          "samples" : 25               | "samples" : 3000000000 | 'the field settings.samples is 3000000000, not a whole number below 2^31, in %s'
          "samples" : 25               | "samples" : 0          | 'the settings cannot be: at least one sample at each cut, not 0, in %s'
          "seed" : -7                  | "seed" : 1e99          | 'the field settings.seed is 1.0E99, not a whole number below 2^63, in %s'
          "temperature" : 0.7          | "temperature" : true   | 'the field settings.temperature is true, not a text, a number or a list of texts, in %s'
          "temperature" : 0.7          | "temperature" : "hot"  | 'the field settings.temperature is "hot", not a number, in %s'
          "cuts" : "                   | "cuts" : "x            | 'the settings cannot be: cuts are fractions, every:K, first:N, first:N,every:K, sentences, thinking or turns, not x0.05'
          "source" : "small"           | "source" : 5           | 'the field items.source is 5, not a text, in %s'
          "number" : 3                 | "number" : -3          | 'the field items.number is -3, not a number of things, in %s'
          "sessions" : \\[             | "sessions" : 5, "x":[  | 'the field sessions is 5, not a list, in %s'
          "subject" : \\{              | "subject" : 5, "x" : { | 'the field models.subject is 5, not an object, in %s'
          "hash" : "                   | "hash" : "0            | 'the prompts do not have the hash 0'
          \\[reason\\]                 | [season]               | 'the prompts cannot be: the prompt file has no section [reason], in %s'
          """)
  void whatIsWrongWithTheRecordIsNamed(String found, String put, String error) throws IOException {
    create();
    String good = Files.readString(record);
    String bad = good.replaceFirst(found, java.util.regex.Matcher.quoteReplacement(put));
    assertThat(bad).isNotEqualTo(good);
    Files.writeString(record, bad);
    for (ThrowingCallable action :
        List.<ThrowingCallable>of(
            () -> read(RunFolder.open(folder)), () -> read(RunFolder.resume(folder)))) {
      assertThatThrownBy(action)
          .isInstanceOfSatisfying(
              UserError.class,
              failure -> {
                assertThat(failure.getMessage()).startsWith(error.formatted(record));
                assertThat(failure.hint()).isNotBlank();
              });
    }
    Files.writeString(record, good);
    RunFolder.resume(folder).close();
  }

  private static void read(RunFolder run) {
    try (run) {
      run.settings(CotSettings::of);
    }
  }

  @Test
  void filesThatGoWhileTheyAreListedAreNoFault() throws Exception {
    RunFiles files = new RunFiles(folder);
    create();
    assertThat(files.ledger()).exists(); // So that a reader has it open from the first wave on.
    Path draft = Durable.part(files.manifest());
    AtomicBoolean ended = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int round = 0; !ended.get(); round++) {
                    comesAndGoes(files.segment(1 + round % 5));
                    comesAndGoes(draft);
                  }
                });
    try {
      for (int i = 0; i < 1_000; i++) {
        files.requirePlain();
        assertThat(files.segments()).hasSizeLessThan(5);
      }
    } finally {
      ended.set(true);
      writer.join();
    }
  }

  private static void comesAndGoes(Path file) {
    try {
      Files.writeString(file, "");
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
