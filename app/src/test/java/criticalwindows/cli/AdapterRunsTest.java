package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.alarm.AlarmScore;
import criticalwindows.alarm.ThresholdFile;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.Tensor;
import criticalwindows.hash.Sha256;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaTokenizer;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.AdapterGguf;
import criticalwindows.lora.BaseModel;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Merging;
import criticalwindows.lora.PeftFolder;
import criticalwindows.lora.Projection;
import criticalwindows.monitor.Threshold;
import criticalwindows.ratio.Role;
import criticalwindows.stats.Proportion;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of a built-in model with an adapter: what they are called, and that they go on with the
/// same one alone.
class AdapterRunsTest {
  private static final Path BASE = ModelFiles.standard().find("small-base");
  private static final String[] SMALL = {"--threads", "1", "--memory", "300M"};

  @TempDir private Path folder;

  /// An adapter of the values of the first layer.
  private static Adapter adapter(long seed) {
    List<Long> shape = BaseModel.open(BASE).shapes().getOrDefault("blk.0.attn_v", List.of());
    return new Adapter(
        new LoraConfig(2, 2, Set.of(Projection.V)),
        List.of(
            new Adapter.Pair(
                0,
                Projection.V,
                random(seed, List.of(2L, shape.getLast())),
                random(seed + 1, List.of(shape.getFirst(), 2L)))));
  }

  private static Tensor random(long seed, List<Long> shape) {
    return new Tensor(
        "random",
        shape,
        (row, into) -> {
          SplittableRandom random = new SplittableRandom(seed * 1000 + row);
          for (int i = 0; i < into.length; i++) {
            into[i] = (float) random.nextDouble(-.1, .1);
          }
        });
  }

  private static Cli run(String... words) {
    return Cli.run(Stream.concat(Stream.of(words), Stream.of(SMALL)).toArray(String[]::new));
  }

  private static String shown(Cli cli) {
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli.out();
  }

  @Test
  void aRunGoesOnWithTheAdapterThatItBeganWithAndNoOther() throws IOException {
    Path file = folder.resolve("tuned.gguf");
    AdapterGguf.write(adapter(1), BaseModel.open(BASE), file);
    Path run = folder.resolve("run");
    String out =
        shown(
            run(
                "run",
                "cot",
                "--model",
                "small-base",
                "--adapter",
                file.toString(),
                "--problems",
                "1",
                "--samples",
                "1",
                "--out",
                run.toString()));
    assertThat(out).contains("small-base+tuned");
    assertThat(shown(Cli.run("show", run.toString()))).contains("small-base+tuned");
    try (RunFolder opened = RunFolder.open(run)) {
      Manifest.ModelFile model = opened.manifest().subject();
      assertThat(model.path()).isEqualTo("small-base");
      assertThat(model.adapter().map(Manifest.AdapterFile::path)).contains(file.toString());
      assertThat(opened.manifest().provenance())
          .containsEntry("adapter", file.toString())
          .containsEntry("model sha256", model.sha256());
      // What is known exactly of the built-in model is not said of it with an adapter.
      assertThat(ModelFiles.policy(model.sha256())).isEmpty();
      assertThat(ModelFiles.policy(opened.manifest().provenance().getOrDefault("base sha256", "")))
          .isPresent();
    }
    byte[] tuned = Files.readAllBytes(file);
    AdapterGguf.write(adapter(2), BaseModel.open(BASE), file);
    run("resume", run.toString())
        .assertUserError(
            "the adapter of small-base+tuned is not the one this run began with",
            "name that one with --adapter; its SHA-256 is ");
    Files.delete(file);
    run("resume", run.toString())
        .assertUserError(
            "there is no adapter " + file, "name a GGUF adapter, or a folder as PEFT saves it");
    Path moved = Files.write(folder.resolve("moved.gguf"), tuned);
    shown(run("resume", run.toString(), "--adapter", moved.toString()));
  }

