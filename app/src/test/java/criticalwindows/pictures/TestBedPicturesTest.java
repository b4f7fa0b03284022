package criticalwindows.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.stats.Proportion;
import criticalwindows.testbed.Consistency;
import criticalwindows.testbed.CurveSampler;
import criticalwindows.testbed.Organism;
import criticalwindows.testbed.SampledCurve;
import criticalwindows.world.Event;
import criticalwindows.world.ExactCurve;
import criticalwindows.world.Posterior;
import criticalwindows.world.WordProblem;
import criticalwindows.world.WrittenReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The pictures of docs/concepts/test-bed.md are what the program and the model's samples give.
///
/// `mvn -pl app -am test -Dtest=TestBedPicturesTest -Dpictures=draw
/// -Dsurefire.failIfNoSpecifiedTests=false` draws them anew; with `-Dpictures=sample` the built-in
/// model writes a new reply and new continuations first.
class TestBedPicturesTest {
  private static final Path FOLDER = Path.of("..", "docs", "concepts");
  private static final Path SAMPLES = FOLDER.resolve("test-bed.json");
  private static final int CONTINUATIONS = 100;

  /// The answer of one who misreads "all but" and does not notice.
  private static final String ANSWER = "$35$";

  private static final WordProblem PROBLEM =
      new WordProblem(
          "Lucy has 23 cookies. Then she gives away all but 18 of the cookies. After that, 5"
              + " friends each give her 6 cookies. How many cookies does Lucy have now?",
          List.of(),
          "Lucy",
          "cookies",
          23,
          List.of(
              new Event(Event.Kind.ALLBUT, 18, 0, "she gives away all but 18 of the cookies"),
              new Event(Event.Kind.EACH, 6, 5, "5 friends each give her 6 cookies")));

  @Test
  void thePicturesShowTheProgramAndTheSamples() throws Exception {
    String wish = System.getProperty("pictures", "");
    if (wish.equals("sample")) {
      Files.writeString(SAMPLES, sampled());
    }
    String tree = tree(reply());
    String curve = curve(reply());
    if (!wish.isEmpty()) {
      Files.writeString(FOLDER.resolve("test-bed-tree.svg"), tree);
      Files.writeString(FOLDER.resolve("test-bed-curve.svg"), curve);
    }
    assertThat(Files.readString(FOLDER.resolve("test-bed-tree.svg"))).isEqualTo(tree);
    assertThat(Files.readString(FOLDER.resolve("test-bed-curve.svg"))).isEqualTo(curve);
  }

  @Test
  void theTreeHasEveryAnswerWithItsExactProbs() throws IOException {
    DecisionTree tree = DecisionTree.of(PROBLEM, reply());
    assertThat(tree.leaves()).hasSize(16);
    Posterior prior = Posterior.of(PROBLEM, "");
    for (String answer : prior.answers().keySet()) {
      assertThat(mass(tree, 1, answer)).isCloseTo(prior.probability(answer), within(1e-12));
    }
  }

  /// Every committed share lies within 4 standard errors of the exact probability.
  @Test
  void theSamplesBelongToTheCurve() throws IOException {
    for (CurvePicture.Sampled point : points()) {
      String prefix = reply().text().substring(0, point.kept());
      double p = Posterior.of(PROBLEM, prefix).probability(ANSWER);
      double noise = Math.sqrt(p * (1 - p) / CONTINUATIONS);
      assertThat(point.same().estimate()).isCloseTo(p, within(4 * noise + .02));
    }
  }

  private static double mass(DecisionTree node, double probability, String answer) {
    if (node.children().isEmpty()) {
      return node.answer().equals(answer) ? probability : 0;
    }
    return node.children().stream()
        .mapToDouble(child -> mass(child, probability * child.probability(), answer))
        .sum();
  }

  private static String tree(WrittenReply reply) {
    return TreePicture.of(
        DecisionTree.of(PROBLEM, reply),
        List.of(
            "all but 18", "noticed, checked?", "5 friends, 6 each", "noticed, checked?", "answer"));
  }

  private static String curve(WrittenReply reply) throws IOException {
    List<Integer> everywhere = IntStream.rangeClosed(0, reply.text().length()).boxed().toList();
    ExactCurve exact = ExactCurve.of(PROBLEM, reply.text(), reply.answer(), everywhere);
    return CurvePicture.of(reply.text(), exact, points());
  }

  private static WrittenReply reply() throws IOException {
    return WrittenReply.read(PROBLEM, samples().path("reply").asString()).orElseThrow();
  }

  private static List<CurvePicture.Sampled> points() throws IOException {
    List<CurvePicture.Sampled> points = new ArrayList<>();
    for (JsonNode cut : samples().path("cuts")) {
      Proportion same = new Proportion(cut.path("same").asInt(), CONTINUATIONS);
      points.add(new CurvePicture.Sampled(cut.path("characters").asInt(), same));
    }
    return points;
  }

  private static JsonNode samples() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(SAMPLES));
  }

  /// The first reply of the built-in model that comes to that answer without checking a step.
  private static String sampled() throws InterruptedException {
    try (LlamaModel model =
        LlamaModel.open(
            ModelFiles.standard().find(ModelFiles.BASE), LlamaOptions.defaults().withThreads(1))) {
      long seed = 1;
      while (!wanted(curves(model, seed, 1))) {
        seed++;
      }
      return json(curves(model, seed, CONTINUATIONS).getFirst(), seed);
    }
  }

  private static boolean wanted(List<SampledCurve> curves) {
    return !curves.isEmpty()
        && curves.getFirst().answer().equals(ANSWER)
        && !curves.getFirst().reply().contains("Wait");
  }

  private static List<SampledCurve> curves(LlamaModel model, long seed, int continuations)
      throws InterruptedException {
    return CurveSampler.measure(
            new Organism(model, seed, (what, done, all) -> {}),
            List.of(new Consistency.Asked("arithmetic", PROBLEM)),
            new Consistency.Size(1, 0, continuations),
            partial -> {})
        .curves();
  }

  private static String json(SampledCurve curve, long seed) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("model", "base");
    root.put("seed", seed);
    root.put("reply", curve.reply());
    ArrayNode cuts = root.putArray("cuts");
    for (int i = 0; i < SampledCurve.CUTS; i++) {
      ObjectNode cut = cuts.addObject();
      cut.put("characters", curve.exact().get(i).kept());
      cut.put("same", curve.same().get(i));
    }
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
