package criticalwindows.foresight;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.model.Model;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import criticalwindows.study.Teaching;
import criticalwindows.study.TrainingStudy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One repetition of the study of foresight: its data, and the forecasts of each arm at every cut
/// of the held-out responses.
final class ForesightRepetition implements TrainingStudy.Repetition {
  /// Training responses on which two baselines are fitted.
  private static final int FITTED = 60;

  private final Lab lab;
  private final ForesightPlan plan;
  private final long seed;
  private final ForesightData data;
  private final PriorCounts prior;
  private final AnswerQuestion letters;
  private final AnswerQuestion guesses;
  private final List<Prefix> learnt;
  private final List<Prefix> asked;
  private final ForesightMeasures measures;
  private final List<EarlyAnswers.Reply> early;
  private final List<EarlyAnswers.Reply> earlyLearnt;

  private ForesightRepetition(Lab lab, ForesightPlan plan, long seed, Model model)
      throws InterruptedException {
    this.lab = lab;
    this.plan = plan;
    this.seed = seed;
    List<ChoiceProblem> heldOut =
        ChoiceProblem.draw(plan.heldOut(), ForesightData.HELD_OUT, Set.of());
    data = ForesightData.sample(model, plan, heldOut, seed);
    prior =
        lab.once(
            "responses to held-out prompts",
            PriorCounts.class,
            () -> PriorCounts.sample(model, heldOut, plan.prior()));
    letters = LetterQuestion.of(model, heldOut.getFirst());
    guesses =
        GuessQuestion.of(
            model,
            Stream.concat(heldOut.stream(), data.training().stream().map(CutResponse::problem))
                .toList());
    learnt = ForesightData.prefixes(data.training());
    asked = ForesightData.prefixes(data.test());
    measures = ForesightMeasures.of(data);
    early = EarlyAnswers.ask(model, asked);
    List<CutResponse> some = data.training().subList(0, Math.min(FITTED, data.training().size()));
    earlyLearnt = EarlyAnswers.ask(model, ForesightData.prefixes(some));
  }

  /// Samples all that the arms share.
  static ForesightRepetition begin(Lab lab, ForesightPlan plan, long seed)
      throws InterruptedException {
    try (Model model = lab.engine(ForesightPlan.MODEL)) {
      return new ForesightRepetition(lab, plan, seed, model);
    }
  }

  @Override
  public Measured arm(String arm) throws InterruptedException {
    return switch (ForesightArm.named(arm)) {
      case EARLY -> measures.of(early.stream().map(EarlyAnswers.Reply::own).toList());
      case FORCED -> measures.of(early.stream().map(EarlyAnswers.Reply::forced).toList());
      case SHARPENED -> sharpened();
      case FORESIGHT -> taught(letters, data.counts());
      case EXACT_LABELS -> taught(letters, exactCounts());
      case PLACEBO -> taught(letters, shuffled());
      case GUESSES -> taught(guesses, data.counts());
      case GUESSES_PLACEBO -> taught(guesses, shuffled());
      case HEAD -> head();
      case VERBAL -> verbal();
      case BASE_RATE ->
          measures.of(asked.stream().map(prefix -> prior.of(prefix.problem())).toList());
      case POSITION -> position();
      case UNIFORM ->
          measures.of(asked.stream().map(at -> Forecast.uniform(at.problem().options())).toList());
      case EXACT -> measures.of(asked.stream().map(Prefix::exact).toList());
    };
  }

  private Measured sharpened() {
    Sharpness sharpness =
        Sharpness.fit(
            earlyLearnt.stream().map(EarlyAnswers.Reply::own).toList(),
            data.counts().subList(0, earlyLearnt.size()));
    return measures.of(
        early.stream().map(reply -> sharpness.of(reply.own())).toList(),
        Map.of("power", sharpness.power()));
  }

