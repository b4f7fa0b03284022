package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Targets;
import criticalwindows.model.ToyModel;
import criticalwindows.reading.TrainingRows;
import criticalwindows.reading.Wording;
import criticalwindows.serve.ModelServer;
import criticalwindows.serve.ServeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `cw export weights`, `pairs` and `prefixes` of a run of a model that decides at its seventh
/// character, behind a server; and what `cw train` reads of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingCommandsTest {
  private static final int LENGTH = 12;
  private static final int DECIDES = 6;
  private static final int PROBLEMS = 3;
  private static final ToyModel MODEL = new ToyModel(new ToyModel.OneDecision(LENGTH, DECIDES, .5));

  private final Path folder;
  private final ModelServer server = ModelServer.start(MODEL, ServeOptions.loopback(0));
  private final String run;

  TrainingCommandsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < PROBLEMS; i++) {
      problems.add(
          "{\"task\": \"math\", \"question\": \"0 or 1? (" + i + ")\", \"answer\": \"1\"}");
    }
    Files.write(folder.resolve("mine.jsonl"), problems);
    this.run = run(PROBLEMS, "every:2", "8");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String run(int problems, String cuts, String samples) {
    String out = folder.resolve("run" + cuts.hashCode()).toString();
    Cli ran =
        Cli.run(
            words(
                "run cot --dataset %s --problems %d --model %s --cuts %s --samples %s --out %s"
                    .formatted(
                        folder.resolve("mine.jsonl"),
                        problems,
                        server.address(),
                        cuts,
                        samples,
                        out),
                "--max-tokens 40"));
    assertThat(ran.exit()).as(ran.err()).isZero();
    return out;
  }

  private static String[] words(String... lines) {
    return Stream.of(lines).flatMap(line -> Stream.of(line.split(" "))).toArray(String[]::new);
  }

  private Cli export(String table, String of, String more) {
    return Cli.run(words("export " + table + " " + of + " --trust-servers " + more));
  }

  private List<Example> read(String table, String name, String more) {
    Path out = folder.resolve(name);
    Cli done = export(table, run, "--json " + out + " " + more);
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.out()).contains("table  " + out);
    assertThat(out.resolve("README.md")).content().contains("| vocabulary_sha256 |");
    return TrainingRows.read(
        out.resolve(table + ".jsonl"),
        new TrainingRows.Reader(
            MODEL.vocabulary().size(), 4096, Optional.of(new Wording(MODEL)), ""));
  }

  @Test
  void theTrainerReadsWeightsOnTheTokensThatDecide() {
    List<Example> examples = read("weights", "w", "");
    assertThat(examples).hasSize(PROBLEMS);
    for (Example example : examples) {
      assertThat(example.kind()).isEqualTo(Example.Kind.WEIGHTED);
      Targets targets = example.passages().getFirst().targets();
      assertThat(targets.size()).isEqualTo(LENGTH);
      assertThat(targets.sum()).isCloseTo(LENGTH, within(1e-9));
      assertThat(targets.number(DECIDES)).isGreaterThan(LENGTH / 4.0);
      assertThat(targets.token(DECIDES)).isBetween((int) '0', (int) '1');
    }
    assertThat(folder.resolve("w").resolve("weighted_trainer.py")).content().contains("Padded");
  }

  @Test
  void theTrainerReadsPairs() {
    List<Example> tokens = read("pairs", "token", "");
    assertThat(tokens).hasSize(PROBLEMS);
    for (Example pair : tokens) {
      assertThat(pair.kind()).isEqualTo(Example.Kind.PAIR);
      assertThat(pair.passages().stream().map(side -> side.targets().token(0)).toList())
          .containsExactly((int) '1', (int) '0');
    }
    assertThat(read("pairs", "continuation", "--each 2 --level continuation"))
        .hasSize(2 * PROBLEMS)
        .allMatch(pair -> pair.kind() == Example.Kind.PAIR);
  }

  @Test
  void theTrainerReadsPrefixes() {
    List<Example> prefixes = read("prefixes", "pre", "");
    assertThat(prefixes).hasSize(PROBLEMS * LENGTH / 2);
    for (Example prefix : prefixes) {
      Targets counts = prefix.passages().getFirst().targets();
      assertThat(IntStream.range(0, counts.size()).mapToDouble(counts::number).sum()).isEqualTo(8);
    }
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  @Test
  void whatAServerDoesNotTellIsRefusedAndNothingIsLeftBehind() throws IOException {
    Path out = out("entropy");
    export("weights", run, "--rule entropy --json " + out)
        .assertUserError("the entropies at the tokens of", "--model FILE");
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left).isEmpty();
    }
    assertThat(export("weights", run, "--rule prob --json " + out).exit()).isZero();
    export("weights", run, "--rule prob --json " + out)
        .assertUserError("entropy is not empty", "name a new folder");
  }

  @Test
  void wrongWordsAreRefusedInTwoLines() {
    String to = "--json " + out("never");
    export("weights", run, "--rule windows " + to)
        .assertUserError("no rule named windows", "there is: window");
    export("weights", run, "--rule window --ratio " + run + " " + to)
        .assertUserError("--ratio, and --rule window", "--rule ratio");
    export("weights", run, "--rule ratio --ratio " + run + " " + to)
        .assertUserError("is no run of likelihood ratios", "cw run ratio");
    export("weights", run, "--redact " + to)
        .assertUserError("which are to be blurred", "--no-redact");
    export("prefixes", run, "").assertUserError("no format is named", "--json DIR");
    export("pairs", run, "--layout pts --level continuation " + to)
        .assertUserError("--layout pts with --level continuation", "--layout trl");
    export("pairs", run, "--each 0 " + to).assertUserError("--each 0", "at least 1");
    export("pairs", run, "--want refused " + to)
        .assertUserError("no two ways on from a window", "another class with --want");
    export("pairs", run, "--outcome refusal --want maybe " + to)
        .assertUserError("--want maybe: the outcome refusal has no such class", "docs/outcomes.md");
    Cli.run("export").assertUserError("no run is named", "cw export RUN");
  }

  @Test
  void withoutAWindowThereIsNothingToWeigh() {
    String flat = run(1, ".5", "1");
    String to = "--json " + out("flat");
    export("weights", flat, to).assertUserError("no window of", "--all");
    export("pairs", flat, to).assertUserError("no window of", "sample more");
    Cli all = export("weights", flat, "--all --rule random " + to);
    assertThat(all.out()).contains("responses: 1,").contains("not chosen: 0");
  }
}
