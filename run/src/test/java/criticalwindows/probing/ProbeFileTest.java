package criticalwindows.probing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.activation.HookPoint;
import criticalwindows.error.UserError;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.ForecastMeasure;
import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.Measured;
import criticalwindows.probe.OutcomeNoise;
import criticalwindows.probe.Probe;
import criticalwindows.probe.ProbeKind;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeNumbers;
import criticalwindows.probe.Standard;
import criticalwindows.probe.Transfer;
import criticalwindows.probe.WindowPart;
import criticalwindows.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeFileTest {
  private static final int WIDTH = 7;

  @TempDir Path folder = Path.of("");

  static Stream<ProbeKind> kinds() {
    return ProbeKinds.ALL.stream();
  }

  private static ProbeFile file(ProbeKind kind) {
    Random random = new Random(1);
    List<String> classes =
        kind.name().equals("logistic") ? List.of("yes", "no") : List.of("a", "b", "c");
    double[][] weights = new double[kind.scores(classes.size())][];
    java.util.Arrays.setAll(weights, k -> random.doubles(WIDTH, -1, 1).toArray());
    double[] biases = random.doubles(weights.length, -1, 1).toArray();
    double[] means = random.doubles(WIDTH, -1, 1).toArray();
    double[] scales = random.doubles(WIDTH, .5, 2).toArray();
    ProbeNumbers numbers = new ProbeNumbers(weights, biases, new Standard(means, scales));
    List<HookPoint> hooks = List.of(HookPoint.parse("mlp.3"));
    return new ProbeFile(new FittedProbe(kind, hooks, classes, numbers), card());
  }

  private static ProbeCard card() {
    Measured skill = new Measured(.2, new Interval(Double.NEGATIVE_INFINITY, .5));
    Measured log = new Measured(.6, new Interval(.5, .7));
    ForecastTable.Line line =
        new ForecastTable.Line(
            "probe", WindowPart.BEFORE, 12, 4, Map.of(ForecastMeasure.SKILL, skill));
    OutcomeNoise noise =
        new OutcomeNoise(
            OptionalDouble.of(.1),
            OptionalDouble.of(.02),
            OptionalDouble.empty(),
            Optional.of(new Interval(.7, .9)));
    return new ProbeCard(
        "outcome:complied",
        "acts",
        "base abc",
        new ProbeCard.Fit(.1, "item", 5, 1, 4, 12),
        List.of(new ProbeCard.Tried("mlp.3", .1, .6)),
        new ForecastTable(
            List.of(line),
            Map.of(WindowPart.BEFORE, noise),
            List.of(new ForecastTable.Difference("position", ForecastMeasure.LOG, log, .01, .02))),
        List.of(new Transfer("one", "other", 4, Optional.empty(), log, .69)),
        Map.of("cw", "1"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsWrittenIsReadAgain(ProbeKind kind) {
    ProbeFile file = file(kind);
    file.write(folder);
    ProbeFile read = ProbeFile.read(folder);
    assertThat(read.card()).isEqualTo(file.card());
    assertThat(read.probe().hooks()).isEqualTo(file.probe().hooks());
    assertThat(read.probe().classes()).isEqualTo(file.probe().classes());
    Random random = new Random(2);
    Probe.Reading one = file.probe().begin();
    Probe.Reading other = read.probe().begin();
    for (int token = 0; token < 4; token++) {
      float[] vector = new float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      double[] expected = FittedProbe.probabilities(one.next(vector));
      double[] found = FittedProbe.probabilities(other.next(vector));
      for (int k = 0; k < expected.length; k++) {
        assertThat(found[k]).isCloseTo(expected[k], within(1e-5));
      }
    }
  }

  @Test
  void whatIsNoProbeIsRefused() throws IOException {
    assertRefused("there is no probe in", "cw probes fit --out");
    Path card = folder.resolve("probe.json");
    Files.writeString(card, "{\"format\": 1, \"kind\": \"logistic\", \"classes\": [\"yes\"]}");
    assertRefused("are not a probe: 1 classes", "fit the probe again");
    Files.writeString(card, "{\"format\": 9}");
    assertRefused("has the format 9", "fit the probe again");
    Files.writeString(card, "{");
    assertRefused("are not a probe", "fit the probe again");
  }

  @Test
  void damagedNumbersAreRefused() throws IOException {
    file(ProbeKinds.named("softmax")).write(folder);
    Path card = folder.resolve("probe.json");
    String text = Files.readString(card);
    Files.writeString(card, text.replace("\"b\", ", ""));
    assertRefused("21 weights and 3 biases for 2 × 7", "copy both files again");
    Files.writeString(card, text);
    Path numbers = folder.resolve("probe.safetensors");
    byte[] bytes = Files.readAllBytes(numbers);
    Files.write(numbers, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> ProbeFile.read(folder)).isInstanceOf(UserError.class);
    Files.delete(numbers);
    assertThatThrownBy(() -> ProbeFile.read(folder)).isInstanceOf(UserError.class);
  }

  private void assertRefused(String error, String hint) {
    assertThatThrownBy(() -> ProbeFile.read(folder))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.hint()).contains(hint))
        .hasMessageContaining(error);
  }
}
