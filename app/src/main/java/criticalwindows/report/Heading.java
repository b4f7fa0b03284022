package criticalwindows.report;

import criticalwindows.noise.CutPlan;
import java.util.List;

/// What a report says about the run as a whole.
///
/// @param title such as `cot · base · builtin`
/// @param facts name and value pairs in order, from the run's record
/// @param cuts of the run
/// @param warnings shown first
public record Heading(String title, List<Fact> facts, CutPlan cuts, List<String> warnings) {
  public Heading {
    facts = List.copyOf(facts);
    warnings = List.copyOf(warnings);
  }

  /// One line of a run's record.
  public record Fact(String name, String value) {}
}
