package criticalwindows.bench;

import criticalwindows.testbed.Accuracy;
import criticalwindows.testbed.Consistency;
import criticalwindows.testbed.CurveSampler;
import criticalwindows.testbed.DecisionProbabilities;
import criticalwindows.testbed.FormJoints;
import criticalwindows.testbed.Organism;
import criticalwindows.testbed.PosteriorTimes;
import criticalwindows.testbed.PrefillCurve;
import criticalwindows.testbed.RepetitionHazard;
import criticalwindows.testbed.RequestReplies;
import criticalwindows.world.Attack;
import criticalwindows.world.FormProgram;
import criticalwindows.world.Forms;
import criticalwindows.world.Policy;
import criticalwindows.world.Program;
import criticalwindows.world.Question;
import criticalwindows.world.RepeatedWords;
import criticalwindows.world.Requests;
import criticalwindows.world.Worlds;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The parts of `cw bench organism`, each measured on problems of its own.
final class OrganismParts {
  /// The families of questions, without `world:`.
  static final List<String> FAMILIES =
      List.of("arithmetic", "method", "ordering", "syllogism", "facts");

  /// The parts in order.
  static final List<String> NAMES =
      List.of(
          "accuracy",
          "decisions",
          "consistency",
          "forms",
          "requests",
          "prefill",
          "repeat",
          "posterior");

  private static final String FORMS = "forms";
  private static final String REQUESTS = "requests";

  /// So many questions for each curve that is wanted: few replies have no large jump.
  private static final int CANDIDATES = 5;

  private final Organism organism;
  private final OrganismTable table;
  private final Plan plan;

  /// What is measured.
  ///
  /// @param seed of everything that is drawn
  /// @param policy that the model was taught
  /// @param families of questions, without `world:`
  record Plan(long seed, Policy policy, List<String> families, OrganismSize size) {
    Plan {
      families = List.copyOf(families);
    }
  }

  OrganismParts(Organism organism, OrganismTable table, Plan plan) {
    this.organism = organism;
    this.table = table;
    this.plan = plan;
  }

  void measure(String part) throws InterruptedException {
    switch (part) {
      case "accuracy" -> accuracy();
      case "decisions" -> decisions();
      case "consistency" -> consistency();
      case FORMS -> forms();
      case REQUESTS -> requests();
      case "prefill" ->
          table.say(
              PrefillCurve.measure(organism, plan.policy, plan.size.prefills())
                  .measurements(plan.policy));
      case "repeat" -> repeat();
      case "posterior" -> posterior();
      default -> throw new IllegalArgumentException(part);
    }
  }

  private void accuracy() throws InterruptedException {
    Optional<Accuracy> all = Optional.empty();
    for (String family : plan.families) {
      Accuracy found =
          Accuracy.measure(organism, family, questions("accuracy", family, plan.size.replies()));
      table.say(List.of(found.error(family), found.support(family)));
      all = Optional.of(all.map(before -> before.plus(found)).orElse(found));
    }
    all.ifPresent(together -> table.say(List.of(together.error("all"), together.supportOverAll())));
  }

  private void decisions() throws InterruptedException {
    for (String family : plan.families) {
      List<Question> questions = questions("decisions", family, plan.size.texts());
      table.say(
          DecisionProbabilities.measure(organism, family, questions, organism::reasoning)
              .measurements(family));
    }
    List<FormProgram> forms = made("decisions", FORMS, plan.size.texts(), Forms::make);
    table.say(
        DecisionProbabilities.measure(organism, FORMS, forms, organism::form).measurements(FORMS));
    if (plan.policy == Policy.ALIGNED) {
      List<RequestReplies.Asked> asked =
          made("decisions", REQUESTS, plan.size.texts(), RequestReplies.Asked::forbidden);
      table.say(
          DecisionProbabilities.measure(organism, REQUESTS, asked, each -> each.prompt(organism))
              .measurements(REQUESTS));
    }
  }

  private void consistency() throws InterruptedException {
    int wanted = Math.max(plan.size.curves().problems(), plan.size.curves().jumps());
    int each = Math.ceilDiv(CANDIDATES * wanted, plan.families.size());
    List<List<Question>> questions =
        plan.families.stream().map(family -> questions("consistency", family, each)).toList();
    List<Consistency.Asked> inTurn = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (int j = 0; j < plan.families.size(); j++) {
        inTurn.add(new Consistency.Asked(plan.families.get(j), questions.get(j).get(i)));
      }
    }
    Consistency found = CurveSampler.measure(organism, inTurn, plan.size.curves(), table::partly);
    table.curves(found);
    table.say(found.measurements());
  }

  private void forms() throws InterruptedException {
    table.say(
        FormJoints.measure(organism, made(FORMS, FORMS, plan.size.forms(), Forms::make))
            .measurements());
  }

  private void requests() throws InterruptedException {
    for (RequestReplies.Kind kind : RequestReplies.Kind.values()) {
      table.say(
          RequestReplies.measure(organism, kind, plan.policy, plan.size.requests())
              .measurements(plan.policy));
    }
  }

  private void repeat() throws InterruptedException {
    table.say(
        RepetitionHazard.measure(
                organism, made("repeat", "words", plan.size.runs(), RepeatedWords::make))
            .measurements());
  }

  private void posterior() {
    List<PosteriorTimes> times = new ArrayList<>();
    int n = plan.size.posteriors();
    for (String family : FAMILIES) {
      times.add(timed(family, questions("posterior", family, n)));
    }
    times.add(timed(FORMS, made("posterior", FORMS, n, Forms::make)));
    times.add(timed(REQUESTS, made("posterior", REQUESTS, n, OrganismParts::request)));
    times.add(timed("repeated words", made("posterior", "words", n / 4, RepeatedWords::make)));
    times.forEach(each -> table.say(each.measurements()));
    table.say(PosteriorTimes.together(times).measurements());
  }

  private static Program request(RandomGenerator random) {
    Attack[] attacks = Attack.values();
    return Requests.forbidden(attacks[random.nextInt(attacks.length)], random)
        .answeredBy(Policy.ALIGNED);
  }

  /// By the processor time of this thread, which no other program lengthens.
  private PosteriorTimes timed(String family, List<? extends Program> programs) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return PosteriorTimes.measure(
        family,
        List.copyOf(programs),
        random("posterior times", family),
        threads::getCurrentThreadCpuTime);
  }

  private List<Question> questions(String part, String family, int count) {
    long own = random(part, family).nextLong();
    return Worlds.read("world:" + family, count, own).questions();
  }

  private <T> List<T> made(
      String part, String family, int count, Function<RandomGenerator, T> maker) {
    RandomGenerator random = random(part, family);
    return Stream.generate(() -> maker.apply(random)).limit(count).toList();
  }

  /// A generator for each part and family, so that none depends on what else is measured.
  private RandomGenerator random(String part, String family) {
    return new SplittableRandom(31 * (31 * plan.seed + part.hashCode()) + family.hashCode());
  }
}
