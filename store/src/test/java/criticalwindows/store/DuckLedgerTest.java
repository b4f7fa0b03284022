package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Replies;
import criticalwindows.rollout.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckLedgerTest {
  private static final List<Arm> ARMS =
      List.of(Arm.ORIGINAL, Arm.RESAMPLE, Arm.EARLY, Arm.DIRECT, Arm.GIVEN, new Arm("judge-2"));
  private static final Storage OFTEN = Examples.storage(3);

  private final List<Problem> problems = Examples.problems(5);

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = temp.resolve("run");
  }

  private RunFolder create() {
    return RunFolder.create(folder, OFTEN, Examples.manifest(), problems);
  }

  @Test
  void everyColumnComesBackAsItWentInFromSegmentsAndFromTheLedger() {
    List<Sample> written = Examples.waves(problems, 50);
    assertThat(written).anyMatch(sample -> sample.tokens().isEmpty());
    assertThat(written).anyMatch(sample -> sample.text().contains("\ud83d\ud83d"));
    try (RunFolder run = create()) {
      for (int number = 1; number <= 50; number++) {
        run.ledger().append(Examples.wave(problems, number));
      }
      assertThat(new RunFiles(folder).segments()).containsExactly(49, 50);
      assertThat(Examples.all(run.ledger())).isEqualTo(written);
    }
    assertThat(new RunFiles(folder).segments()).isEmpty();
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(written);
      assertThat(run.ledger().problems()).isEqualTo(problems);
      assertThat(run.warnings()).isEmpty();
    }
  }

  private static List<Problem> sums(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> Problem.of("small", "math", "What is 6 + " + i + "?", List.of(), "" + (6 + i)))
        .toList();
  }

  @Test
  void allProblemsAreReadAsOfOneMoment() {
    List<Problem> many = sums(40);
    List<Sample> before = Examples.waves(many, 400);
    try (RunFolder run = RunFolder.create(folder, OFTEN, Examples.manifest(), many)) {
      run.ledger().append(before);
      List<Sample> seen = new ArrayList<>();
      run.ledger()
          .forEach(
              (problem, samples) -> {
                if (seen.isEmpty()) {
                  for (int number = 401; number <= 410; number++) {
                    run.ledger().append(Examples.wave(many, number));
                  }
                }
                seen.addAll(samples);
              });
      assertThat(seen).containsExactlyInAnyOrderElementsOf(before);
      assertThat(new RunFiles(folder).segments()).hasSize(11);
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(many, 410));
      run.ledger().append(Examples.wave(many, 411)); // the twelfth
      assertThat(new RunFiles(folder).segments()).isEmpty();
    }
  }

  @Test
  void readingThatIsGivenUpHoldsNothing() {
    List<Problem> many = sums(40);
    try (RunFolder run = RunFolder.create(folder, OFTEN, Examples.manifest(), many)) {
      run.ledger().append(Examples.waves(many, 400));
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  run.ledger()
                      .forEachReplies(
                          (problem, replies) -> {
                            throw new IllegalStateException("enough");
                          }))
          .withMessage("enough");
      run.ledger().append(Examples.wave(many, 401));
      run.ledger().append(Examples.wave(many, 402));
      assertThat(new RunFiles(folder).segments()).isEmpty();
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(many, 402));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void behavesAsTheLedgerInMemory(long seed) {
    Random random = new Random(seed);
    MemoryLedger expected = new MemoryLedger(problems);
    RunFolder run = create();
    for (int i = 0; i < 30; i++) {
      switch (random.nextInt(8)) {
        case 0 -> {
          run.close();
          run = RunFolder.resume(folder, OFTEN);
        }
        case 1 -> {
          try (RunFolder reading = RunFolder.open(folder)) {
            assertSame(reading.ledger(), expected);
          }
        }
        case 2 -> assertSame(run.ledger(), expected);
        default -> appendToBoth(run.ledger(), expected, random);
      }
    }
    assertSame(run.ledger(), expected);
    run.close();
  }

  private void appendToBoth(Ledger one, Ledger other, Random random) {
    List<Sample> wave = new ArrayList<>();
    int wavesNumber = one.lastWave() + random.nextInt(2);
    for (int i = random.nextInt(5); i >= 0; i--) {
      Key key =
          new Key(
              problems.get(random.nextInt(problems.size())).id(),
              any(ARMS, random),
              random.nextInt(3) * 1000,
              random.nextInt(200));
      Sample.Turn turn = any(List.of(Sample.Turn.values()), random);
      boolean inWave = wave.stream().anyMatch(row -> row.key().equals(key) && row.turn() == turn);
      boolean there =
          other.samples(key.item()).stream()
              .anyMatch(row -> row.key().equals(key) && row.turn() == turn);
      Sample sample = Examples.sample(key, turn, wavesNumber, random);
      if (there) {
        assertThatIllegalStateException().isThrownBy(() -> other.append(List.of(sample)));
        assertThatIllegalStateException().isThrownBy(() -> one.append(List.of(sample)));
      } else if (!inWave) {
        wave.add(sample);
      }
    }
    one.append(wave);
    other.append(wave);
  }

  private static <T> T any(List<T> things, Random random) {
    return things.get(random.nextInt(things.size()));
  }

  private static List<List<Replies.Reply>> replies(Ledger ledger) {
    List<List<Replies.Reply>> all = new ArrayList<>();
    ledger.forEachReplies((problem, replies) -> all.add(replies.replies()));
    return all;
  }

  @Test
  void originalsAndTheirLengthsAreFoundWithoutTheRest() {
    Sample original =
        Examples.sample(Key.original(problems.get(1).id()), Sample.Turn.RESPONSE, 1, new Random(5));
    try (RunFolder run = create()) {
      run.ledger().append(List.of(original));
      run.ledger().append(Examples.wave(problems, 7));
      assertThat(run.ledger().originals(problems.subList(0, 3)))
          .isEqualTo(Map.of(problems.get(1).id(), original));
      assertThat(run.ledger().originals(List.of())).isEmpty();
      List<Optional<Replies.Original>> found = new ArrayList<>();
      run.ledger().forEachReplies((problem, replies) -> found.add(replies.original()));
      assertThat(found)
          .containsExactly(
              Optional.empty(),
              Optional.of(new Replies.Original(original.finish(), original.tokens().size())),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
    }
  }

  private void assertSame(Ledger ledger, Ledger expected) {
    assertThat(ledger.problems()).isEqualTo(expected.problems());
    assertThat(ledger.keys()).isEqualTo(expected.keys());
    assertThat(ledger.lastWave()).isEqualTo(expected.lastWave());
    assertThat(Examples.all(ledger)).isEqualTo(Examples.all(expected));
    // The database adds in its own order.
    assertThat(replies(ledger))
        .usingRecursiveComparison()
        .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .isEqualTo(replies(expected));
    for (Problem problem : problems) {
      assertThat(ledger.samples(problem.id())).isEqualTo(expected.samples(problem.id()));
    }
  }

  @Test
  void manyRowsComeProblemByProblemThoughTheyAreReadInBatches() {
    int each = 1500;
    Random random = new Random(5);
    try (RunFolder run = create()) {
      for (int i = problems.size() - 1; i >= 0; i--) {
        String id = problems.get(i).id();
        List<Sample> wave = new ArrayList<>();
        for (int index = each - 1; index >= 0; index--) {
          wave.add(
              Examples.sample(
                  Key.resample(id, 1, index),
                  Sample.Turn.RESPONSE,
                  run.ledger().lastWave() + 1,
                  random));
        }
        run.ledger().append(wave);
      }
      List<Problem> seen = new ArrayList<>();
      run.ledger()
          .forEach(
              (problem, samples) -> {
                seen.add(problem);
                assertThat(samples)
                    .hasSize(each)
                    .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
                // The ledger may be asked again from within.
                assertThat(run.ledger().samples(problem.id())).isEqualTo(samples);
              });
      assertThat(seen).isEqualTo(problems);
    }
  }

  @Test
  void refusesAScriptsTurnThatIsThereAndTakesNothingOfTheWave() {
    try (RunFolder run = create()) {
      List<Sample> first = Examples.wave(problems, 1);
      run.ledger().append(first);
      List<Sample> second = new ArrayList<>(Examples.wave(problems, 2));
      second.add(first.getLast());
      assertThatIllegalStateException()
          .isThrownBy(() -> run.ledger().append(second))
          .withMessageContaining("already in the ledger: " + first.getLast().key());
      List<Sample> twice = new ArrayList<>(Examples.wave(problems, 3));
      twice.add(twice.getFirst());
      assertThatIllegalStateException().isThrownBy(() -> run.ledger().append(twice));
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 1));
    }
    try (RunFolder run = RunFolder.resume(folder)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> run.ledger().append(Examples.wave(problems, 1)));
    }
  }

  @Test
  void refusesSamplesOfAProblemThatIsNotInTheRun() {
    try (RunFolder run = create()) {
      Sample stranger =
          Examples.sample(Key.direct("stranger"), Sample.Turn.ANSWER, 1, new Random(1));
      List<Sample> wave = new ArrayList<>(Examples.wave(problems, 1));
      wave.add(stranger);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.ledger().append(wave))
          .withMessage("no such problem in this run: stranger");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> run.ledger().samples("stranger"))
          .withMessage("no such problem in this run: stranger");
      assertThat(run.ledger().keys()).isEmpty();
      assertThat(run.ledger().lastWave()).isZero();
    }
  }

  @Test
  void anEmptyWaveChangesNothing() {
    try (RunFolder run = create()) {
      run.ledger().append(List.of());
      assertThat(new RunFiles(folder).segments()).isEmpty();
      assertThat(Examples.all(run.ledger())).isEmpty();
    }
  }

  @Test
  void isForReadingOnlyOrClosedWhereItSaysSo() {
    RunFolder run = create();
    run.close();
    run.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> run.ledger().keys())
        .withMessage("this ledger is closed");
    try (RunFolder reading = RunFolder.open(folder)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> reading.ledger().append(Examples.wave(problems, 1)))
          .withMessage("this ledger is open to be read only");
      assertThatIllegalStateException()
          .isThrownBy(() -> reading.note(Examples.manifest().sessions().getFirst()))
          .withMessage("this run is open to be read only");
    }
  }

  @Test
  void anInterruptedThreadLosesNoWaveAndStaysInterrupted() {
    try (RunFolder run = create()) {
      for (int number = 1; number <= 4; number++) {
        Thread.currentThread().interrupt();
        run.ledger().append(Examples.wave(problems, number));
        assertThat(Thread.interrupted()).isTrue();
      }
      Thread.currentThread().interrupt();
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 4));
      assertThat(run.ledger().keys()).isNotEmpty();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aThreadThatIsInterruptedAgainAndAgainLosesNoWave() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              try (RunFolder run = create()) {
                begun.countDown();
                for (int number = 1; number <= 20; number++) {
                  run.ledger().append(Examples.wave(problems, number));
                }
                run.note(Examples.manifest().sessions().getFirst());
              }
            });
    writer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    writer.start();
    begun.await();
    while (writer.isAlive()) {
      writer.interrupt();
      Thread.sleep(1);
    }
    assertThat(failure.get()).isNull();
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 20));
      assertThat(run.manifest().sessions()).hasSize(2);
    }
  }

  @Test
  void aReaderInTheSameProcessSeesWholeWavesWhileTheyAreWrittenAndFolded()
      throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (RunFolder run = create();
        RunFolder reading = RunFolder.open(folder)) {
      Thread writer =
          new Thread(
              () -> {
                for (int number = 1; number <= 30; number++) {
                  run.ledger().append(Examples.wave(problems, number));
                }
              });
      writer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
      writer.start();
      int last = 0;
      while (last < 30 && failure.get() == null) {
        int seen = reading.ledger().lastWave();
        assertThat(seen).isGreaterThanOrEqualTo(last);
        int keys =
            (int) Examples.waves(problems, seen).stream().map(Sample::key).distinct().count();
        assertThat(reading.ledger().keys()).hasSizeGreaterThanOrEqualTo(keys);
        last = seen;
      }
      writer.join();
      assertThat(failure.get()).isNull();
      assertThat(Examples.all(reading.ledger())).isEqualTo(Examples.waves(problems, 30));
      assertThat(reading.warnings()).isEmpty();
    }
  }

  @Test
  void aWaveThatCannotBeWrittenLeavesTheRestAndCanBeWrittenAgain() throws IOException {
    RunFiles files = new RunFiles(folder);
    try (RunFolder run = create()) {
      run.ledger().append(Examples.wave(problems, 1));
      Path away = temp.resolve("away");
      Files.move(files.waves(), away);
      Files.writeString(files.waves(), "a file in the way");
      assertThatThrownBy(() -> run.ledger().append(Examples.wave(problems, 2)))
          .isInstanceOfSatisfying(
              UserError.class,
              failure -> {
                assertThat(failure).hasMessageContaining("wave 2 cannot be written");
                assertThat(failure.hint()).contains("all before is safe");
              });
      Files.delete(files.waves());
      Files.move(away, files.waves());
      run.ledger().append(Examples.wave(problems, 2));
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 2));
    }
    try (Stream<Path> left = Files.list(files.waves())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFolderMayHaveWildcardsAndQuotesInItsName() {
    folder = temp.resolve("it's [a] *run*; {x,y} \"z\"");
    try (RunFolder run = create()) {
      for (int number = 1; number <= 4; number++) {
        run.ledger().append(Examples.wave(problems, number));
      }
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 4));
    }
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 4));
    }
  }

  @Test
  void aRunOnDiskIsWhatItsLayoutSays() throws IOException {
    try (RunFolder run = create()) {
      for (int number = 1; number <= 4; number++) {
        run.ledger().append(Examples.wave(problems, number));
      }
      assertThat(names(folder))
          .containsExactly("ledger.duckdb", "problems.parquet", "run.json", "run.lock", "waves");
      assertThat(names(folder.resolve("waves"))).containsExactly("wave-000004.parquet");
    }
  }

  @Test
  void aRunThatWasCopiedWithoutItsEmptyFolderGoesOn() throws IOException {
    create().close();
    Files.delete(folder.resolve("waves"));
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.ledger().keys()).isEmpty();
    }
    try (RunFolder run = RunFolder.resume(folder)) {
      run.ledger().append(Examples.wave(problems, 1));
      assertThat(Examples.all(run.ledger())).isEqualTo(Examples.waves(problems, 1));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
