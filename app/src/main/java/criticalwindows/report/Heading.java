package criticalwindows.report;

import java.util.List;

/// What a report says about the run as a whole.
///
/// @param title such as `cot · base · builtin`
/// @param facts name and value pairs in order, from the run's record
/// @param warnings shown first
public record Heading(String title, List<Fact> facts, List<String> warnings) {
  public Heading {
    facts = List.copyOf(facts);
    warnings = List.copyOf(warnings);
  }

  /// One line of a run's record.
  public record Fact(String name, String value) {}
}
