package criticalwindows.report;

import java.util.List;
import java.util.stream.Stream;

/// What a report says about the run as a whole.
///
/// @param title such as `Chain of thought: base on world`
/// @param facts name and value pairs in order, from the run's record
/// @param warnings shown first
public record Heading(String title, List<Fact> facts, List<String> warnings) {
  public Heading {
    facts = List.copyOf(facts);
    warnings = List.copyOf(warnings);
  }

  /// One line of a run's record.
  public record Fact(String name, String value) {}

  /// This, with more warnings.
  public Heading plus(List<String> more) {
    return new Heading(title, facts, Stream.concat(warnings.stream(), more.stream()).toList());
  }
}
