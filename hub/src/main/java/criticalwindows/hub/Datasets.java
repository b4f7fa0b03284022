package criticalwindows.hub;

import criticalwindows.dataset.Dataset;
import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The data sets by name, and those of people's own files.
public final class Datasets {
  /// The data set to start with.
  public static final String BUILT_IN = "builtin";

  private static final String ANY_FILE = "a path to a .jsonl file";

  private static final Map<String, Supplier<Dataset>> BY_NAME =
      Map.of(BUILT_IN, BuiltInProblems::dataset);

  private Datasets() {}

  /// The names that [#open] knows.
  public static List<String> names() {
    return BY_NAME.keySet().stream().sorted().toList();
  }

  /// A data set by its name, or by the path to a file as [ProblemFile] describes it.
  ///
  /// @throws Mistake if there is neither, or a record of the file cannot be used
  public static Dataset open(String nameOrPath) {
    Supplier<Dataset> known = BY_NAME.get(nameOrPath);
    if (known != null) {
      return known.get();
    }
    if (!nameOrPath.endsWith(".jsonl")) {
      throw Mistake.unknown("data set", nameOrPath, List.of(BUILT_IN, ANY_FILE));
    }
    return file(Path.of(nameOrPath));
  }

  private static Dataset file(Path path) {
    try {
      String name = path.getFileName().toString().replaceFirst("\\.jsonl$", "");
      return new ProblemFile(path.toString(), name)
          .read(Files.readString(path), "the problems of " + path.getFileName());
    } catch (IOException e) {
      throw new Mistake(
          path + " cannot be read: " + e.getMessage(),
          "name a file in UTF-8 with one JSON object a line, or a data set: "
              + String.join(", ", names()),
          e);
    }
  }
}
