package criticalwindows.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cw probes` from a run of the smallest built-in model to a direction that steers it.
class ProbesCommandsTest {
  @TempDir private static Path folder;

  private static String fitted = "";

  @BeforeAll
  static void runReadAndFit() {
    done(
        "run",
        "cot",
        "--model",
        "small-base",
        "--problems",
        "12",
        "--samples",
        "4",
        "--threads",
        "1",
        "--memory",
        "480M",
        "--out",
        at("run"));
    done(
        "activations",
        at("run"),
        "--layers",
        "middle",
        "--threads",
        "1",
        "--memory",
        "480M",
        "--out",
        at("acts"));
    fitted = fit("counted", "outcome");
    assertThat(fitted)
        .contains("logistic of residual.", "outcome: yes, no", " items; 2 folds by item, seed 1")
        .contains("probe  " + at("counted"));
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  private static String done(String... words) {
    Spoken said = Spoken.of(words);
    assertThat(said.code()).as(said.err()).isZero();
    return said.out();
  }

  private static String[] words(String out, String target, String... more) {
    List<String> words = new ArrayList<>(List.of("probes", "fit", at("acts"), "--target", target));
    words.addAll(List.of("--parts", "2", "--penalties", "1", "--out", at(out)));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static String fit(String out, String target, String... more) {
    return done(words(out, target, more));
  }

  /// Rows of what a probe forecasts, without the header.
  private static List<List<String>> forecasts(String probe) throws IOException {
    Path tables = folder.resolve("forecasts of " + probe);
    done("probes", "apply", at(probe), at("acts"), "--csv", tables.toString());
    List<String> lines = Files.readAllLines(tables.resolve("forecasts.csv"));
    assertThat(lines.getFirst()).isEqualTo("id,group,kept,class,probability");
    return lines.stream().skip(1).map(line -> List.of(line.split(","))).toList();
  }

  @Test
  void whatTheFitSaidIsShownAgain() {
    assertThat(fitted)
        .isEqualTo(
            done("probes", "show", at("counted"))
                + "probe  "
                + at("counted")
                + System.lineSeparator());
  }

  @Test
  void anExactProbabilityIsForecastWithoutNoise() {
    assertThat(fit("exact", "exact"))
        .contains("exact: yes, no")
        .containsPattern("(?m)^ +all +[0-9.]+ +0\\.000 +[0-9.]+ +[0-9.]+ to ");
  }

  @Test
  void anotherClassThanTheOneThatIsFollowedCanBeTheTarget() {
    assertThat(fit("b", "outcome:B")).contains("outcome:B: yes, no");
  }

  @Test
  void labelsOfAFileAreForecast() throws IOException {
    List<String> ids = forecasts("counted").stream().map(List::getFirst).distinct().toList();
    assertThat(ids).hasSize(12);
    List<String> lines = new ArrayList<>(List.of("id,label"));
    for (int i = 0; i < ids.size(); i++) {
      lines.add(ids.get(i) + "," + List.of("red", "green", "blue").get(i % 3));
    }
    Path labels = Files.write(folder.resolve("labels.csv"), lines);
    assertThat(fit("colours", "labels:" + labels, "--kind", "softmax"))
        .contains("softmax of ", ": blue, green, red");
    List<List<String>> rows = forecasts("colours");
    for (int i = 0; i < rows.size(); i += 3) {
      List<List<String>> place = rows.subList(i, i + 3);
      assertThat(place).extracting(row -> row.get(3)).containsExactly("blue", "green", "red");
      assertThat(place.stream().mapToDouble(row -> Double.parseDouble(row.get(4))).sum())
          .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    }
    Files.write(labels, List.of("id,label", ids.getFirst() + ",red"));
    Spoken said = Spoken.of(words("x", "labels:" + labels));
    assertThat(said.error())
        .containsExactly(
            "error: all labels of " + labels + " are red",
            "hint: give labels of two classes or more");
  }

  @Test
  void whatIsKeptWithTheRunIsWhatTheTableSays() throws IOException {
    assertThat(done("probes", "apply", at("counted"), at("acts"), "--run", at("run")))
        .contains("run    " + at("run") + ": 12 texts");
    List<String> kept = Files.readAllLines(folder.resolve("run").resolve("probes.jsonl"));
    assertThat(kept).hasSize(12).allMatch(line -> line.contains("\"probe\":\"counted\""));
    Path tables = folder.resolve("both");
    done("probes", "apply", at("counted"), at("acts"), "--csv", tables.toString());
    String probability;
    try (Stream<String> lines = Files.lines(tables.resolve("forecasts.csv"))) {
      String first = lines.filter(line -> line.contains(",yes,")).findFirst().orElseThrow();
      probability = first.substring(first.lastIndexOf(',') + 1);
    }
    assertThat(kept.getFirst()).contains("\"class\":\"yes\"", "\"probability\":[" + probability);
    assertThat(done("show", at("run"))).contains("Does the probe move before the window?");
  }

  @Test
  void theDirectionSteersTheModel() {
    assertThat(done("probes", "export", at("counted"), at("acts"), "--out", at("yes.gguf")))
        .contains("a scale of 1 adds ", "file  " + at("yes.gguf"));
    done(
        "run",
        "cot",
        "--model",
        "small-base",
        "--problems",
        "1",
        "--samples",
        "2",
        "--threads",
        "1",
        "--memory",
        "480M",
        "--steer",
        at("yes.gguf") + ":2",
        "--out",
        at("steered"));
    assertThat(done("show", at("steered"))).contains("yes.gguf");
  }

  @Test
  void whatCannotBeFittedIsRefusedInTwoLinesAndLeavesNothing() {
    refused("outcomes", "no target called outcomes");
    refused("labels", "--target labels without a file");
    refused("labels:" + at("none.csv"), "none.csv");
    refused("outcome:Z", "all 84 places came to no of yes, no");
    refused("outcome", "no kind of probe named linear", "--kind", "linear");
    refused("outcome", "no way to fold named word", "--folds", "word");
    refused("outcome", "--parts 1", "--parts", "1");
    refused("outcome", "--penalties [0.0]", "--penalties", "0");
    refused("outcome", "none", "--run", at("none"));
    assertThat(Spoken.of(words("counted", "outcome")).error().getFirst())
        .isEqualTo("error: there is " + at("counted") + " already");
  }

  private static void refused(String target, String error, String... more) {
    List<String> words =
        new ArrayList<>(List.of("probes", "fit", at("acts"), "--target", target, "--out", at("x")));
    words.addAll(List.of(more));
    Spoken said = Spoken.of(words.toArray(String[]::new));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.error()).hasSize(2);
    assertThat(said.error().getFirst()).startsWith("error: ").contains(error);
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
