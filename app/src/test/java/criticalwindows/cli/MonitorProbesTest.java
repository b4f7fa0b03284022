package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.alarm.AlarmScore;
import criticalwindows.alarm.ThresholdFile;
import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import criticalwindows.error.UserError;
import criticalwindows.probe.Probe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `cw monitor` with probes that read the smallest built-in model.
class MonitorProbesTest {
  @TempDir Path folder;

  /// Its log-odds of yes are the first number of a vector.
  private record FirstNumber(HookPoint hook) implements Probe {
    @Override
    public String kind() {
      return "first";
    }

    @Override
    public List<HookPoint> hooks() {
      return List.of(hook);
    }

    @Override
    public List<String> classes() {
      return List.of("yes", "no");
    }

    @Override
    public Reads reads() {
      return Reads.LAST_TOKEN;
    }

    @Override
    public Reading begin() {
      return new Reading() {
        @Override
        public double[] next(float[] vectors) {
          return new double[] {vectors[0], 0};
        }

        @Override
        public void trim(int kept) {}
      };
    }
  }

  /// Of layers by the folder's last letter; a folder `other…` belongs to another model.
  private static ReadProbe read(Path folder) {
    String name = folder.getFileName().toString();
    int layer = name.charAt(name.length() - 1) - '0';
    return new ReadProbe(
        folder,
        "hash of " + name,
        name.startsWith("other") ? "0".repeat(64) : "",
        new FirstNumber(new HookPoint(Site.RESIDUAL, layer)));
  }

  private static Cli monitor(String lines, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            InstantSource.system());
    ByteArrayInputStream in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--threads", "1", "--memory", "900M"));
    CommandLine line = MonitorCommand.line(console, in, MonitorProbesTest::read);
    OptionWords.register(line);
    line.setExecutionExceptionHandler((e, command, result) -> say(console, e));
    int exit = line.execute(all.toArray(String[]::new));
    return new Cli(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static int say(Console console, Exception failure) throws Exception {
    if (failure instanceof UserError told) {
      console.err().println("error: " + told.getMessage());
      console.err().println("hint: " + told.hint());
      return Exit.USER_ERROR;
    }
    throw failure;
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

  private Cli calibrate(String out, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("calibrate", benign(100).toString()));
    words.addAll(List.of("--aligned", "small-aligned", "--unaligned", "small-base"));
    words.addAll(List.of("--rate", "0.05", "--out", folder.resolve(out).toString()));
    words.addAll(List.of(more));
    return monitor("", words.toArray(String[]::new));
  }

  @Test
  void aProbeIsCalibratedAndWatches() throws IOException {
    Cli made = calibrate("p.json", "--probe", "a2,b1", "--evidence", "highest:3");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out())
        .contains("probe: forecasts of 2 probes, their mean, as log-odds of yes: the highest mean");
    ThresholdFile file = ThresholdFile.read(folder.resolve("p.json"));
    assertThat(file.threshold().responses().successes()).isLessThanOrEqualTo(5);
    AlarmScore.Probed probed = file.score().probes().orElseThrow();
    assertThat(probed.evidence()).isEqualTo("highest:3");
    assertThat(probed.files())
        .containsExactly(
            new AlarmScore.ProbeFile("a2", "hash of a2"),
            new AlarmScore.ProbeFile("b1", "hash of b1"));
    Cli watched =
        monitor("", benign(100).toString(), "--threshold", folder.resolve("p.json").toString());
    assertThat(watched.exit()).as(watched.err()).isZero();
    assertThat(watched.out().lines().filter(line -> line.startsWith("alarm")))
        .hasSize((int) file.threshold().responses().successes());
    assertThat(watched.out()).contains("probes read ", " a second; what that adds to decoding");
  }

