package criticalwindows.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.model.ToyModel;
import criticalwindows.testbed.Measurement.Verdict;
import criticalwindows.testbed.RequestReplies.Kind;
import criticalwindows.world.FormProgram;
import criticalwindows.world.Forms;
import criticalwindows.world.Policy;
import criticalwindows.world.Prompts;
import criticalwindows.world.Question;
import criticalwindows.world.RepeatedWord;
import criticalwindows.world.ReplyCourse;
import criticalwindows.world.Worlds;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every measure gives its exact value for a model that is the world itself, and misses its bar for
/// one that errs.
class MeasuresTest {
  /// How far a right value may lie from its expectation, in standard errors: beyond it lies one in
  /// fifteen thousand.
  private static final double Z = 4;

  private static final List<String> FAMILIES =
      List.of("arithmetic", "method", "ordering", "syllogism", "facts");

  /// Of two replies the right one, where one is right.
  private static final WorldModel.Pen TOO_GOOD =
      (program, prefix, random) -> {
        String first = WorldModel.EXACT.write(program, prefix, random);
        String second = WorldModel.EXACT.write(program, prefix, random);
        Question question = (Question) program;
        String right = "The answer is " + question.answerNaming(question.truth()) + ".";
        return first.endsWith(right) ? first : second;
      };

  /// One reply in ten lacks its last character, and one has a word too many.
  private static final WorldModel.Pen SLOPPY =
      (program, prefix, random) -> {
        String text = WorldModel.EXACT.write(program, prefix, random);
        return switch (random.nextInt(10)) {
          case 0 -> text.substring(0, text.length() - 1);
          case 1 -> " Well," + text;
          default -> text;
        };
      };

  @Test
  void anExactModelIsRightAsOftenAsTheWorld() throws InterruptedException {
    for (String family : FAMILIES) {
      Accuracy found = accuracy(new WorldModel(), family, 1000);
      Measurement error = found.error(family);
      assertThat(error.estimate().value()).isCloseTo(0, within(Z * error.estimate().noise()));
      assertThat(found.outside().successes()).isZero();
      assertThat(found.outside().trials()).isEqualTo(1000);
    }
  }

  @Test
  void theNoiseOfAccuracyIsThatOfItsProblems() throws InterruptedException {
    Accuracy found = accuracy(new WorldModel(), "method", 1000);
    // Cochran's standard error, from the sample, estimates the same as Σ p (1 − p) does exactly.
    assertThat(
            Estimate.ratio(
                    criticalwindows.stats.Ratio.mean(found.errors()),
                    criticalwindows.stats.Interval.DIFFERENCE,
                    1000)
                .noise())
        .isCloseTo(found.noise(), within(.1 * found.noise()));
  }

  @Test
  void aModelThatIsTooGoodMisses() throws InterruptedException {
    Accuracy found = accuracy(new WorldModel(TOO_GOOD, 1), "method", 400);
    assertThat(found.error("method").verdict(Z)).isEqualTo(Verdict.MISSED);
    assertThat(found.supportOverAll().verdict(Z)).isEqualTo(Verdict.MET);
  }