  @Test
  void aPairIsOneFileAndAnAdapter() throws IOException {
    Path peft = folder.resolve("tuned");
    PeftFolder.write(adapter(1), "small-base", peft);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lines.add(
          "{\"id\":\"t"
              + i
              + "\",\"messages\":[{\"role\":\"user\",\"content\":\"How do I bake bread?\"}],"
              + "\"response\":\"Sure, here is how.\"}");
    }
    Path texts = Files.write(folder.resolve("texts.jsonl"), lines);
    Path ratio = folder.resolve("ratio");
    String out =
        shown(
            run(
                "run",
                "ratio",
                texts.toString(),
                "--aligned",
                "small-base",
                "--unaligned",
                "small-base",
                "--unaligned-adapter",
                peft.toString(),
                "--benign",
                "none",
                "--out",
                ratio.toString()));
    assertThat(out).contains("small-base+tuned against small-base");
    try (RunFolder opened = RunFolder.open(ratio)) {
      Manifest manifest = opened.manifest();
      assertThat(manifest.subject().adapter()).isEmpty();
      assertThat(Files.readString(ratio.resolve("run.json"))).containsOnlyOnce("\"adapter\" : {");
      Manifest.ModelFile unaligned = manifest.models().get("unaligned");
      assertThat(unaligned).isNotNull();
      assertThat(unaligned.adapter().map(Manifest.AdapterFile::path)).contains(peft.toString());
      assertThat(unaligned.sha256()).isNotEqualTo(manifest.subject().sha256());
    }
  }

  @Test
  void anAdapterOfAServersModelIsTheServersAffair() {
    String file = folder.resolve("tuned.gguf").toString();
    Cli.run("run", "cot", "--model", "http://127.0.0.1:9", "--adapter", file)
        .assertUserError(
            "the adapter " + file + ", and the model is at the server http://127.0.0.1:9",
            "give it to the server: cw servers serve --adapter, or vLLM's --lora-modules");
    Cli.run("run", "cot", "--judge-adapter", file)
        .assertUserError("--judge-adapter " + file + ", and no judge", "--judge-model");
  }

  @Test
  void aThresholdHoldsForTheAdapterThatItWasChosenWith() throws IOException {
    Path file = folder.resolve("tuned.gguf");
    AdapterGguf.write(adapter(1), BaseModel.open(BASE), file);
    Path texts =
        Files.writeString(
            folder.resolve("texts.jsonl"),
            "{\"id\":\"t\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
                + "\"response\":\"Sure.\"}\n");
    Path threshold = folder.resolve("threshold.json");
    // Nobody knows its hash here; the adapter goes with its model all the same.
    write(threshold, new ThresholdFile.Named("small-base", "", Optional.of(file.toString())));
    assertThat(ThresholdFile.read(threshold).models())
        .hasEntrySatisfying(
            Role.ALIGNED, named -> assertThat(named.adapter()).contains(file.toString()));
    shown(run("monitor", texts.toString(), "--threshold", threshold.toString()));
    write(threshold, new ThresholdFile.Named("small-base", Sha256.name(new byte[32])));
    run(
            "monitor",
            texts.toString(),
            "--threshold",
            threshold.toString(),
            "--adapter",
            file.toString())
        .assertUserError(
            "the threshold was chosen with another aligned model than small-base+tuned",
            "name that one with --aligned, or choose a threshold anew");
    Files.delete(file);
    write(threshold, new ThresholdFile.Named("small-base", "", Optional.of(file.toString())));
    run("monitor", texts.toString(), "--threshold", threshold.toString())
        .assertUserError("there is no adapter " + file, "name a GGUF adapter");
  }

  private static void write(Path file, ThresholdFile.Named aligned) {
    new ThresholdFile(
            AlarmScore.of("aligned"),
            Map.of(Role.ALIGNED, aligned),
            .01,
            new Threshold(1, new Proportion(0, 100), 900),
            "by hand")
        .write(file);
  }

  @Test
  void anAdapterIsAddedToAFile() throws IOException {
    Path file = folder.resolve("tuned.gguf");
    AdapterGguf.write(adapter(1), BaseModel.open(BASE), file);
    Path merged = folder.resolve("merged.gguf");
    shown(
        Cli.run(
            "export-gguf", "small-base", "--adapter", file.toString(), "--out", merged.toString()));
    assertThat(BaseModel.open(merged).shapes()).isEqualTo(BaseModel.open(BASE).shapes());
    Path mergedFolder = folder.resolve("merged");
    Merging.toFolder(BASE, adapter(1), mergedFolder, ElementType.BF16);
    Tokenizer tokenizer = Tokenizer.read(mergedFolder);
    String text = "Olga has 17 stamps;\n\n  she doesn't buy 123 more: how many?";
    try (LlamaTokenizer own = LlamaTokenizer.open(BASE)) {
      assertThat(tokenizer.encode(text)).isEqualTo(own.vocabulary().encode(text).toArray());
      assertThat(tokenizer.controls()).isEqualTo(own.vocabulary().controls());
    }
    Cli.run(
            "export-gguf",
            "small-base",
            "--adapter",
            file.toString(),
            "--name",
            "x",
            "--out",
            folder.resolve("other.gguf").toString())
        .assertUserError("--name x, and --adapter", "leave it out: the file says of itself what");
  }
}
