package criticalwindows.study;

import java.util.List;

/// The studies by name.
public final class Studies {
  /// All of them.
  public static final List<TrainingStudy> ALL =
      List.of(new WeightsStudy(), new RemindersStudy(), new ForesightStudy(), new ReferenceStudy());

  private Studies() {}
}
