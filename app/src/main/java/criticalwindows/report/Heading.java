package criticalwindows.report;

import criticalwindows.view.TerminalText;
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

  /// As text: the warnings, the title, and each fact in a line.
  List<String> lines() {
    Stream<String> warned = warnings.stream().map(text -> "warning: " + TerminalText.line(text));
    Stream<String> told =
        facts.stream()
            .map(
                fact ->
                    "  " + TerminalText.line(fact.name()) + ": " + TerminalText.line(fact.value()));
    return Stream.of(warned, Stream.of(TerminalText.line(title)), told)
        .flatMap(lines -> lines)
        .toList();
  }

  /// This, with more warnings.
  public Heading plus(List<String> more) {
    return new Heading(title, facts, Stream.concat(warnings.stream(), more.stream()).toList());
  }
}
