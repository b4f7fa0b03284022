package criticalwindows.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A page as a reader sees it: its own script runs in Node, which Maven needs for npm anyway.
final class ReadPage {
  private static final Path READER =
      Path.of("src/test/resources/criticalwindows/report/read-page.js");

  private ReadPage() {}

  /// What is to be read, a line for each element, again after each button pressed.
  ///
  /// @param buttons words on them
  static String text(String page, String... buttons) throws IOException, InterruptedException {
    Path file = Files.createTempFile("page", ".html");
    try {
      Files.writeString(file, page);
      List<String> arguments = new ArrayList<>(List.of(READER.toString(), file.toString()));
      arguments.addAll(List.of(buttons));
      return node(arguments);
    } finally {
      Files.delete(file);
    }
  }

  /// What a script prints.
  static String node(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(arguments);
    Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(said).isZero();
    return said;
  }
}
