package criticalwindows.weighting;

import criticalwindows.study.Design;
import criticalwindows.study.Lab;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.TrainingStudy;

/// Does fine-tuning on the tokens that matter raise accuracy more than on all tokens, or on as many
/// others?
public final class WeightsStudy implements TrainingStudy {
  @Override
  public String name() {
    return "weights";
  }

  @Override
  public String about() {
    return "does fine-tuning on the tokens that matter raise accuracy more than on all tokens, or"
        + " on as many others?";
  }

  @Override
  public Design design(Size size) {
    WeightsPlan plan = WeightsPlan.of(size);
    return new Design(plan.seeds(), plan.arms(), plan.settings());
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) throws InterruptedException {
    return WeightsRepetition.begin(lab, WeightsPlan.of(size), seed);
  }

  @Override
  public Report report(Size size, Results results) {
    return new WeightsReport(results, WeightsArms.about(results.design().arms())).report();
  }
}
