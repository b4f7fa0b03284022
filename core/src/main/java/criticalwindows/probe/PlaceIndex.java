package criticalwindows.probe;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.Place;
import criticalwindows.error.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Where the places of texts are among those of activations.
public final class PlaceIndex {
  private final Map<String, Map<Integer, Integer>> places = new HashMap<>();

  /// Of these activations.
  public PlaceIndex(ActivationSet set) {
    List<Place> all = set.places();
    for (int i = 0; i < all.size(); i++) {
      String text = set.texts().get(all.get(i).text()).id();
      places.computeIfAbsent(text, id -> new HashMap<>()).put(all.get(i).kept(), i);
    }
  }

  /// The index of a place; absent where no vector was read there.
  public OptionalInt of(String text, int kept) {
    Integer index = places.getOrDefault(text, Map.of()).get(kept);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /// From the prompt's last token to a row's.
  ///
  /// @throws UserError if a token between them was not read
  Evidence.Span every(ProbeRow row) {
    int first = of(row.text(), 0).orElseThrow(() -> gap(row));
    // Places ascend, so these are as many as tokens only if none is missing.
    if (row.place() - first != row.kept()) {
      throw gap(row);
    }
    return new Evidence.Span(first, row.place());
  }

  private static UserError gap(ProbeRow row) {
    return new UserError(
        "text " + row.text() + " was not read at every token from its prompt's last one",
        "read activations at every token (--at every:1), or take a probe of one token, logistic or"
            + " softmax");
  }

  /// The first token of a row's response, or else its prompt's last one.
  OptionalInt beginning(ProbeRow row) {
    OptionalInt first = row.kept() > 0 ? of(row.text(), 1) : OptionalInt.empty();
    return first.isPresent() ? first : of(row.text(), 0);
  }
}
