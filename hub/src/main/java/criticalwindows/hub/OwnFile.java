package criticalwindows.hub;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

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
      String hash = ModelFiles.hash(Files.newInputStream(path));
      return new Dataset(card(), drawn(all, wish), Map.of("sha256", hash));
    } catch (IOException e) {
      throw new Mistake(
          path + " cannot be read: " + e.getMessage(),
          "name a file in UTF-8 with one JSON object a line, or a data set: "
              + String.join(", ", Datasets.names()),
          e);
    }
  }

  /// By the seed, not the first ones, and in the file's order.
  private static List<Problem> drawn(List<Problem> all, Wish wish) {
    if (wish.count() >= all.size()) {
      return all;
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      places.add(i);
    }
    Collections.shuffle(places, new Random(wish.seed()));
    return places.subList(0, wish.count()).stream().sorted().map(all::get).toList();
  }
}