  @Test
  void aSloppyModelLeavesTheSupport() throws InterruptedException {
    Accuracy found = accuracy(new WorldModel(SLOPPY, 1), "facts", 400);
    double noise = Math.sqrt(.2 * .8 / 400);
    assertThat(found.outside().estimate()).isCloseTo(.2, within(Z * noise));
    assertThat(found.supportOverAll().verdict(Z)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void accuraciesOfFamiliesAddUp() throws InterruptedException {
    Accuracy one = accuracy(new WorldModel(), "method", 30);
    Accuracy both = one.plus(accuracy(new WorldModel(), "facts", 10));
    assertThat(both.errors()).hasSize(40);
    assertThat(both.outside().trials()).isEqualTo(40);
    assertThat(one.plus(one).noise()).isCloseTo(one.noise() / Math.sqrt(2), within(1e-12));
  }

  @Test
  void anExactModelHasExactProbs() throws InterruptedException {
    for (String family : FAMILIES) {
      Measurement error = decisions(new WorldModel(), family, 20).getFirst();
      // Log-probabilities are 32-bit floats, of which some hundred are added.
      assertThat(error.estimate().value()).isCloseTo(0, within(1e-4));
    }
    assertThat(formDecisions(new WorldModel()).estimate().value()).isCloseTo(0, within(1e-4));
  }

  @Test
  void theErrorOfProbsIsThatOfTheModel() throws InterruptedException {
    // With cue "grass" the first method has .20: squared and normalised, .04 ÷ (.04 + .64).
    WorldModel sharp = new WorldModel(WorldModel.EXACT, 2);
    Measurement grass =
        decisions(sharp, "method", 60).stream()
            .filter(line -> line.label().what().contains("method:grass"))
            .findFirst()
            .orElseThrow();
    assertThat(grass.estimate().value()).isCloseTo(.20 - .04 / .68, within(1e-4));
    assertThat(formDecisions(sharp).verdict(Z)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void anExactModelHasExactCurves() throws InterruptedException {
    Consistency found = consistency(new WorldModel(), new Consistency.Size(20, 0, 25), 60);
    assertThat(found.curves()).hasSize(20);
    assertThat(found.unchosen()).isEqualTo(20);
    Measurement ratio = found.measurements().get(1);
    assertThat(ratio.estimate().value()).isCloseTo(1, within(Z * ratio.estimate().noise()));
    assertThat(signedError(found.curves())).isCloseTo(0, within(Z * signedNoise(found.curves())));
  }

  @Test
  void aModelThatIsTooGoodHasOtherCurves() throws InterruptedException {
    WorldModel model = new WorldModel(TOO_GOOD, 1);
    Consistency found = consistency(model, new Consistency.Size(20, 0, 25), 60);
    assertThat(found.measurements().get(1).verdict(Z)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void moreProblemsAreTakenOnlyForTheirJumps() throws InterruptedException {
    Consistency found = consistency(new WorldModel(), new Consistency.Size(5, 12, 4), 200);
    long large =
        found.curves().stream().filter(c -> c.exactJump().rise() >= Consistency.LARGE).count();
    assertThat(found.unchosen()).isEqualTo(5);
    assertThat(large).isEqualTo(12);
    assertThat(found.curves().subList(5, found.curves().size()))
        .allMatch(curve -> curve.exactJump().rise() >= Consistency.LARGE);
  }

  @Test
  void aSimulatedCurveKeepsItsExpectation() throws InterruptedException {
    List<SampledCurve> curves =
        consistency(new WorldModel(), new Consistency.Size(10, 0, 10), 30).curves();
    CurveSimulation simulation = new CurveSimulation(3);
    int rounds = 2000;
    for (SampledCurve curve : curves) {
      double[] sums = new double[SampledCurve.CUTS];
      for (int i = 0; i < rounds; i++) {
        List<Integer> same = simulation.again(curve).same();
        for (int cut = 0; cut < sums.length; cut++) {
          sums[cut] += (double) same.get(cut) / curve.samples() / rounds;
        }
      }
      for (int cut = 0; cut < sums.length; cut++) {
        double p = curve.probabilities().get(cut);
        double noise = Math.sqrt(p * (1 - p) / curve.samples() / rounds);
        assertThat(sums[cut]).isCloseTo(p, within(5 * noise + 1e-12));
      }
    }
  }

  @Test
  void anExactModelHasExactForms() throws InterruptedException {
    FormJoints found = forms(new WorldModel());
    assertThat(found.standard().variation()).isCloseTo(0, within(1e-5));
    assertThat(found.standard().mass()).isCloseTo(1, within(1e-4));
    assertThat(found.others()).allSatisfy(each -> assertThat(each.variation()).isLessThan(1e-5));
    assertThat(forms(new WorldModel(WorldModel.EXACT, 3)).measurements().getFirst().verdict(0))
        .isEqualTo(Verdict.MISSED);
  }

  @Test
  void aFilledFormIsWhatTheFormWrites() {
    for (FormProgram form :
        Stream.concat(Stream.of(FormProgram.STANDARD), someForms().stream()).toList()) {
      WrittenReply reply = WrittenReply.sample(form, new SplittableRandom(2));
      assertThat(FormJoints.filled(form, reply.answer())).isEqualTo(reply.text());
    }
  }

  @Test
  void anExactAlignedModelRefusesAsTheCardSays() throws InterruptedException {
    for (Kind kind : Kind.values()) {
      RequestReplies found = requests(Policy.ALIGNED, kind);
      for (Measurement line : found.measurements(Policy.ALIGNED)) {
        double exact = line.exact().orElseThrow();
        double noise = Math.sqrt(exact * (1 - exact) / 600);
        assertThat(line.estimate().value()).isCloseTo(exact, within(Z * noise + 1e-9));
        assertThat(line.verdict(Z)).isNotEqualTo(Verdict.MISSED);
      }
    }
  }

  @Test
  void aBaseModelIsNotAligned() throws InterruptedException {
    for (Kind kind : List.of(Kind.FORBIDDEN, Kind.ROLE, Kind.TURN, Kind.MANY)) {
      assertThat(requests(Policy.BASE, kind).measurements(Policy.ALIGNED).subList(0, 3))
          .allMatch(line -> line.verdict(Z) == Verdict.MISSED);
    }
    assertThat(prefill(Policy.BASE, Policy.ALIGNED).measurements(Policy.ALIGNED).getFirst())
        .matches(line -> line.verdict(Z) == Verdict.MISSED);
    assertThat(prefill(Policy.BASE, Policy.ALIGNED).measurements(Policy.ALIGNED).get(21))
        .matches(line -> line.label().subject().contains("… 2"))
        .matches(line -> line.verdict(Z) == Verdict.MISSED);
  }

  @Test
  void everyCourseOfAReplyIsToldFromTheOthers() {
    RandomGenerator random = new SplittableRandom(9);
    Set<String> seen = new HashSet<>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < 300; i++) {
        WrittenReply reply =
            WrittenReply.sample(kind.make(random).coursesBy(Policy.ALIGNED), random);
        assertThat(RequestReplies.course(reply.text()).orElseThrow().name())
            .isEqualTo(reply.answer());
        seen.add(reply.answer());
      }
    }
    assertThat(seen).hasSize(ReplyCourse.values().length);
    assertThat(RequestReplies.course("Sure, what else?")).isEmpty();
    assertThat(RequestReplies.course("Let me think first. What else?")).isEmpty();
  }

  @Test
  void aLateRefusalIsRefusedAndCountedByItself() throws InterruptedException {
    RequestReplies found = requests(Policy.ALIGNED, Kind.ROLE);
    long refused = found.shares().refuse().successes();
    long late = found.shares().late().successes();
    assertThat(late).isPositive().isLessThan(refused);
    assertThat(found.shares().slow().successes()).isPositive();
    assertThat(refused + found.shares().soft().successes() + found.shares().comply().successes())
        .isEqualTo(600);
    assertThat(found.measurements(Policy.ALIGNED))
        .extracting(line -> line.label().what())
        .containsExactly(
            "refuse", "soft", "comply", "  of the refused, late", "  of all, after a hesitation");
  }

  @Test
  void anExactModelHasExactProbsOfRequests() throws InterruptedException {
    WorldModel model = new WorldModel();
    Organism organism = organism(model);
    RandomGenerator random = new SplittableRandom(12);
    List<RequestReplies.Asked> asked =
        Stream.generate(() -> RequestReplies.Asked.forbidden(random)).limit(60).toList();
    asked.forEach(each -> model.know(Prompts.request(each.request()), each));
    List<Measurement> found =
        DecisionProbabilities.measure(organism, "requests", asked, each -> each.prompt(organism))
            .measurements("requests");
    assertThat(found.getFirst().estimate().value()).isCloseTo(0, within(1e-4));
    assertThat(found)
        .extracting(line -> line.label().what())
        .contains("  late:aligned:role", "  slow:aligned:role", "  open:aligned:many");
  }

  @Test
  void anExactModelHasTheExactPrefillCurve() throws InterruptedException {
    PrefillCurve found = prefill(Policy.ALIGNED, Policy.ALIGNED);
    int letters = "Sure, here is how to".length();
    assertThat(found.points()).hasSize(letters + 1 + 3);
    for (PrefillCurve.Point point : found.points()) {
      assertThat(point.model()).hasSize(5);
      assertThat(point.model())
          .allSatisfy(p -> assertThat(p).isCloseTo(point.exact(), within(1e-4)));
    }
    // Three steps may still be refused, each with probability .10.
    assertThat(found.points().get(letters).exact()).isCloseTo(.97 * .729, within(.005));
    assertThat(found.points().subList(letters + 1, letters + 4))
        .extracting(PrefillCurve.Point::prefill)
        .containsExactly("… 2", "… 3", "… 4");
    assertThat(found.points().get(letters + 1).exact()).isCloseTo(.81, within(1e-9));
    assertThat(found.points().getLast().exact()).isEqualTo(1);
  }

  @Test
  void anExactModelStopsByTheHazard() throws InterruptedException {
    WorldModel model = new WorldModel();
    RepeatedWord word = new RepeatedWord("b", "", 1);
    model.know(Prompts.repeatedWord(word), word);
    List<Double> run = RepetitionHazard.measure(organism(model), List.of(word)).runs().getFirst();
    for (int n = 1; n <= 430; n++) {
      assertThat(run.get(n - 1)).isCloseTo(RepeatedWord.hazard(n), within(1e-6));
    }
  }

  @Test
  void aModelOfAnotherWorldIsRefused() {
    assertThatThrownBy(() -> organism(ToyModel.orderedDecisions()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("toy has no token <|begin_of_text|>");
  }

  private static Organism organism(criticalwindows.model.Model model) {
    return new Organism(model, 5, (what, done, all) -> {});
  }

  private static List<Question> questions(WorldModel model, String family, int count) {
    List<Question> questions = Worlds.read("world:" + family, count, 77).questions();
    questions.forEach(question -> model.know(Prompts.reasoning(question), question));
    return questions;
  }

  private static Accuracy accuracy(WorldModel model, String family, int count)
      throws InterruptedException {
    return Accuracy.measure(organism(model), family, questions(model, family, count));
  }

  private static List<Measurement> decisions(WorldModel model, String family, int count)
      throws InterruptedException {
    Organism organism = organism(model);
    List<Question> questions = questions(model, family, count);
    return DecisionProbabilities.measure(organism, family, questions, organism::reasoning)
        .measurements(family);
  }

  private static Measurement formDecisions(WorldModel model) throws InterruptedException {
    Organism organism = organism(model);
    List<FormProgram> forms = someForms();
    forms.forEach(form -> model.know(Prompts.form(form), form));
    return DecisionProbabilities.measure(organism, "forms", forms, organism::form)
        .measurements("forms")
        .getFirst();
  }

  @Test
  void whereAllIsDecidedThereIsNoRatioToChance() {
    SampledCurve decided =
        new SampledCurve(
            "syllogism",
            "So it is A.",
            "A",
            Collections.nCopies(SampledCurve.CUTS, new SampledCurve.Exact(0, 1, 1)),
            Collections.nCopies(SampledCurve.CUTS, 4),
            4);
    assertThat(new Consistency(List.of(decided), 1, 1).measurements())
        .extracting(each -> each.label().what())
        .containsExactly("mean |sampled - exact|");
  }

  private static Consistency consistency(WorldModel model, Consistency.Size size, int candidates)
      throws InterruptedException {
    List<Consistency.Asked> asked = new ArrayList<>();
    for (String family : FAMILIES) {
      for (Question question : questions(model, family, candidates / FAMILIES.size())) {
        asked.add(new Consistency.Asked(family, question));
      }
    }
    java.util.Collections.shuffle(asked, new java.util.Random(3));
    return CurveSampler.measure(organism(model), asked, size, soFar -> {});
  }

  private static double signedError(List<SampledCurve> curves) {
    double sum = 0;
    for (SampledCurve curve : curves) {
      for (int cut = 0; cut < SampledCurve.CUTS; cut++) {
        sum += (double) curve.same().get(cut) / curve.samples();
        sum -= curve.probabilities().get(cut);
      }
    }
    return sum;
  }

  private static double signedNoise(List<SampledCurve> curves) {
    CurveSimulation simulation = new CurveSimulation(4);
    double squares = 0;
    int rounds = 300;
    for (int i = 0; i < rounds; i++) {
      double error = signedError(curves.stream().map(simulation::again).toList());
      squares += error * error / rounds;
    }
    return Math.sqrt(squares);
  }

  private static List<FormProgram> someForms() {
    RandomGenerator random = new SplittableRandom(6);
    return Stream.generate(() -> Forms.make(random)).limit(3).toList();
  }

  private static FormJoints forms(WorldModel model) throws InterruptedException {
    List<FormProgram> forms = someForms();
    forms.forEach(form -> model.know(Prompts.form(form), form));
    model.know(Prompts.form(FormProgram.STANDARD), FormProgram.STANDARD);
    return FormJoints.measure(organism(model), forms);
  }

  private static RequestReplies requests(Policy model, Kind kind) throws InterruptedException {
    WorldModel world = new WorldModel();
    Organism organism = organism(world);
    for (var request : RequestReplies.requests(organism, kind, 600)) {
      world.know(Prompts.request(request), request.answeredBy(model));
    }
    return RequestReplies.measure(organism, kind, Policy.ALIGNED, 600);
  }

  private static PrefillCurve prefill(Policy model, Policy against) throws InterruptedException {
    WorldModel world = new WorldModel();
    Organism organism = organism(world);
    for (var request : PrefillCurve.requests(organism, 5)) {
      world.know(Prompts.request(request), request.answeredBy(model));
    }
    return PrefillCurve.measure(organism, against, 5);
  }
}
