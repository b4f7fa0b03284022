package criticalwindows.dataset;

import java.util.List;
import java.util.Map;

/// A list of problems, and where they come from.
///
/// @param provenance what else decided which problems these are, by name: a seed, a hash, a
///   revision; runs record it
public record Dataset(Card card, List<Problem> problems, Map<String, String> provenance) {
  public Dataset {
    problems = List.copyOf(problems);
    provenance = Map.copyOf(provenance);
  }

  /// The name, as given on the command line.
  public String name() {
    return card.name();
  }
}
