package criticalwindows.hub;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.download.Digests;
import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A file of people's own, as [ProblemFile] describes it.
record OwnFile(Path path) implements Source {
  @Override
  public Card card() {
    String name = String.valueOf(path.getFileName()).replaceFirst("\\.jsonl$", "");
    return new Card(
        name, "the problems of " + path, "all in the file", path.toString(), "not stated");
  }

  @Override
  public Dataset draw(Wish wish) {
    try {
      List<Problem> all =
          new ProblemFile(path.toString(), wish.name()).read(Files.readString(path));
      Drawing drawing = Drawing.of(all, wish.count(), wish.seed());
      Map<String, String> provenance = Map.of("sha256", Digests.sha256(path));
      return new Dataset(card(), drawing.drawn(), provenance, drawing.spare(), List.of());
    } catch (IOException e) {
      throw new Mistake(
          path + " cannot be read: " + e.getMessage(),
          "name a file in UTF-8 with one JSON object a line, or a data set: "
              + String.join(", ", Datasets.names()),
          e);
    }
  }
}
