package criticalwindows.hub;

import criticalwindows.benchmark.Rows;
import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.download.Digests;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A file of people's own, as [ProblemFile] describes it.
///
/// @param named the data sets that have a name
record OwnFile(Path path, List<String> named) implements DatasetSource {
  private static final Pattern ENDING =
      Pattern.compile("\\.(jsonl|ndjson|json)(\\.gz)?$", Pattern.CASE_INSENSITIVE);

  /// Whether this is the path of such a file: one that is there, or looks like one.
  static boolean is(String name) {
    return ENDING.matcher(name).find() || name.contains("/") || Files.isRegularFile(Path.of(name));
  }

  @Override
  public Card card() {
    String name = ENDING.matcher(String.valueOf(path.getFileName())).replaceFirst("");
    return new Card(
        name, "the problems of " + path, "all in the file", path.toString(), "not stated");
  }

  @Override
  public Dataset draw(Wish wish) {
    if (!Files.isRegularFile(path)) {
      throw new UserError(
          "there is no file " + path,
          "check the path, or name a data set: " + String.join(", ", named));
    }
    try {
      List<Problem> all = new ProblemFile(path, wish.name()).read(Rows.json(path));
      DrawnProblems drawing = DrawnProblems.of(all, wish.count(), wish.seed());
      Map<String, String> provenance = Map.of("sha256", Digests.sha256(path));
      return new Dataset(card(), drawing.drawn(), provenance, drawing.spare(), List.of());
    } catch (IOException e) {
      throw new UserError(
          path + " cannot be read: " + Reason.of(e), "check that it may be read", e);
    }
  }
}
