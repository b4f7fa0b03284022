package criticalwindows.reading;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A label of a text, or of one place in it.
///
/// @param id of the text
/// @param kept tokens of the response up to the place; absent where the label is of the whole text
public record LabelledPlace(String id, OptionalInt kept, String label) {
  private static final String HINT =
      "a row has the columns id and label, and may have kept, a number of tokens";

  /// All of a file, in its order: CSV with a header, Parquet, or JSON lines, with the columns `id`,
  /// `label` and, as far as it is wanted, `kept`.
  ///
  /// @throws UserError if the file cannot be read, or a row has no id or no label
  public static List<LabelledPlace> read(Path file) {
    List<LabelledPlace> places = new ArrayList<>();
    for (LabelledRow row : LabelledRow.all(file, HINT)) {
      String at = file + ", " + row.place();
      places.add(
          new LabelledPlace(
              row.text("id").orElseThrow(() -> new UserError(at + " has no id", HINT)),
              row.text("kept")
                  .map(kept -> OptionalInt.of(whole(at, kept)))
                  .orElse(OptionalInt.empty()),
              row.text("label").orElseThrow(() -> new UserError(at + " has no label", HINT))));
    }
    if (places.isEmpty()) {
      throw new UserError(file + " has no row", HINT);
    }
    return places;
  }

  private static int whole(String at, String kept) {
    if (!kept.matches("[0-9]{1,9}")) {
      throw new UserError(at + ": kept is " + kept, HINT);
    }
    return Integer.parseInt(kept);
  }
}
