package criticalwindows.weighting;

import criticalwindows.dataset.Problem;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Objective;
import criticalwindows.finetune.Objectives;
import criticalwindows.model.Model;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import criticalwindows.study.Teaching;
import criticalwindows.study.TrainingStudy;
import java.util.List;

/// One repetition of the study of weights: the responses of the base model that its arms learn
/// from, and what comes of learning from them.
final class WeightsRepetition implements TrainingStudy.Repetition {
  private static final Objective OBJECTIVE =
      Objectives.usual(Example.Kind.WEIGHTED, Objectives.Numbers.STANDARD);

  private final Lab lab;
  private final WeightsPlan plan;
  private final long seed;
  private final Data data;

  private WeightsRepetition(Lab lab, WeightsPlan plan, long seed, Data data) {
    this.lab = lab;
    this.plan = plan;
    this.seed = seed;
    this.data = data;
  }

  /// What all arms share.
  ///
  /// @param heldOut problems that arms are measured on
  /// @param all responses that the base model wrote, one to each problem to learn from
  /// @param windows of the right ones
  /// @param weighted the right ones to which all rules give weight
  private record Data(
      List<Problem> heldOut,
      List<OwnResponse> all,
      ResponseWindows windows,
      WeightedResponses weighted) {
    /// Tokens that were sampled for the responses.
    long sampled() {
      return all.stream().mapToLong(response -> response.tokens().size()).sum();
    }

    /// Tokens that one epoch reads.
    long read() {
      return weighted.responses().stream().mapToLong(response -> response.whole().size()).sum();
    }
  }

  /// Samples the responses and searches their windows.
  static WeightsRepetition begin(Lab lab, WeightsPlan plan, long seed) throws InterruptedException {
    List<Problem> heldOut = ReasoningProblems.draw(plan.heldOut(), List.of(), plan.heldOutSeed());
    List<Problem> problems = ReasoningProblems.draw(plan.problems(), heldOut, seed);
    try (Model model = lab.engine(WeightsPlan.MODEL)) {
      List<OwnResponse> all =
          OwnResponse.sample(model, new OwnResponse.Draw(problems, 0, 1, seed)).stream()
              .map(List::getFirst)
              .toList();
      List<OwnResponse> right = all.stream().filter(OwnResponse::right).toList();
      ResponseWindows windows = ResponseWindows.of(model, right, search(lab, plan, seed));
      WeightedResponses weighted = WeightedResponses.of(right, windows, WeightsArms.RULES, seed);
      return new WeightsRepetition(lab, plan, seed, new Data(heldOut, all, windows, weighted));
    }
  }

  private static ResponseWindows.Search search(Lab lab, WeightsPlan plan, long seed) {
    return new ResponseWindows.Search(plan.rollouts(), seed, lab.clock());
  }

  /// What an arm learns from, and what that cost.
  ///
  /// @param rollouts responses and continuations that were sampled for it
  /// @param sampled tokens of these
  record Lessons(List<Example> examples, int epochs, long rollouts, long sampled) {}

  @Override
  public Measured arm(String arm) throws InterruptedException {
    Measured.Builder measured = new Measured.Builder();
    if (arm.equals(WeightsArms.UNTRAINED)) {
      try (Model model = lab.engine(WeightsPlan.MODEL)) {
        measure(model, arm, measured);
      }
      return measured.build();
    }
    Lessons lessons = lessons(WeightsArms.lessons(arm));
    Teaching teaching =
        new Teaching(
            WeightsPlan.MODEL,
            OBJECTIVE,
            lessons.examples,
            lessons.epochs,
            plan.batch(),
            WeightsArms.isFast(arm) ? plan.high() : plan.rate(),
            plan.rank(),
            seed);
    facts(lessons, teaching, measured);
    return lab.taught(
        teaching,
        (box, adapter) -> {
          try (Model model = lab.engine(WeightsPlan.MODEL, adapter)) {
            measure(model, arm, measured);
          }
          return measured.build();
        });
  }

  private Lessons lessons(String arm) throws InterruptedException {
    int responses = data.all.size();
    return switch (arm) {
      case WeightsArms.REJECTION -> rejection();
      case WeightsArms.ALL ->
          new Lessons(
              examples(RejectionSampling.first(data.all, data.read())),
              plan.epochs(),
              responses,
              data.sampled());
      case WeightsArms.UNIFORM, "prob" ->
          new Lessons(data.weighted.examples(arm), plan.epochs(), responses, data.sampled());
      default ->
          new Lessons(
              data.weighted.examples(arm),
              plan.epochs(),
              responses + data.windows.windows().rollouts(),
              data.sampled() + data.windows.tokens());
    };
  }

  private Lessons rejection() throws InterruptedException {
    long tokens = plan.epochs() * data.read();
    RejectionSampling.Wanted wanted =
        new RejectionSampling.Wanted(
            data.weighted.responses().stream().map(OwnResponse::problem).toList(),
            tokens,
            data.windows.tokens(),
            seed);
    try (Model model = lab.engine(WeightsPlan.MODEL)) {
      RejectionSampling sampled = RejectionSampling.run(model, wanted);
      List<OwnResponse> first = RejectionSampling.first(sampled.responses(), tokens);
      return new Lessons(examples(first), 1, sampled.sampled(), sampled.tokens());
    }
  }

  private static List<Example> examples(List<OwnResponse> responses) {
    return responses.stream().map(WeightedResponses::uniform).toList();
  }

  private void facts(Lessons lessons, Teaching teaching, Measured.Builder measured) {
    int steps = teaching.epochs() * Math.ceilDiv(lessons.examples.size(), plan.batch());
    long weights = lessons.examples.stream().mapToLong(WeightedResponses::withWeight).sum();
    measured.fact("tokens", (double) teaching.tokens());
    measured.fact("mass", teaching.mass());
    measured.fact("steps", steps);
    measured.fact("responses", lessons.examples.size());
    measured.fact("weighted", (double) weights);
    measured.fact("rollouts", (double) lessons.rollouts);
    measured.fact("sampled", (double) lessons.sampled);
    measured.fact("claimed", (double) data.windows.claimed());
    measured.fact("right", data.windows.findings().size());
  }

  private void measure(Model model, String arm, Measured.Builder measured)
      throws InterruptedException {
    // All arms draw with the same random numbers: what is alike in them then comes out alike.
    OwnResponse.Draw draw = new OwnResponse.Draw(data.heldOut, 0, plan.each(), seed);
    List<List<OwnResponse>> responses = OwnResponse.sample(model, draw);
    responses.forEach(each -> ResponseMeasures.add(measured, each));
    if (WeightsArms.isFast(arm)) {
      return;
    }
    List<OwnResponse> searched =
        responses.subList(0, plan.searched()).stream().map(List::getFirst).toList();
    ResponseWindows.of(model, searched, search(lab, plan, seed)).add(measured);
  }
}
