package criticalwindows.grade;

import java.util.Optional;

/// An answer and how it was read.
///
/// @param rule the rule that fired; absent where none did
/// @param said the words it was read from
public record Reading(Answer answer, Optional<Rule> rule, String said) {
  static Reading by(Rule rule, Answer answer, String said) {
    return new Reading(answer, Optional.of(rule), said.strip());
  }

  static Reading none(Answer answer) {
    return new Reading(answer, Optional.empty(), "");
  }
}
