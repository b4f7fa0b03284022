package criticalwindows.cli;

import criticalwindows.foresight.ForesightStudy;
import criticalwindows.probestudy.ProbesStudy;
import criticalwindows.reference.ReferenceStudy;
import criticalwindows.reminders.RemindersStudy;
import criticalwindows.study.TrainingStudy;
import criticalwindows.weighting.WeightsStudy;
import java.util.List;

/// The studies by name.
public final class Studies {
  /// All of them.
  public static final List<TrainingStudy> ALL =
      List.of(
          new WeightsStudy(),
          new RemindersStudy(),
          new ForesightStudy(),
          new ReferenceStudy(),
          new ProbesStudy());

  private Studies() {}
}
