package criticalwindows.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Does fine-tuning on the tokens that matter raise accuracy more than on all tokens, or on as many
/// others?
public final class WeightsStudy implements TrainingStudy {
  static final List<String> ARMS = arms();

  private static List<String> arms() {
    List<String> arms = new ArrayList<>(WeightsRepetition.RULES);
    arms.add(WeightsRepetition.REJECTION);
    arms.add(WeightsRepetition.ALL);
    arms.add(WeightsRepetition.UNTRAINED);
    return arms;
  }

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
    return new Design(plan.seeds(), ARMS, plan.settings());
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) throws InterruptedException {
    return WeightsRepetition.begin(lab, WeightsPlan.of(size), seed);
  }

  @Override
  public Report report(Size size, Results results) {
    return new Report(Map.of("finding", "TODO"), List.of());
  }
}