  /// The letter that a reply names, believed as much as continuations of training problems bear
  /// such letters out.
  private Measured verbal() {
    double agreed = 0;
    double all = 0;
    for (int i = 0; i < earlyLearnt.size(); i++) {
      AnswerCounts counts = data.counts().get(i);
      if (earlyLearnt.get(i).named().isPresent()) {
        agreed += counts.of(earlyLearnt.get(i).named().getAsInt());
        all += counts.total();
      }
    }
    double belief = (agreed + 1) / (all + 2);
    List<Forecast> forecasts = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      int options = asked.get(i).problem().options();
      forecasts.add(
          early.get(i).named().isPresent()
              ? Forecast.naming(early.get(i).named().getAsInt(), options, belief)
              : Forecast.uniform(options));
    }
    return measures.of(forecasts, Map.of("belief", belief));
  }

  private Measured position() {
    LetterShares shares = LetterShares.fit(learnt, data.counts(), plan.step());
    return measures.of(asked.stream().map(shares::of).toList());
  }

  private Measured head() {
    List<float[]> known;
    List<float[]> states;
    // An adapter that was not trained changes nothing.
    try (WhiteBox box = lab.whiteBox(ForesightPlan.MODEL, 1, seed)) {
      known = CutStates.of(box, data.training());
      states = CutStates.of(box, data.test());
    }
    List<SoftmaxHead.Row> rows =
        IntStream.range(0, known.size())
            .mapToObj(i -> new SoftmaxHead.Row(known.get(i), data.counts().get(i)))
            .toList();
    SoftmaxHead head =
        SoftmaxHead.fit(rows, learnt.stream().map(prefix -> prefix.problem().id()).toList());
    List<Forecast> forecasts =
        IntStream.range(0, asked.size())
            .mapToObj(i -> head.of(states.get(i), asked.get(i).problem().options()))
            .toList();
    return measures.of(forecasts, Map.of("penalty", head.penalty()));
  }

  private List<AnswerCounts> exactCounts() {
    return IntStream.range(0, learnt.size())
        .mapToObj(i -> data.counts().get(i).expected(learnt.get(i).exact()))
        .toList();
  }

  /// The counts of another prefix with as many options, each used once: what is left to learn is
  /// how often the letters come out.
  private List<AnswerCounts> shuffled() {
    Map<Integer, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < learnt.size(); i++) {
      places.computeIfAbsent(learnt.get(i).problem().options(), n -> new ArrayList<>()).add(i);
    }
    AnswerCounts[] shuffled = new AnswerCounts[learnt.size()];
    for (List<Integer> own : places.values()) {
      List<Integer> from = new ArrayList<>(own);
      Collections.shuffle(from, new Random(seed));
      for (int i = 0; i < own.size(); i++) {
        shuffled[own.get(i)] = data.counts().get(from.get(i));
      }
    }
    return List.of(shuffled);
  }

  private Measured taught(AnswerQuestion question, List<AnswerCounts> counts)
      throws InterruptedException {
    List<Example> examples =
        IntStream.range(0, learnt.size())
            .boxed()
            .flatMap(i -> question.examples(learnt.get(i), counts.get(i)).stream())
            .toList();
    Teaching teaching =
        new Teaching(
            ForesightPlan.MODEL,
            question.objective(),
            examples,
            plan.epochs(),
            ForesightPlan.BATCH,
            question.rate(),
            ForesightPlan.RANK,
            seed);
    AnswerQuestion.Answers answers =
        lab.taught(
            teaching,
            (box, adapter) -> {
              try (Model model = lab.engine(ForesightPlan.MODEL, adapter)) {
                return question.ask(model, asked);
              }
            });
    Map<String, Double> facts = new HashMap<>();
    facts.put("examples", (double) examples.size());
    facts.put("tokens", (double) teaching.tokens());
    facts.put("mass", teaching.mass());
    facts.put("steps", (double) plan.epochs() * Math.ceilDiv(examples.size(), ForesightPlan.BATCH));
    facts.put("covered", answers.covered());
    return measures.of(answers.forecasts(), facts);
  }
}
