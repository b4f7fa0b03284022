package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.stats.Binomial;
import criticalwindows.store.RunFolder;
import criticalwindows.world.Posterior;
import criticalwindows.world.Question;
import criticalwindows.world.Worlds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A run of the built-in model on the world, from the command line: what is exactly known stands
/// beside what was measured, and follows from the run's folder alone.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorldRunsTest {
  private static final List<String> LINES =
      List.of("exactly known", "against exact", "apart / noise");

  private final Path folder;
  private final Path run;
  private final Cli ran;

  WorldRunsTest(@TempDir Path folder) {
    this.folder = folder;
    this.run = folder.resolve("run");
    this.ran = world("--dataset", "world:method:7", "--out", run.toString());
  }

  /// A small run.
  private static Cli world(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "cot", "--problems", "2"));
    arguments.addAll(List.of("--samples", "4", "--cuts", ".1,.8", "--threads", "1"));
    arguments.addAll(List.of("--memory", "480M"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void theTableSaysWhatIsExactlyKnown() {
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).contains(LINES).contains("method:").doesNotContain("warning");
    assertThat(problems(run)).isEqualTo(Worlds.dataset("world:method", 2, 7).problems());
  }

  @Test
  void thePageHasTheExactCurvesAndTheDistancesOfTheirCells() throws IOException {
    Map<String, Question> questions = Worlds.read("world:method", 2, 7).byId();
    JsonNode data = data(run);
    List<Double> apart = new ArrayList<>();
    List<Double> noise = new ArrayList<>();
    for (JsonNode problem : data.get("problems").values()) {
      JsonNode exact = problem.get("exact");
      if (!exact.has("curve")) {
        continue;
      }
      Question question = Objects.requireNonNull(questions.get(problem.get("id").asString()));
      int before = apart.size();
      for (JsonNode level : problem.get("levels").values()) {
        double known = posterior(question, problem, level.get("kept").asInt());
        assertThat(at(exact.get("curve"), level.get("kept").asInt()))
            .isCloseTo(known, within(1e-4));
        double same = level.get("consistent").get(0).asDouble();
        int trials = level.get("consistent").get(1).asInt();
        apart.add(Math.abs(same / trials - known));
        noise.add(new Binomial(trials, known).meanDeviation());
      }
      assertDistance(
          exact.get("distance"),
          apart.subList(before, apart.size()),
          noise.subList(before, noise.size()));
    }
    assertThat(apart).as("originals in the support").isNotEmpty();
    assertDistance(data.get("exact").get("distance"), apart, noise);
    assertThat(data.get("exact").get("drawn").asInt()).isEqualTo(apart.size() / 2);
    Matcher shown =
        Pattern.compile("exact\\| (0\\.[0-9]{3}) over " + apart.size() + " cells")
            .matcher(ran.out());
    assertThat(shown.find()).isTrue();
    assertThat(Double.parseDouble(shown.group(1))).isCloseTo(mean(apart), within(.00051));
  }

  private static double posterior(Question question, JsonNode problem, int kept) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < kept; i++) {
      prefix.append(problem.get("tokens").get(i).get(0).asString());
    }
    String answer = problem.get("answer").asString();
    String named = question.options().isEmpty() ? "$" + answer + "$" : "(" + answer + ")";
    return Posterior.of(question, prefix.toString()).probability(named);
  }

  /// The value of a curve that is given where it changes.
  private static double at(JsonNode curve, int kept) {
    double value = -1;
    for (JsonNode point : curve.values()) {
      value = point.get(0).asInt() <= kept ? point.get(1).asDouble() : value;
    }
    return value;
  }

  private static void assertDistance(JsonNode distance, List<Double> apart, List<Double> noise) {
    assertThat(distance.get(0).asInt()).isEqualTo(apart.size());
    assertThat(distance.get(1).asDouble()).isCloseTo(mean(apart), within(1e-4));
    assertThat(distance.get(2).asDouble()).isCloseTo(mean(noise), within(1e-4));
    assertThat(distance.get(3).asDouble()).isLessThanOrEqualTo(distance.get(2).asDouble());
    assertThat(distance.get(4).asDouble()).isGreaterThanOrEqualTo(distance.get(2).asDouble());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void aCopiedFolderShowsTheSame() throws IOException {
    Path copy = copy("copy");
    assertThat(ran.out()).startsWith(Cli.run("show", copy.toString()).out());
    assertThat(Cli.run("report", copy.toString()).exit()).isZero();
    assertThat(Files.readString(copy.resolve("report.html")))
        .isEqualTo(Files.readString(run.resolve("report.html")));
    Cli resumed = Cli.resumed(copy);
    assertThat(resumed.out()).contains(LINES);
  }

  @Test
  void aWorldThatHasChangedSinceGivesNoExactCurvesAndSaysSo() throws IOException {
    String hash = Worlds.read("world:method", 2, 7).hash();
    assertNoCurves(changed("other-programs", hash, "0123456789abcdef"), "0123456789abcdef");
    assertNoCurves(changed("other-seed", "seed\" : \"7\"", "seed\" : \"8\""), hash);
    assertNoCurves(changed("no-seed", "seed\" : \"7\"", "seed\" : \"x\""), hash);
    assertNoCurves(changed("other-set", "\"world:method\"", "\"world:gone\""), hash);
  }

  private Path changed(String name, String from, String to) throws IOException {
    Path copy = copy(name);
    Path json = copy.resolve("run.json");
    String text = Files.readString(json);
    assertThat(text).contains(from);
    Files.writeString(json, text.replace(from, to));
    return copy;
  }

  private static void assertNoCurves(Path copy, String then) throws IOException {
    Cli shown = Cli.run("show", copy.toString());
    assertThat(shown.exit()).isZero();
    assertThat(shown.out())
        .startsWith("warning: no exact curves: the world has changed since this run was made")
        .contains(then, "\n  kept  same ")
        .doesNotContain(LINES);
    assertThat(Cli.run("report", copy.toString()).exit()).isZero();
    assertThat(data(copy).has("exact")).isFalse();
    assertThat(data(copy).get("warnings")).hasSize(1);
  }

  @Test
  void atAnotherTemperatureTheCurveIsDrawnAndNoDistanceGiven() throws IOException {
    Path cool = folder.resolve("cool");
    Cli result = world("--dataset", "world:facts", "--temperature", ".6", "--out", cool.toString());
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "against exact         not compared: exact curves are the generator's, at temperature"
                + " 1")
        .doesNotContain("sampling noise");
    JsonNode exact = data(cool).get("exact");
    assertThat(exact.get("comparable").asBoolean()).isFalse();
    assertThat(exact.get("drawn").asInt()).isPositive();
    assertThat(exact.has("distance")).isFalse();
  }

  @Test
  void aRunOnNoWorldSaysNothingOfIt() throws IOException {
    Path file = folder.resolve("mine.jsonl");
    Files.writeString(
        file, "{\"task\":\"math\",\"question\":\"What is 6 * 7?\",\"answer\":\"42\"}\n");
    Path mine = folder.resolve("mine");
    Cli result = world("--dataset", file.toString(), "--out", mine.toString());
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).contains("base on mine").contains("data set sha256");
    assertThat(result.out()).doesNotContain(LINES).doesNotContain("warning");
    assertThat(data(mine).has("exact")).isFalse();
  }

  private Path copy(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (Stream<Path> files = Files.walk(run)) {
      files.forEach(file -> copy(file, copy.resolve(run.relativize(file).toString())));
    }
    return copy;
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Problem> problems(Path folder) {
    try (RunFolder opened = RunFolder.open(folder)) {
      return opened.ledger().problems();
    }
  }

  private static JsonNode data(Path folder) throws IOException {
    String page = Files.readString(folder.resolve("report.html"));
    return JsonMapper.shared()
        .readTree(Objects.requireNonNull(Jsoup.parse(page).getElementById("data")).data());
  }
}
