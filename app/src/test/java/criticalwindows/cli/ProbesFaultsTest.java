package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.activation.HookPoint;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeNumbers;
import criticalwindows.probe.Standard;
import criticalwindows.probing.ProbeCard;
import criticalwindows.probing.ProbeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `cw probes` without LibTorch, and with folders that hold no probe or a damaged one.
class ProbesFaultsTest {
  @TempDir Path folder;
  private Path probe;

  @BeforeEach
  void writeProbe() {
    probe = folder.resolve("probe");
    ProbeNumbers numbers =
        new ProbeNumbers(
            new double[][] {{1, -1, .5}},
            new double[1],
            new Standard(new double[3], new double[] {1, 1, 1}));
    FittedProbe fitted =
        new FittedProbe(
            ProbeKinds.named("logistic"),
            List.of(HookPoint.parse("residual.2")),
            List.of("yes", "no"),
            numbers);
    ProbeCard card =
        new ProbeCard(
            "labels",
            "by hand",
            "a model",
            new ProbeCard.Fit(1, "item", 2, 1, 3, 6),
            List.of(),
            new ForecastTable(List.of(), Map.of(), List.of()),
            List.of(),
            Map.of());
    new ProbeFile(fitted, card).write(probe);
  }

  private Cli show() {
    return Cli.run("probes", "show", probe.toString());
  }

  private void replace(String old, String with) throws IOException {
    Path card = probe.resolve("probe.json");
    String text = Files.readString(card);
    assertThat(text).contains(old);
    Files.writeString(card, text.replace(old, with));
  }

  @Test
  void aProbeWithoutScoresIsShown() {
    Cli cli = show();
    assertThat(cli.exit()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("logistic of residual.2", "labels: yes, no", "a model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"outcome", "nonsense"})
  void nothingIsFittedWithoutLibTorch(String target) {
    Path out = folder.resolve("new");
    Cli.run("probes", "fit", "acts", "--target", target, "--out", out.toString())
        .assertUserError("started without LibTorch", "start it as ./cw probes fit");
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "apply", "export"})
  void aFolderWithoutAProbeIsNamed(String command) {
    Path none = folder.resolve("none");
    List<String> more =
        switch (command) {
          case "apply" -> List.of("acts", "--csv", folder.resolve("x").toString());
          case "export" -> List.of("acts", "--out", folder.resolve("x").toString());
          default -> List.of();
        };
    String[] words =
        java.util.stream.Stream.concat(
                List.of("probes", command, none.toString()).stream(), more.stream())
            .toArray(String[]::new);
    Cli.run(words).assertUserError("there is no probe in " + none, "cw probes fit --out wrote");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "format" : 1 | "format" : 2 | has the format 2, and this version reads 1 | fit the probe again
          "logistic" | "linear" | no kind of probe named linear | there is: max, logistic, softmax
          "logistic" | "softmax" | 3 weights and 1 biases for 2 × 3 | copy both files again
          "logistic" | "attention" | probe.safetensors named query | there is: mean, bias, scale
          "yes", | ~~ | 1 classes | copy both files again
          "residual.2" | "mind.2" | mind | residual
          "residual.2" | "residual.x" | residual.x | residual.
          { | [ | are not a probe | copy both files again
          """)
  void aDamagedCardIsToldInTwoLines(String old, String with, String error, String hint)
      throws IOException {
    replace(old, with);
    show().assertUserError(error, hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"target", "source", "model", "fit", "tried", "lines", "noise", "made"})
  void aCardThatLacksAPartIsToldOrReadWithoutIt(String part) throws IOException {
    Path card = probe.resolve("probe.json");
    Files.writeString(card, Files.readString(card).replace("\"" + part + "\"", "\"lost\""));
    Cli cli = show();
    if (cli.exit() != 0) {
      cli.assertUserError("are not a probe", "copy both files again");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .02, .5, .99})
  void cutFilesAreToldInTwoLines(double share) throws IOException {
    for (String name : List.of("probe.safetensors", "probe.json")) {
      Path file = probe.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, (int) (share * (bytes.length - 4))));
      show().assertUserError("probe", " ");
      Files.write(file, bytes);
    }
  }

  @Test
  void numbersThatAreNoneAreToldInTwoLines() throws IOException {
    Path file = probe.resolve("probe.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    byte[] broken = bytes.clone();
    // Float32 of all ones is not a number.
    Arrays.fill(broken, bytes.length - 4, bytes.length, (byte) 0xff);
    Files.write(file, broken);
    show().assertUserError("are not a probe", "copy both files again");
    Files.write(file, "no tensors at all".getBytes(StandardCharsets.UTF_8));
    show().assertUserError("probe.safetensors", " ");
    Files.delete(file);
    show().assertUserError("probe.safetensors", " ");
  }

  @Test
  void whatIsAskedIsCheckedBeforeAnythingIsWritten() {
    Cli.run("probes", "apply", probe.toString(), "acts")
        .assertUserError("no format is named", "give --csv DIR");
    String none = folder.resolve("acts").toString();
    String out = folder.resolve("x").toString();
    Cli.run("probes", "apply", probe.toString(), none, "--csv", out).assertUserError("acts", " ");
    Cli.run("probes", "export", probe.toString(), none, "--out", out).assertUserError("acts", " ");
    Cli.run("probes", "fit", none, "--out", out).assertUserError("--target", "probes fit --help");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
