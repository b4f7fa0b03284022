package criticalwindows.probestudy;

import criticalwindows.study.Design;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.TrainingStudy;
import java.util.List;

/// `probes`: what activations know of an answer, and of a refusal, held against exact
/// probabilities.
///
/// There is one repetition: what is fitted is judged on items that were held out, and the interval
/// is over these.
public final class ProbesStudy implements TrainingStudy {
  private static final long SEED = 1;

  @Override
  public String name() {
    return "probes";
  }

  @Override
  public String about() {
    return "what do a model's activations know of its answer and of its refusal?";
  }

  @Override
  public Design design(Size size) {
    return new Design(
        List.of(SEED),
        List.of(ProbesReport.ANSWERS, ProbesReport.REFUSALS),
        ProbesScale.of(size).settings());
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) {
    ProbesScale scale = ProbesScale.of(size);
    return new Repetition() {
      @Override
      public Measured arm(String arm) throws InterruptedException {
        return switch (arm) {
          case ProbesReport.ANSWERS -> new AnswersArm(lab, scale, seed).measured();
          case ProbesReport.REFUSALS -> new RefusalsArm(lab, scale, seed).measured();
          default -> throw new IllegalArgumentException(arm);
        };
      }
    };
  }

  @Override
  public Report report(Size size, Results results) {
    return new ProbesReport(results).report();
  }
}
