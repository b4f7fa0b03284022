package criticalwindows.foresight;

import criticalwindows.study.Design;
import criticalwindows.study.Lab;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.TrainingStudy;

/// Can a model be taught to say, asked at any cut of its own response, how likely each answer is?
public final class ForesightStudy implements TrainingStudy {
  @Override
  public String name() {
    return "foresight";
  }

  @Override
  public String about() {
    return "can a model be taught to say, at any cut of its response, how likely each answer is?";
  }

  @Override
  public Design design(Size size) {
    return new Design(
        ForesightPlan.seeds(size), ForesightArm.words(), ForesightPlan.of(size).settings());
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) throws InterruptedException {
    return ForesightRepetition.begin(lab, ForesightPlan.of(size), seed);
  }

  @Override
  public Report report(Size size, Results results) {
    return new ForesightReport(ForesightPlan.of(size), results).report();
  }
}