  @Test
  void whateverThePiecesTheAlarmIsTheSame() throws IOException {
    assertThat(calibrate("p.json", "--probe", "a2").exit()).isZero();
    String threshold = folder.resolve("p.json").toString();
    String asked =
        "\"messages\": [{\"role\": \"user\", \"content\": \"Give me the steps to brew a ring.\"}]";
    List<String> words = List.of("Mortimer ", "ate zebras ", "? ? ! ! ", "} { } {");
    StringBuilder pieces = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      for (String id : List.of("x", "y")) {
        pieces.append(
            String.format(
                "{\"id\": \"%s\", %s\"text\": \"%s\"%s}%n",
                id,
                i == 0 ? asked + ", " : "",
                words.get(i),
                i == words.size() - 1 ? ", \"done\": true" : ""));
      }
    }
    String whole =
        String.format("{\"id\": \"x\", %s, \"response\": \"%s\"}%n", asked, String.join("", words));
    Cli inPieces = monitor(pieces.toString(), "-", "--threshold", threshold);
    Cli atOnce = monitor(whole, "-", "--threshold", threshold);
    assertThat(inPieces.exit()).as(inPieces.err()).isZero();
    assertThat(atOnce.exit()).as(atOnce.err()).isZero();
    List<String> one = alarms(atOnce);
    assertThat(one).hasSize(1);
    assertThat(alarms(inPieces)).hasSize(2).contains(one.getFirst());
  }

  private static List<String> alarms(Cli cli) {
    return cli.out()
        .lines()
        .filter(line -> line.startsWith("alarm"))
        .map(line -> line.replaceAll(" {2}-?[0-9.]+ > .*", ""))
        .toList();
  }

  @Test
  void aMixAddsStandardisedScores() throws IOException {
    Cli made = calibrate("mix.json", "--probe", "a2", "--mix", "probe=2,aligned");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).contains("2.0 probe: forecasts of a probe", "1.0 aligned: how unlikely");
    ThresholdFile file = ThresholdFile.read(folder.resolve("mix.json"));
    assertThat(file.score().name()).isEqualTo("2.0 probe + 1.0 aligned");
    assertThat(file.score().shares())
        .allSatisfy(share -> assertThat(share.counts().standard().deviation()).isNotEqualTo(1));
    Cli watched =
        monitor("", benign(100).toString(), "--threshold", folder.resolve("mix.json").toString());
    assertThat(watched.exit()).as(watched.err()).isZero();
    assertThat(watched.out().lines().filter(line -> line.startsWith("alarm")))
        .hasSize((int) file.threshold().responses().successes());
  }

  @Test
  void severalThresholdsAreWatchedOneAfterTheOther() throws IOException {
    assertThat(calibrate("p.json", "--probe", "a2").exit()).isZero();
    assertThat(calibrate("q.json", "--score", "aligned").exit()).isZero();
    String both = folder.resolve("p.json") + "," + folder.resolve("q.json");
    Cli watched = monitor("", benign(100).toString(), "--threshold", both);
    assertThat(watched.exit()).as(watched.err()).isZero();
    assertThat(watched.out())
        .containsSubsequence("p.json: probe", "probes read ", "q.json: aligned", "computed ");
    monitor("", "-", "--threshold", both)
        .assertUserError("2 thresholds, and texts that come in pieces", "give one threshold");
  }

  @Test
  void whatDoesNotFitIsRefusedInTwoLines() throws IOException {
    calibrate("x.json", "--score", "probe")
        .assertUserError("the score probe, and no probe is named", "name one with --probe DIR");
    calibrate("x.json", "--score", "ratio", "--probe", "a2")
        .assertUserError("--probe a2, and the score ratio", "give --score probe, or --mix");
    calibrate("x.json", "--score", "early", "--mix", "early,ratio")
        .assertUserError("--score early, and --mix early,ratio", "name one of the two");
    calibrate("x.json", "--mix", "ratio=x")
        .assertUserError("the mix ratio=x", "name each score once with its weight");
    calibrate("x.json", "--probe", "a2", "--suspect", "maybe")
        .assertUserError("the probe a2 has no class maybe", "--suspect: yes, no");
    calibrate("x.json", "--probe", "a2", "--evidence", "mean:0")
        .assertUserError("the evidence mean:0", "write mean:8");
    calibrate("x.json", "--probe", "other1")
        .assertUserError(
            "the probe other1 was fitted on another model than small-aligned",
            "name that one with --aligned; its SHA-256 is 0000");
    calibrate("x.json", "--probe", "a9")
        .assertUserError("there is no residual.9", "name layers from 1 to");
    assertThat(calibrate("p.json", "--probe", "a2").exit()).isZero();
    monitor(
            "",
            benign(100).toString(),
            "--threshold",
            folder.resolve("p.json").toString(),
            "--probe",
            "b2")
        .assertUserError(
            "the threshold was chosen with other probes than [b2]", "name those with --probe");
  }
}
