package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every user error is two lines and exit code 2, and leaves nothing behind.
class UserErrorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run cot --model bse | no model named bse | base",
        "run cot --model small_base | no model named small_base | small-base",
        "run cot --dataset world:metod | no data set named world:metod | world:method",
        "run cot --dataset world:method:x | no data set named world:method:x | world:method",
        "run cot --dataset truthful | no data set named truthful | a path to a file of problems",
        "run cot --dataset world:requests | for the experiment prefill | cw datasets show",
        "run cot --problems all | all problems of world | --problems 100",
        "datasets show wold | no data set named wold | world",
        "datasets show world --n 0 | --n 0 | at least 1",
        "run cot --cuts 0.5,1.0 | a cut keeps a fraction in [0, 1), not 1.0 | every:1",
        "run cot --cuts .5,.3 | cuts go from small to large, but .3 follows .5 | growing",
        "run cot --cuts every:0 | at least one token apart | every:1",
        "run cot --samples 0 | --samples 0 | at least 1",
        "run cot --samples 3000000000 | 3000000000' is too large a number | cw run cot --help",
        "run cot --temperature warm | warm' is not such a number | cw run cot --help",
        "run cot --seed 1.5 | 1.5' is not such a number | cw run cot --help",
        "run cot --dataset no/such | there is no file no/such | check the path",
        "run cot --model no/such | there is no file no/such | check the path",
        "run cot --problems 0 | --problems 0 | all",
        "run cot --problems x | --problems x | all",
        "run cot --temperature -1 | a temperature is in [0, 100], not -1.0 | in these ranges",
        "run cot --top-p 0 | top-p is in (0, 1], not 0.0 | in these ranges",
        "run cot --max-tokens 0 | --max-tokens 0 | at least 1",
        "run cot --memory lots | --memory lots | 12G",
        "run cot --memory 1M | memory | more memory",
        "run cot --threads 0 | 0 threads | 1 and 512",
        "run cot --colour red | --colour | cw run cot --help",
        "shw | shw | cw --help",
        "show nowhere | nowhere | run",
        "resume nowhere | nowhere | run",
        "report nowhere | nowhere | run",
        "export-gguf nowhere --out x.gguf | there is no config.json in nowhere | config.json",
        "export-gguf nowhere --out pom.xml | pom.xml is there already | new file",
        "export-gguf nowhere --out x.gguf --type q4 | F32, F16, BF16, Q8_0 | cw export-gguf --help",
        "export-shards --tokens 0 --tokenizer ../organism --out x | 0.0 tokens | 1 to 200e9",
        "export-shards --tokens 1e18 --tokenizer ../organism --out x | 1.0E18 tokens | 1 to 200e9",
        "export-shards --tokens many --tokenizer ../organism --out x | many | cw export-shards"
            + " --help",
        "export-shards --tokens 1 --threads 0 --tokenizer ../organism --out x | 0 threads | 1 to"
            + " 1024",
        "export-shards --tokens 1 --tokenizer nowhere --out x | tokenizer.json | tokenizer.json",
        "audit nowhere | nowhere | run",
        "regrade nowhere | nowhere | run",
        "regrade nowhere --equality percent=half | percent=half is not one of number, fraction,"
            + " kept | name=value",
        "regrade nowhere --equality colour=red | there is no policy colour, but percent, units |"
            + " name=value",
        "audit nowhere --equality digits=99 | digits=99 is not from 0 (exact) to 30 | name=value",
        "bench grading --data nowhere | grader_cases.jsonl cannot be read | --data",
        "bench engine --models C | no model to bench named C | base",
      })
  void eachHasItsMend(String command, String error, String hint) throws IOException {
    Cli result = Cli.run(withOut(command));
    assertUserError(result, error.replace(".3 follows .5", "0.3 follows 0.5"), hint);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run cot --adaptive --cuts .5 | --adaptive with --cuts or --samples | leave those out",
        "run cot --width .1 | without --adaptive | add --adaptive",
        "run cot --adaptive --width 2 | --width 2.0 | (0, 1]",
        "run cot --adaptive --confidence 1 | --confidence 1.0 | 0.5 to 0.99",
        "run cot --adaptive --rollouts-per-problem 0 | --rollouts-per-problem 0 | at least 1",
        "bench localise --model base --dataset nowhere | nowhere | world",
      })
  void aSearchSaysWhatItCannotDo(String command, String error, String hint) throws IOException {
    eachHasItsMend(command, error, hint);
  }

  private String[] withOut(String command) {
    String[] words = command.split(" ");
    return command.startsWith("run cot")
        ? Stream.concat(Arrays.stream(words), Stream.of("--out", folder.resolve("run").toString()))
            .toArray(String[]::new)
        : words;
  }

  /// As cron and Slurm start programs; `./cw` sets another locale before it comes to this.
  @Test
  void aNameThatTheLocaleCannotWriteSaysWhatToSet() throws Exception {
    assertThat(show("C"))
        .contains("no file can have the name runs/")
        .contains("LC_ALL=C.UTF-8")
        .contains("hint: see: cw show --help")
        .doesNotContain("Exception");
    assertThat(show("C.UTF-8")).contains("/runs/\u00e9/run.json").doesNotContain("LC_ALL");
  }

  /// Shows a run whose name has a letter of two bytes, whatever this process's own locale.
  private String show(String locale) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    command.add("exec \"$0\" \"$@\" \"$(printf 'runs/\\303\\251')\"");
    command.addAll(Cli.command("show"));
    Path log = folder.resolve("log");
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("LC_ALL", locale);
    process.redirectErrorStream(true).redirectOutput(log.toFile());
    assertThat(process.start().waitFor()).as(() -> log.toString()).isEqualTo(2);
    return Files.readString(log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "random", "empty", "folder"})
  void aFileThatIsNoModelIsNamed(String kind) throws IOException {
    Path model = folder.resolve("broken.gguf");
    byte[] noise = new byte[100_000];
    new SplittableRandom(1).nextBytes(noise);
    switch (kind) {
      case "truncated" -> {
        Path whole = criticalwindows.hub.ModelFiles.standard().find("base");
        Files.write(model, Arrays.copyOf(Files.readAllBytes(whole), 1_000_000));
      }
      case "random" -> Files.write(model, noise);
      case "empty" -> Files.write(model, new byte[0]);
      default -> Files.createDirectory(model);
    }
    Path run = folder.resolve("run");
    Cli result = Cli.run("run", "cot", "--model", model.toString(), "--out", run.toString());
    assertUserError(result, "broken.gguf", "");
    assertThat(run).doesNotExist();
  }

  @Test
  void aProblemLongerThanTheContextIsNamed() throws IOException {
    Path file = folder.resolve("long.jsonl");
    String question = "How many stamps? ".repeat(400);
    Files.writeString(
        file,
        "{\"task\":\"math\",\"question\":\"" + question + "\",\"choices\":[],\"answer\":\"4\"}\n");
    Cli result =
        Cli.run(
            "run", "cot", "--dataset", file.toString(), "--out", folder.resolve("run").toString());
    assertUserError(result, "longer than the context of base, 512 tokens", "longer context");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aFolderThatIsNotEmptyIsNotWrittenTo() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("thesis.tex"), "precious");
    assertUserError(Cli.run(Cli.small(run)), "is not empty", "name a new folder");
    assertThat(run.toFile().list()).hasSize(1);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertUserError(Cli.run(Cli.small(file.resolve("run"))), "file", "");
  }

  @Test
  void promptsWithoutASectionAreRefusedByName() throws IOException {
    Path prompts = Files.writeString(folder.resolve("prompts.txt"), "# mine\n[system]\nHello.\n");
    Cli result = Cli.run("run", "cot", "--prompts", prompts.toString());
    assertUserError(result, "no section [reason]", "standard.txt");
  }

  @Test
  void helpIsEverywhereWithExamples() {
    for (String command : new String[] {"", "run", "bench"}) {
      assertThat(Cli.run((command + " --help").strip().split(" ")).out()).contains("Usage: cw");
    }
    for (String command :
        new String[] {
          "run cot",
          "resume",
          "show",
          "report",
          "export",
          "export weights",
          "export pairs",
          "export prefixes",
          "plot",
          "datasets",
          "datasets show",
          "bench engine",
          "export-gguf",
          "export-shards"
        }) {
      Cli result = Cli.run((command + " --help").split(" "));
      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("Usage: cw " + command).contains("Example");
    }
  }

  @Test
  void theVersionNamesVersionCommitAndEngine() {
    assertThat(Cli.run("--version").out()).contains("cw ", "commit ", "engine llama.cpp 0.5.0");
  }

  private static void assertUserError(Cli result, String error, String hint) {
    assertThat(result.exit()).as(result.err()).isEqualTo(Exit.USER_ERROR);
    assertThat(result.err().lines().filter(line -> !line.startsWith("run: "))).hasSize(2);
    assertThat(result.err().lines().filter(line -> line.startsWith("error: ")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(error));
    assertThat(result.err().lines().filter(line -> line.startsWith("hint: ")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(hint));
  }
}
