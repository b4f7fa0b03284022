package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.rollout.Key;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole program, stopped for real.
class StoppedRunsTest {
  private static final Duration LONGEST = Duration.ofMinutes(4);

  /// A run that nothing has disturbed.
  private static Path whole;

  @TempDir Path folder;

  @BeforeAll
  static void runUndisturbed(@TempDir Path temp) {
    whole = temp.resolve("whole");
    assertThat(Cli.run(Cli.small(whole)).exit()).isZero();
  }

  @Test
  void aRunThatIsKilledAgainAndAgainEndsWithTheKeysOfOneThatIsNot() throws Exception {
    Path pieces = folder.resolve("pieces");
    Path log = folder.resolve("log");
    // Before the first wave, and after one more wave each time.
    Process first = Cli.start(log, Cli.small(pieces));
    killWhen(first, () -> Files.exists(pieces.resolve("run.json")));
    for (int kill = 0; kill < 2; kill++) {
      int before = lastWave(pieces);
      Process next = Cli.start(log, Cli.resume(pieces));
      killWhen(next, () -> newestSegment(pieces) > before);
    }
    Cli.resumed(pieces);
    assertThat(keys(pieces)).isEqualTo(keys(whole));
    assertThat(rows(pieces)).isEqualTo(rows(whole));
  }

  /// To a process whose files may not grow beyond a few bytes, every disk is full.
  @Test
  void aRunWhoseDiskIsFullSaysSoAndGoesOnWhenThereIsSpace() throws Exception {
    Path run = folder.resolve("run");
    Path log = folder.resolve("log");
    Process process = Cli.start(log, Cli.small(run));
    waitUntil(process, () -> newestSegment(run) > 0);
    String pid = Long.toString(process.pid());
    new ProcessBuilder("prlimit", "--pid", pid, "--fsize=4096:").start().waitFor();
    Set<Key> before = keys(run);
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(Exit.USER_ERROR);
    assertThat(Files.readAllLines(log).reversed())
        .satisfies(
            lines ->
                assertThat(lines.get(0))
                    .startsWith("hint: free some disk space")
                    .contains("is safe"),
            lines -> assertThat(lines.get(1)).startsWith("error: wave ").contains("too large"));

    assertThat(keys(run)).containsAll(before).isNotEqualTo(keys(whole));
    Cli shown = Cli.run("show", run.toString());
    assertThat(shown.exit()).as(shown.err()).isZero();
    Cli.resumed(run);
    assertThat(keys(run)).isEqualTo(keys(whole));
    assertThat(rows(run)).isEqualTo(rows(whole));
  }

  @Test
  void aRunThatAnotherVersionBeganGoesOnAndSaysSo() throws IOException {
    Path run = folder.resolve("run");
    assertThat(Cli.run(small(run, "--budget", "5-rollouts")).exit()).isZero();
    Path record = run.resolve("run.json");
    String own = "\"cw\" : \"" + Version.number() + "\"";
    String older = Files.readString(record).replace(own, "\"cw\" : \"0.0.1\"");
    Files.writeString(record, older);
    assertThat(Cli.run("show", run.toString()).out()).doesNotContain("several versions");
    Cli resumed = Cli.resumed(run);
    assertThat(resumed.err()).contains("note: this run is the work of several versions");
    assertThat(Cli.run("show", run.toString()).out())
        .contains("cw 0.0.1 with llama.cpp", "cw " + Version.number() + " with llama.cpp");
    assertThat(keys(run)).isEqualTo(keys(whole));
  }

  @Test
  void aRunOfALaterFormatIsRefusedAndLeftAsItIs() throws IOException {
    Path run = folder.resolve("run");
    assertThat(Cli.run(small(run, "--budget", "5-rollouts")).exit()).isZero();
    Path record = run.resolve("run.json");
    String later = Files.readString(record).replace("\"format\" : 3", "\"format\" : 4");
    Files.writeString(record, later);
    for (String command : List.of("show", "resume", "report", "audit", "plot --out " + folder)) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.add(1, run.toString());
      Cli result = Cli.run(words.toArray(String[]::new));
      assertThat(result.exit()).isEqualTo(Exit.USER_ERROR);
      assertThat(result.err().lines())
          .containsExactly(
              "error: " + record + " has format 4; this program reads format 3",
              "hint: use the version of the program that wrote the run, or a newer one");
    }
    assertThat(record).hasContent(later);
  }

  private static String[] small(Path run, String... more) {
    return Stream.concat(Arrays.stream(Cli.small(run)), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void ctrlCStopsSoonAndSaysHowToGoOn() throws Exception {
    Path run = folder.resolve("run");
    Path log = folder.resolve("log");
    Process process = Cli.start(log, Cli.small(run));
    waitUntil(process, () -> Files.exists(run.resolve("run.json")));
    assertUserErrorOfASecondWriter(run);
    // A shell that puts this test into the background has it ignore Ctrl-C; a polite kill does the
    // same.
    boolean ignored = interruptsAreIgnored(process);
    String signal = ignored ? "-TERM" : "-INT";
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ignored ? 143 : 130);
    assertThat(Files.readString(log))
        .contains("stopped; what has ended is in " + run)
        .contains("go on with: cw resume " + run);
    assertThat(Cli.run("show", run.toString()).exit()).isZero();
  }

  /// By the kernel's mask of ignored signals, of which SIGINT is the second bit.
  private static boolean interruptsAreIgnored(Process process) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"))
        .lines()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static void assertUserErrorOfASecondWriter(Path run) {
    Cli second = Cli.run("resume", run.toString());
    assertThat(second.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(second.err()).contains("error: ").contains("hint: ");
    assertThat(Cli.run("show", run.toString()).exit()).isZero();
  }

  private static void killWhen(Process process, BooleanSupplier moment) throws Exception {
    waitUntil(process, moment);
    process.toHandle().destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void waitUntil(Process process, BooleanSupplier moment) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!moment.getAsBoolean() && process.isAlive()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  /// The number of the newest wave that lies there as a file, or 0: told without opening the run,
  /// which takes the processor that the run needs.
  private static int newestSegment(Path run) {
    String[] names = run.resolve("waves").toFile().list();
    return Stream.of(names == null ? new String[0] : names)
        .filter(name -> name.matches("wave-\\d+\\.parquet"))
        .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")))
        .max()
        .orElse(0);
  }

  private static int lastWave(Path run) {
    try (RunFolder opened = RunFolder.open(run)) {
      return opened.ledger().lastWave();
    }
  }

  static Set<Key> keys(Path run) {
    try (RunFolder opened = RunFolder.open(run)) {
      return new TreeSet<>(opened.ledger().keys());
    }
  }

  /// How many there are.
  static long rows(Path run) {
    try (RunFolder opened = RunFolder.open(run)) {
      return opened.ledger().problems().stream()
          .flatMap(problem -> samples(opened, problem.id()))
          .count();
    }
  }

  private static Stream<criticalwindows.rollout.Sample> samples(RunFolder run, String problem) {
    return run.ledger().samples(problem).stream();
  }
}
