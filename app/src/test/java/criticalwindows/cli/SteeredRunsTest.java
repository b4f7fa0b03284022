package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.gguf.ControlVector;
import criticalwindows.hub.ModelFiles;
import criticalwindows.lora.BaseModel;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of a built-in model that is steered: what is recorded of them, and that they go on with the
/// same vector and scale alone.
class SteeredRunsTest {
  private static final Path BASE = ModelFiles.standard().find("small-base");
  private static final String[] SMALL = {"--threads", "1", "--memory", "300M"};

  @TempDir private Path folder;

  private static void write(Path file, long seed) {
    List<Long> shape = BaseModel.open(BASE).shapes().getOrDefault("blk.0.attn_v", List.of());
    float[] direction = new float[shape.getLast().intValue()];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < direction.length; i++) {
      direction[i] = (float) random.nextDouble(-.1, .1);
    }
    new ControlVector("llama", Map.of(2, direction)).write(file);
  }

  private static Cli run(String... words) {
    return Cli.run(Stream.concat(Stream.of(words), Stream.of(SMALL)).toArray(String[]::new));
  }

  private static String shown(Cli cli) {
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli.out();
  }

  @Test
  void aRunGoesOnWithTheVectorAndTheScaleThatItBeganWith() throws IOException {
    Path file = folder.resolve("yes.gguf");
    write(file, 1);
    Path run = folder.resolve("run");
    String out =
        shown(
            run(
                "run",
                "cot",
                "--model",
                "small-base",
                "--steer",
                file + ":2",
                "--problems",
                "1",
                "--samples",
                "1",
                "--out",
                run.toString()));
    assertThat(out).contains("small-base+yes@2.0");
    try (RunFolder opened = RunFolder.open(run)) {
      Manifest.ModelFile model = opened.manifest().subject();
      assertThat(model.path()).isEqualTo("small-base");
      Manifest.SteeringFile vector = model.steering().orElseThrow();
      assertThat(vector.path()).isEqualTo(file.toString());
      assertThat(vector.scale()).isEqualTo(2);
      assertThat(opened.manifest().provenance())
          .containsEntry("steering sha256", vector.sha256())
          .containsEntry("model sha256", model.sha256());
    }
    shown(run("resume", run.toString()));
    run("resume", run.toString(), "--steer", file + ":1")
        .assertUserError(
            "the model small-base+yes@1.0 is steered in another way than this run began with",
            "name with --steer the control vector and the scale of then: SHA-256 ");
    Path moved = folder.resolve("moved.gguf");
    Files.move(file, moved);
    shown(run("resume", run.toString(), "--steer", moved + ":2"));
    write(file, 2);
    run("resume", run.toString())
        .assertUserError(
            "the model small-base+yes@2.0 is steered in another way than this run began with",
            "name with --steer the control vector and the scale of then: SHA-256 ");
  }

  @Test
  void aRunWithoutAVectorGoesOnWithout() {
    Path file = folder.resolve("yes.gguf");
    write(file, 1);
    Path run = folder.resolve("run");
    shown(
        run(
            "run",
            "cot",
            "--model",
            "small-base",
            "--problems",
            "1",
            "--samples",
            "1",
            "--out",
            run.toString()));
    run("resume", run.toString(), "--steer", file + ":1")
        .assertUserError(
            "the model small-base+yes@1.0 is steered, and this run began without",
            "leave out --steer");
  }

  @Test
  void whatCannotBeSteeredIsRefusedInTwoLines() {
    String file = folder.resolve("yes.gguf").toString();
    Cli.run("run", "cot", "--model", "http://127.0.0.1:9", "--steer", file + ":1")
        .assertUserError(
            "the control vector " + file + ", and the model is at the server http://127.0.0.1:9",
            "only a model that is computed here can be steered");
    for (String words : List.of(file, file + ":", file + ":x", ":1", file + ":NaN")) {
      Cli.run("run", "cot", "--steer", words)
          .assertUserError("--steer " + words, "write a file, a colon and a number");
    }
  }
}
