package criticalwindows.importing;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.hash.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What imported responses are about.
final class Items {
  private static final int LONGEST_ID = 100;

  private Items() {}

  /// An item.
  ///
  /// @param id as the file names it; one that is no short plain text is named by its hash
  /// @param question empty where the file has none
  /// @param right the right outcome
  static Problem item(Path root, String id, String question, Optional<String> right) {
    return new Problem(
        plain(id) ? id : Sha256.name(Sha256.of(id)),
        root.toString(),
        "imported",
        question.isBlank() ? "(no question is recorded)" : question,
        List.of(),
        right.filter(known -> !known.isBlank()));
  }

  /// An item with choices, of which the right outcome is one where it is known.
  static Problem among(Problem item, List<Choice> choices) {
    return new Problem(
        item.id(), item.dataset(), item.task(), item.question(), choices, item.answer());
  }

  private static boolean plain(String id) {
    return !id.isBlank()
        && id.length() <= LONGEST_ID
        && id.codePoints().noneMatch(Character::isISOControl);
  }
}
