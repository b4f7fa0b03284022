package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.activation.HookPoint;
import criticalwindows.gguf.ControlVector;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeNumbers;
import criticalwindows.probe.Standard;
import criticalwindows.probing.ProbeCard;
import criticalwindows.probing.ProbeFile;
import criticalwindows.vectors.StoredActivations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cw probes export`: from a probe's folder to a control vector that steers.
class ProbesExportTest {
  @TempDir private static Path folder;

  private static StoredActivations acts;

  @BeforeAll
  static void read() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String thing : List.of("ring", "potion", "candle")) {
      lines.add(
          "{\"id\":\""
              + thing
              + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Brew a mint "
              + thing
              + ".\"}],\"response\":\"Sure, here is how.\"}");
    }
    Path texts = Files.write(folder.resolve("texts.jsonl"), lines);
    Path out = folder.resolve("acts");
    Cli cli =
        Cli.run(
            "activations",
            texts.toString(),
            "--model",
            "small-base",
            "--layers",
            "1,2",
            "--threads",
            "1",
            "--memory",
            "300M",
            "--out",
            out.toString());
    assertThat(cli.exit()).as(cli.err()).isZero();
    acts = StoredActivations.open(out);
  }

  /// A logistic probe with weights on standardised vectors, each of which has a scale of its own.
  private static Path probe(String name, String hook, String model) {
    int width = acts.width();
    SplittableRandom random = new SplittableRandom(3);
    double[] weights = random.doubles(width, -1, 1).toArray();
    double[] scales = random.doubles(width, .5, 2).toArray();
    ProbeNumbers numbers =
        new ProbeNumbers(
            new double[][] {weights}, new double[1], new Standard(new double[width], scales));
    FittedProbe probe =
        new FittedProbe(
            ProbeKinds.named("logistic"),
            List.of(HookPoint.parse(hook)),
            List.of("yes", "no"),
            numbers);
    ProbeCard card =
        new ProbeCard(
            "labels",
            "by hand",
            model,
            new ProbeCard.Fit(1, "item", 2, 1, 3, 6),
            List.of(),
            new ForecastTable(List.of(), Map.of(), List.of()),
            List.of(),
            Map.of());
    Path file = folder.resolve(name);
    new ProbeFile(probe, card).write(file);
    return file;
  }

  private static Cli export(Path probe, String out, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "probes",
                "export",
                probe.toString(),
                folder.resolve("acts").toString(),
                "--out",
                folder.resolve(out).toString()));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }

  @Test
  void theDirectionIsAsLongAsActivationsVaryAlongIt() {
    Path probe = probe("two", "residual.2", acts.model());
    Cli cli = export(probe, "yes.gguf");
    assertThat(cli.exit()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("residual.2: a scale of 1 adds ");
    float[] direction = ControlVector.read(folder.resolve("yes.gguf")).direction(2);
    double[] weights = ProbeFile.read(probe).probe().numbers().direction(0);
    double norm = Math.sqrt(Arrays.stream(weights).map(w -> w * w).sum());
    double length = 0;
    for (float each : direction) {
      length += each * each;
    }
    length = Math.sqrt(length);
    for (int i = 0; i < direction.length; i++) {
      assertThat(direction[i] / length)
          .isCloseTo(weights[i] / norm, org.assertj.core.data.Offset.offset(1e-5));
    }
    assertThat(export(probe, "no.gguf", "--class", "no").exit()).isZero();
    assertThat(ControlVector.read(folder.resolve("no.gguf")).direction(2)[0])
        .isEqualTo(-direction[0]);
  }

  @Test
  void whatCannotSteerIsRefusedInTwoLines() {
    export(probe("one", "residual.1", acts.model()), "x.gguf")
        .assertUserError("the probe reads residual.1, and a control vector is added", "residual.2");
    export(probe("other", "residual.2", "another model"), "x.gguf")
        .assertUserError("the probe was fitted to another model, and these", "give those that");
    export(probe("two", "residual.2", acts.model()), "x.gguf", "--class", "maybe")
        .assertUserError("no class of the probe named maybe", "there is: ");
  }
}
