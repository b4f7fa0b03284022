package criticalwindows.hub;

import java.util.List;
import java.util.Map;

/// Some of what a model is asked by a data set, for people.
///
/// @param provenance of the data set
/// @param notes as in [criticalwindows.dataset.Dataset]
public record Examples(List<Example> examples, Map<String, String> provenance, List<String> notes) {
  public Examples {
    examples = List.copyOf(examples);
    provenance = Map.copyOf(provenance);
    notes = List.copyOf(notes);
  }
}
