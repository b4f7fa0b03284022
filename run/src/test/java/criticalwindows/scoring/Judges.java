package criticalwindows.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A program that judges responses: it does what the response says. It runs in the Java that runs
/// the tests.
///
/// @param classes the folder with its class
/// @param folder with its log: a line for each line that it reads
record Judges(Path classes, Path folder) {
  /// For what answers, however busy the machine is.
  static final Duration LONG = Duration.ofMinutes(5);

  /// For what never answers.
  static final Duration SHORT = Duration.ofMillis(200);

  private static final String SOURCE =
      """
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.*;

      public class Judge {
        public static void main(String[] args) throws Exception {
          Path log = Path.of(args[0]);
          BufferedReader in =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
          PrintStream out =
              new PrintStream(
                  new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
          Files.writeString(log.resolveSibling("pid"), ProcessHandle.current().pid() + "");
          String left = "";
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            Files.writeString(
                log, line + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            out.print(left);
            left = "";
            String before = "\\"response\\":\\"";
            String text =
                line.substring(
                    line.indexOf(before) + before.length(), line.lastIndexOf("\\",\\"reply\\":"));
            String said = text.replace("\\\\n", "\\n").replace("\\\\\\"", "\\"");
            String[] words = said.split(" ", 2);
            boolean first = Files.readAllLines(log).stream().filter(line::equals).count() == 1;
            switch (words[0]) {
              case "exitonce":
                if (first) System.exit(4);
                out.println(words[1]);
                break;
              case "hang":
                System.err.println(words[1]);
                Thread.sleep(100_000_000);
              case "hangonce":
                if (first) {
                  Process child = new ProcessBuilder("sleep", "100000").inheritIO().start();
                  Files.writeString(
                      log.resolveSibling("pids"),
                      ProcessHandle.current().pid() + "\\n" + child.pid());
                  Thread.sleep(100_000_000);
                }
                out.println(words[1]);
                break;
              case "blanks":
                while (true) out.println();
              case "errors":
                for (int i = 0; i < 100_000; i++) System.err.print("a lot of words ");
                out.println("\\n \\n" + words[1]);
                break;
              case "after":
                out.println(words[1]);
                left = "{\\"class\\": \\"late\\"}\\n";
                break;
              case "last":
                out.println(words[1]);
                out.flush();
                System.exit(0);
              case "read":
                out.println("{\\"class\\": \\"" + text.substring(5) + "\\"}");
                break;
              case "environment":
                out.println("{\\"class\\": " + System.getenv().containsKey("CW_API_KEY") + "}");
                break;
              default:
                out.println(said);
            }
            out.flush();
          }
          out.print(left);
          out.flush();
        }
      }
      """;

  /// Compiles it into a folder.
  static void compile(Path classes) throws IOException, InterruptedException {
    Path source = Files.writeString(classes.resolve("Judge.java"), SOURCE);
    String compiler = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    Process compiled = new ProcessBuilder(compiler, source.toString()).inheritIO().start();
    assertThat(compiled.waitFor()).isZero();
  }

  Program program(Program.Limits limits) {
    return new Program(command(), limits);
  }

  /// One that is waited for until it answers.
  ProgramScorer scorer() {
    return scorer(LONG, LONG);
  }

  ProgramScorer scorer(Duration first, Duration other) {
    return new ProgramScorer(
        "judge", Optional.of(program(new Program.Limits(first, other))), Optional.empty());
  }

  /// One that a shell runs, for each process anew.
  static ProgramScorer shell(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    Program program = new Program(command, new Program.Limits(LONG, LONG));
    return new ProgramScorer(script, Optional.of(program), Optional.empty());
  }

  List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classes.toString(),
        "Judge",
        log().toString());
  }

  /// What it was asked, all processes together.
  List<String> asked() throws IOException {
    return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
  }

  private Path log() {
    return folder.resolve("log");
  }
}
