package criticalwindows.scoring;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command as its words. No shell reads it: quotes of both kinds hold words together, and nothing
/// else has a meaning.
final class CommandLine {
  private static final Pattern PART = Pattern.compile("\\s+|'([^']*)'|\"([^\"]*)\"|[^\\s'\"]+");

  private CommandLine() {}

  /// The words of a command; absent where a quote is not closed.
  static Optional<List<String>> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher part = PART.matcher(command);
    Optional<String> word = Optional.empty();
    int at = 0;
    while (part.find() && part.start() == at) {
      at = part.end();
      if (part.group().isBlank()) {
        word.ifPresent(words::add);
        word = Optional.empty();
      } else {
        word = Optional.of(word.orElse("") + unquoted(part));
      }
    }
    word.ifPresent(words::add);
    return at == command.length() ? Optional.of(words) : Optional.empty();
  }

  private static String unquoted(Matcher part) {
    for (int quote = 1; quote <= 2; quote++) {
      String inside = part.group(quote);
      if (inside != null) {
        return inside;
      }
    }
    return part.group();
  }

  /// Whether a program of that name can be started, by its path or on the search path.
  ///
  /// @param path folders, as the variable `PATH` has them
  static boolean found(String program, String path) {
    if (program.contains("/")) {
      return runs(Path.of(program));
    }
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> runs(Path.of(folder, program)));
  }

  private static boolean runs(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
