package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The command line as tests use it: in this process, or in one of its own that can be killed.
public record Cli(int exit, String out, String err) {
  /// Few sequences, so that a small run has several waves.
  static final String[] SMALL = {
    "--problems", "3", "--samples", "3", "--threads", "1", "--memory", "480M"
  };

  public static Cli run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            InstantSource.system());
    int exit = Main.execute(console, arguments);
    return new Cli(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Asserts that it told of a user's error, with these words in its two lines.
  void assertSays(String error, String hint) {
    assertThat(lines("error: ")).singleElement().asString().contains(error);
    assertThat(lines("hint: ")).singleElement().asString().contains(hint);
  }

  /// Asserts that it did nothing but tell of a user's error: two lines with these words, exit code
  /// 2.
  void assertUserError(String error, String hint) {
    assertThat(exit).as(err).isEqualTo(Exit.USER_ERROR);
    assertThat(err.lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("error: ").contains(error).doesNotContain("\u001b"),
            line -> assertThat(line).startsWith("hint: ").contains(hint));
  }

  private List<String> lines(String beginning) {
    return err.lines().filter(line -> line.startsWith(beginning)).toList();
  }

  /// A run of the small size.
  static String[] small(Path folder) {
    List<String> arguments = new ArrayList<>(List.of("run", "cot"));
    arguments.addAll(List.of(SMALL));
    arguments.addAll(List.of("--out", folder.toString()));
    return arguments.toArray(String[]::new);
  }

  /// What goes on with a run as it was begun.
  static String[] resume(Path run) {
    return new String[] {"resume", run.toString(), "--threads", "1", "--memory", "480M"};
  }

  /// Goes on with a run, to its end.
  static Cli resumed(Path run) {
    Cli resumed = run(resume(run));
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    return resumed;
  }

  /// A process of its own, its output in `log`.
  static Process start(Path log, String... arguments) throws IOException {
    return new ProcessBuilder(command(arguments))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /// What starts a process of its own.
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It is over before the second compiler of the JVM pays off.
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("criticalwindows.cli.Main");
    command.addAll(List.of(arguments));
    return command;
  }

  /// The folder with real public data beside the project.
  public static Path sharedData() {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("shared").resolve("data");
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    throw new IllegalStateException("no folder ../shared/data beside the project");
  }
}
