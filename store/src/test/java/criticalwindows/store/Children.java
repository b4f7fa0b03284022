package criticalwindows.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts a [Child].
final class Children {
  private final Path temp;

  /// @param temp where they and their libraries put what they leave when they are killed
  Children(Path temp) {
    this.temp = temp;
  }

  Process start(Child.Job job, Path folder, Object... more) throws IOException {
    List<String> command = command(job, folder);
    for (Object argument : more) {
      command.add(argument.toString());
    }
    return start(job, command);
  }

  /// Starts one that can write no file beyond 100 KiB from the beginning.
  Process startWithoutSpace(Child.Job job, Path folder) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 100; exec \"$@\"", "-"));
    command.addAll(command(job, folder));
    return start(job, command);
  }

  private Process start(Child.Job job, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectError(new File(temp.toFile(), "errors-" + job + ".txt"))
        .start();
  }

  private List<String> command(Child.Job job, Path folder) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dstdout.encoding=UTF-8",
            "-Djava.io.tmpdir=" + temp,
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            job.name(),
            folder.toString()));
  }

  /// Lets no file of a process grow beyond so many bytes: to it the disk is full, and that without
  /// anybody's rights.
  static void limitFiles(Process process, long bytes) throws IOException, InterruptedException {
    String limit = "--fsize=" + bytes + ":";
    new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), limit).start().waitFor();
  }

  /// All that a process says, once it has ended; it is ended where it takes too long.
  static List<String> lines(Process process) throws IOException, InterruptedException {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return lines;
    }
  }
}
