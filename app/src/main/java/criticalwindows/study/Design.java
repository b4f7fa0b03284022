package criticalwindows.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a study computes.
///
/// @param seeds one repetition each
/// @param arms in the order of tables, the control first
/// @param settings what else a reader has to know, by name: they stand on the page, and a study
///   that was begun with others is not gone on with
public record Design(List<Long> seeds, List<String> arms, Map<String, String> settings) {
  public Design {
    seeds = List.copyOf(seeds);
    arms = List.copyOf(arms);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
