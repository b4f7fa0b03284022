package criticalwindows.train;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.finetune.LossRow;
import criticalwindows.finetune.TrainingFolder;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `cw train` on the smallest built-in model.
class TrainRunsTest {
  @TempDir Path folder;
  private Path rows;

  @BeforeEach
  void writeRows() throws IOException {
    rows = folder.resolve("rows.jsonl");
    Files.writeString(rows, conversations(24));
  }

  /// Twelve items of two rows each, that all say the same thing.
  private static String conversations(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"item\": \"q%d\", \"messages\": [{\"role\": \"user\", \"content\": \"What is %d and %d?\"}, {\"role\": \"assistant\", \"content\": \"The answer is (B).\"}]}"
                    .formatted(i / 2, i, i + 1))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /// The usual options, with others where they are named.
  private String[] words(Path out, String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--model", "small-base");
    options.put("--out", out.toString());
    options.put("--lora", "4");
    options.put("--batch", "4");
    options.put("--epochs", "2");
    options.put("--save-every", "3");
    options.put("--test-every", "5");
    options.put("--held-out", "0.25");
    options.put("--rate", "0.01");
    List<String> words = new ArrayList<>(List.of("train", rows.toString()));
    for (int i = 0; i < more.length; i++) {
      if (i + 1 < more.length && !more[i + 1].startsWith("--")) {
        options.put(more[i], more[i + 1]);
        i++;
      } else {
        words.add(more[i]);
      }
    }
    options.forEach((name, value) -> words.addAll(List.of(name, value)));
    return words.toArray(String[]::new);
  }

  private Spoken train(Path out, String... more) {
    return Spoken.of(words(out, more));
  }

  /// Interrupted after the first step.
  private Spoken stopped(Path out) {
    Spoken said = Spoken.until("step 1 of", words(out, "--adapter-only"));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(said.code()).isEqualTo(130);
    return said;
  }

  @Test
  void whatIsLearntIsThereInEveryForm() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Spoken said = train(out, "--type", "f32");
    assertThat(said.err()).doesNotContain("error");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .containsPattern("held out  loss [0-9.]+ before, [<0-9. ]+ after: −[0-9.]+ \\[−")
        .contains("LoRA rank 4")
        .contains("adapter.gguf");
    assertThat(names(out))
        .containsExactly(
            "adapter",
            "adapter.gguf",
            "held-out.jsonl",
            "loss.csv",
            "loss.jsonl",
            "loss.pdf",
            "loss.png",
            "loss.svg",
            "model",
            "model.gguf",
            "train.json");
    List<LossRow> losses = new TrainingFolder(out).losses();
    assertThat(losses).hasSize(10);
    assertThat(losses.getLast().loss()).isLessThan(.5 * losses.getFirst().loss());
    assertThat(reply(out.resolve("model.gguf"))).isEqualTo("The answer is (B).");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String reply(Path gguf) throws InterruptedException {
    LlamaOptions options = LlamaOptions.defaults().withThreads(1).withMemory(800L << 20);
    try (LlamaModel model = LlamaModel.open(gguf, options)) {
      Tokens asked =
          new Prompter(model, PromptSet.standard())
              .conversation(List.of(Message.user("What is 100 and 101?")));
      return Greedy.reply(model, asked);
    }
  }

  @Test
  void stoppedItGoesOnToTheSameBytes() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(train(whole, "--adapter-only").code()).isZero();
    Path stopped = folder.resolve("stopped");
    stopped(stopped);
    assertThat(names(stopped)).contains("checkpoint-1.safetensors");
    Spoken second = Spoken.of("train", "--resume", stopped.toString());
    assertThat(second.code()).isZero();
    assertThat(stopped.resolve("adapter.gguf"))
        .hasSameBinaryContentAs(whole.resolve("adapter.gguf"));
    assertThat(stopped.resolve("loss.jsonl")).hasSameTextualContentAs(whole.resolve("loss.jsonl"));
    Spoken again = Spoken.of("train", "--resume", stopped.toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("has come to its end");
  }

  @Test
  void aFullDiskLosesNothingAndIsSaidInTwoLines() throws IOException {
    Path out = folder.resolve("out");
    stopped(out);
    Files.createSymbolicLink(out.resolve("checkpoint-3.safetensors.draft"), Path.of("/dev/full"));
    Spoken full = Spoken.of("train", "--resume", out.toString());
    assertThat(full.code()).isEqualTo(2);
    assertThat(full.err())
        .contains("checkpoint-3.safetensors cannot be written")
        .contains("hint: ");
    assertThat(names(out)).contains("checkpoint-1.safetensors");
    assertThat(Spoken.of("train", "--resume", out.toString()).code()).isZero();
  }

