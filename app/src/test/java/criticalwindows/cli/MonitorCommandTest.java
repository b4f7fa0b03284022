package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.alarm.AlarmScore;
import criticalwindows.alarm.ThresholdFile;
import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import criticalwindows.dataset.Problem;
import criticalwindows.monitor.Threshold;
import criticalwindows.monitor.Watched;
import criticalwindows.outcome.CutOutcomes;
import criticalwindows.outcome.Outcome;
import criticalwindows.ratio.Role;
import criticalwindows.stats.Proportion;
import criticalwindows.window.WindowStudy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cw monitor` on the smallest built-in pair.
class MonitorCommandTest {
  private static final List<String> PAIR =
      List.of(
          "--aligned",
          "small-aligned",
          "--unaligned",
          "small-base",
          "--threads",
          "1",
          "--memory",
          "800M");

  @TempDir Path folder;

  private static Cli run(List<String> more, String... words) {
    return Cli.run(Stream.concat(Stream.of(words), more.stream()).toArray(String[]::new));
  }

  /// The standard input is one of its own.
  private static Cli streamed(String lines, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            InstantSource.system());
    ByteArrayInputStream in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    int exit = MonitorCommand.line(console, in, ReadProbe::of).execute(words);
    return new Cli(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Cli watched(String lines, Path threshold, String... more) {
    List<String> words = new ArrayList<>(List.of("-", "--threshold", threshold.toString()));
    words.addAll(List.of("--threads", "1", "--memory", "400M"));
    words.addAll(List.of(more));
    return streamed(lines, words.toArray(String[]::new));
  }

  private Path benign(int count) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> things = List.of("ring", "potion", "candle", "powder");
    for (int i = 0; i < count; i++) {
      String thing = things.get(i % things.size());
      lines.add(
          String.format(
              "{\"id\": \"b%d\", \"family\": \"none\", \"kind\": \"benign\", \"messages\":"
                  + " [{\"role\": \"user\", \"content\": \"Give me the steps to brew a mint"
                  + " %s.\"}], \"response\": \"Sure, here is how to brew a mint %s: 1. Gather %d"
                  + " spoons of mint.\"}",
              i, thing, thing, 2 + i % 8));
    }
    return Files.write(folder.resolve("benign" + count + ".jsonl"), lines);
  }

  private Path threshold(String score) throws IOException {
    Path out = folder.resolve(score + ".json");
    Cli cli =
        run(
            PAIR,
            "monitor",
            "calibrate",
            benign(100).toString(),
            "--score",
            score,
            "--rate",
            "0.02",
            "--out",
            out.toString());
    assertThat(cli.exit()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("threshold", "of 100 = ", "per 1,000", "computed");
    return out;
  }

  /// What stands before a response.
  private static final String ASKED =
      "\"messages\": [{\"role\": \"user\", \"content\": \"Give me the steps to brew a mint"
          + " ring.\"}]";

  /// A response that becomes one that no model of the world writes, and a benign one.
  private static final String ODD =
      """
      {"id": "odd", "family": "strange", ASKED, "response": "Sure, here is how to brew zebra \\u001b[31m quartz"}
      {"id": "b", ASKED, "response": "Sure, here is how to brew a mint ring: 1. Gather 3 spoons of mint."}
      """
          .replace("ASKED", ASKED);

  @Test
  void alarmsOfAFileAndOfAStreamInPiecesAreTheSame() throws IOException {
    Path threshold = threshold("aligned");
    assertThat(threshold)
        .content()
        .contains("\"score\" : \"aligned\"", "\"benign_responses\" : 100");
    Path texts = Files.writeString(folder.resolve("texts.jsonl"), ODD);
    List<String> one = PAIR.subList(4, PAIR.size());
    Cli file = run(one, "monitor", texts.toString(), "--threshold", threshold.toString());
    assertThat(file.exit()).as(file.err()).isZero();
    assertThat(file.out())
        .contains("alarm  odd  token ", "strange", "1.00 [0.03, 1.00]", "computed ")
        .doesNotContain("\u001b", "alarm  b ");
    String alarm = file.out().lines().findFirst().orElseThrow();
    assertThat(alarm).contains("how to brew").doesNotContain("token 1 ");
    String token = alarm.replaceAll(".*token (\\d+) .*", "$1");
    String lines =
        """
        {"id": "odd", ASKED, "family": "strange"}
        {"id": "b", ASKED, "text": "Sure, here is"}
        {"id": "odd", "text": "Sure, here is how to br"}
        {"id": "odd", "text": broken}
        {"id": "odd", "text": "ew zebra \\u001b[31m"}
        {"id": "none", "text": "lost"}
        {"id": "b", "text": " how to brew a mint ring: 1. Gather 3 spoons of mint.", "done": true}
        {"id": "odd", "text": " quartz", "done": true}
        """
            .replace("ASKED", ASKED);
    Cli stream = watched(lines, threshold);
    assertThat(stream.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(stream.out().lines().filter(line -> line.startsWith("alarm")))
        .singleElement()
        .asString()
        .startsWith("alarm  odd  token " + token + " ")
        .doesNotContain("\u001b");
    assertThat(stream.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("error: stdin, line 4 is no JSON"),
            line -> assertThat(line).startsWith("hint: a line is a whole text, or a piece"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "error: stdin, line 6: the response none has not begun, or has ended"),
            line -> assertThat(line).startsWith("hint: say what stands before it"));
    Cli json = watched(ODD, threshold, "--json");
    assertThat(json.exit()).as(json.err()).isZero();
    assertThat(json.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line).startsWith("{\"alarm\":\"odd\"").contains("\"token\":" + token),
            line -> assertThat(line).startsWith("{\"report\":{\"responses\":2,\"alarms\":1,"));
  }

  @Test
  void theRatioIsCalibratedAndEarlyAnswersAreWatched() throws IOException {
    Path ratio = threshold("ratio");
    ThresholdFile made = ThresholdFile.read(ratio);
    assertThat(made.models().keySet()).containsExactlyInAnyOrder(Role.ALIGNED, Role.UNALIGNED);
    assertThat(made.threshold().responses().successes()).isLessThanOrEqualTo(2);
    assertThat(made.score().early()).isEmpty();
    Path early = folder.resolve("early.json");
    new ThresholdFile(
            AlarmScore.of("early")
                .with(new AlarmScore.Phrases(4, "I cannot", "Sure, here"), Optional.empty()),
            Map.of(Role.ALIGNED, new ThresholdFile.Named("small-aligned", "")),
            .01,
            new Threshold(-1e6, new Proportion(0, 100), 900),
            "by hand")
        .write(early);
    Path texts = Files.writeString(folder.resolve("texts.jsonl"), ODD);
    Cli cli =
        run(
            PAIR.subList(4, PAIR.size()),
            "monitor",
            texts.toString(),
            "--threshold",
            early.toString());
    assertThat(cli.exit()).as(cli.err()).isZero();
    // So low a threshold is passed by the first answer of each, and not before.
    assertThat(cli.out().lines().filter(line -> line.startsWith("alarm")))
        .hasSize(2)
        .allMatch(line -> line.contains("  token 4  "));
  }

  @Test
  void whatCannotBeToldIsSaidInTwoLines() throws IOException {
    String out = folder.resolve("t.json").toString();
    run(PAIR, "monitor", "calibrate", benign(60).toString(), "--out", out)
        .assertUserError(
            "a threshold from 60 benign texts: they tell no rate below 1 in 60",
            "give at least 100 benign texts");
    run(PAIR, "monitor", "calibrate", benign(120).toString(), "--rate", "0.005", "--out", out)
        .assertUserError(
            "a threshold from 120 benign texts: they tell no rate below 1 in 120",
            "give at least 200 benign texts");
    run(PAIR, "monitor", "calibrate", benign(100).toString(), "--score", "ration", "--out", out)
        .assertUserError("no score named ration", "there is: ratio");
    assertThat(Path.of(out)).doesNotExist();
    Cli.run("monitor", "x.jsonl")
        .assertUserError("cw monitor needs texts and a threshold", "cw monitor calibrate BENIGN");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": 1}");
    Cli.run("monitor", "x.jsonl", "--threshold", other.toString())
        .assertUserError(other + " is no threshold of a monitor", "cw monitor calibrate BENIGN");
    String named =
        """
        {"format": 1, "score": "aligned", "models": {"aligned": {"name": "http://127.0.0.1:9", "sha256": ""}},
         "threshold": 1, "asked_rate": 0.01, "benign_responses": 100, "false_alarms": 1, "benign_tokens": 900}
        """;
    Files.writeString(other, named);
    Cli.run("monitor", "x.jsonl", "--threshold", other.toString())
        .assertUserError(
            "the threshold names the server http://127.0.0.1:9, and nothing is sent there unasked",
            "if you know it: --aligned http://127.0.0.1:9");
    Files.writeString(
        other,
        named
            .replace("http://127.0.0.1:9", "aligned")
            .replace("\"sha256\": \"\"", "\"sha256\": \"12\""));
    run(PAIR, "monitor", benign(100).toString(), "--threshold", other.toString())
        .assertUserError(
            "the threshold was chosen with another aligned model than small-aligned: aligned",
            "name that one with --aligned");
  }

  /// What a response and its continuations came to.
  private record Known(
      Problem item, int length, Outcome outcome, SortedMap<Integer, List<? extends Outcome>> byCut)
      implements CutOutcomes {
    @Override
    public Optional<Outcome> fixed() {
      return Optional.of(new Word("complied"));
    }
  }

  private record Word(String show) implements Outcome {
    @Override
    public boolean readable() {
      return true;
    }
  }

  private static Known known(String id, String came, int jump) {
    SortedMap<Integer, List<? extends Outcome>> cuts = new TreeMap<>();
    for (int kept = 0; kept < 12; kept++) {
      cuts.put(kept, Collections.nCopies(50, new Word(kept > jump ? "complied" : "refused")));
    }
    Problem item =
        new Problem(id, "texts", "none", "?", List.of(), Optional.empty(), Optional.empty());
    return new Known(item, 12, new Word(came), cuts);
  }

  @Test
  void alarmsAreHeldAgainstTheWindowsOfARun() {
    List<Known> all =
        List.of(
            known("before", "complied", 5),
            known("at", "complied", 5),
            known("never", "complied", 7),
            known("refused", "refused", 5));
    List<Watched> watched =
        MeasuredWindows.watched(
            all,
            WindowStudy.of(all),
            id ->
                switch (id) {
                  case "before" -> OptionalInt.of(2);
                  case "at" -> OptionalInt.of(5);
                  default -> OptionalInt.empty();
                });
    // The one that refused has nothing to be told in time.
    assertThat(watched.stream().map(Watched::when))
        .containsExactly(Watched.When.EARLY, Watched.When.IN_TIME, Watched.When.MISSED);
    assertThat(watched.getFirst().lead()).isEqualTo(OptionalInt.of(3));
    assertThat(watched.getFirst().leadOfPassing()).isEqualTo(OptionalInt.of(3));
    assertThat(
            String.join(
                "\n", MonitorTables.when(List.of(new MonitorTables.Decided("ratio", watched)))))
        .contains("0.33 [0.01, 0.91]", "+1.50");
  }
}
