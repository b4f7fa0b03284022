package criticalwindows.dataset;

import java.util.List;
import java.util.Map;

/// A list of problems, and where they come from.
///
/// @param provenance what else decided which problems these are, by name: a seed, a hash, a
///   revision; runs record it
/// @param spare further problems in the order of the draw, for those that turn out to be of no use
/// @param notes what people should know of it: records that could not be read, a hub that could not
///   be asked
public record Dataset(
    Card card,
    List<Problem> problems,
    Map<String, String> provenance,
    List<Problem> spare,
    List<String> notes) {
  public Dataset {
    problems = List.copyOf(problems);
    provenance = Map.copyOf(provenance);
    spare = List.copyOf(spare);
    notes = List.copyOf(notes);
  }

  /// With nothing to spare and nothing to note.
  public Dataset(Card card, List<Problem> problems, Map<String, String> provenance) {
    this(card, problems, provenance, List.of(), List.of());
  }

  /// The name, as given on the command line.
  public String name() {
    return card.name();
  }
}