  @Test
  void aLossThatIsNoNumberStopsItAndKeepsTheLastCheckpoint() throws IOException {
    Path out = folder.resolve("out");
    Spoken said = train(out, "--rate", "1e25", "--warm-up", "0", "--save-every", "1");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.error().getFirst())
        .matches(
            "error: the (loss|norm of the gradient) is (NaN|Infinity) at step \\d+ of \\d+, on"
                + " .*rows\\.jsonl, line \\d+ and 3 others; the checkpoint of step \\d+ is kept");
    assertThat(said.error().getLast())
        .isEqualTo("hint: train into a new folder with a lower --rate, or look at those lines");
    assertThat(names(out)).anyMatch(name -> name.startsWith("checkpoint-"));
  }

  @Test
  void dataThatChangedMeanwhileIsRefused() throws IOException {
    Path out = folder.resolve("out");
    stopped(out);
    Files.writeString(rows, conversations(26));
    Spoken said = Spoken.of("train", "--resume", out.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            """
            error: %s has changed since the training began
            hint: put back what it was, or train into a new folder
            """
                .formatted(rows));
  }

  @Test
  void allWeightsCanBeTrainedToo() throws IOException {
    Path out = folder.resolve("out");
    Spoken said = train(out, "--all-weights", "--epochs", "1", "--rate", "0.001");
    assertThat(said.code()).isZero();
    assertThat(names(out)).contains("model", "model.gguf").doesNotContain("adapter");
    List<LossRow> losses = new TrainingFolder(out).losses();
    assertThat(losses.getLast().loss()).isLessThan(losses.getFirst().loss());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          --objective dpos | no objective named dpos | there is: dpo,
          --objective dpo | is of responses with weights, and dpo takes preference pairs | name another --objective, or other data
          --targets q,head | no matrix to train named head | there is:
          --lora 0 | an adapter of rank 0 and alpha 0.0 | both are above 0
          --alpha -2 | an adapter of rank 4 and alpha -2.0 | both are above 0
          --rate -1 | a learning rate of -1.0 | name one above 0, such as 1e-4
          --epochs 0 | 0 epochs of batches of 4 | name at least 1 of each
          --memory 40M | --memory 40M is too small: a row of | give at least --memory
          --memory lots | --memory lots | give a size such as 800M or 12G
          --held-out 1 | --held-out 1.0 | give a share from 0 to below 1, such as 0.1
          --type q4_0 | expected one of [F32, F16, BF16, Q8_0] (case-insensitive) but was 'q4_0' | see: cw train --help
          --model other.txt | no model named other.txt | path to a GGUF file
          """)
  void badInputIsSaidInTwoLinesAndLeavesNothing(String option, String error, String hint)
      throws IOException {
    Path out = folder.resolve("out");
    Spoken said = train(out, option.split(" "));
    assertThat(said.code()).isEqualTo(2);
    List<String> lines = said.err().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("error: ").contains(error);
    assertThat(lines.getLast()).startsWith("hint: ").contains(hint);
    assertThat(out).doesNotExist();
  }

  @Test
  void aModelThatCannotBeTrainedIsNamedWithItsType() throws IOException {
    Path copy = folder.resolve("other.gguf");
    byte[] bytes = Files.readAllBytes(ModelFiles.standard().find("small-base"));
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.indexOf("general.architecture") + 20 + 4 + 8;
    byte[] other = "gemma".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    System.arraycopy(other, 0, bytes, at, other.length);
    Files.write(copy, bytes);
    Spoken said = train(folder.resolve("out"), "--model", copy.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is of the architecture gemma").contains("hint: take a plain");
  }

  @Test
  void outAndResumeAreChecked() throws IOException {
    List<Spoken> said = new ArrayList<>();
    said.add(Spoken.of("train", rows.toString()));
    said.add(Spoken.of("train", "--out", folder.resolve("new").toString()));
    said.add(train(folder));
    said.add(Spoken.of("train", "--resume", folder.toString()));
    said.add(Spoken.of("train", "--resume", folder.toString(), "--rate", "1"));
    assertThat(said).allSatisfy(each -> assertThat(each.code()).isEqualTo(2));
    assertThat(said.stream().map(each -> each.err().lines().findFirst().orElseThrow()))
        .containsExactly(
            "error: no --out",
            "error: no file of rows",
            "error: " + folder + " is there already",
            "error: " + folder + " is no folder of a training",
            "error: --resume with other options");
  }
}
