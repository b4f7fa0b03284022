package criticalwindows.study;

import criticalwindows.error.UserError;
import java.util.List;

/// The studies by name.
public final class Studies {
  /// All of them.
  public static final List<TrainingStudy> ALL = List.of(new ReferenceStudy());

  private Studies() {}

  /// The study of that name.
  ///
  /// @throws UserError if there is none
  public static TrainingStudy named(String name) {
    return ALL.stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> UserError.unknown("study", name, ALL.stream().map(TrainingStudy::name).toList()));
  }
}
