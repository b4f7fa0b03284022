package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of docs/commands.md: every command and option with a tiny run of every experiment. The
/// model is a server with answers of its own, so that all take a few seconds.
class CommandTableTest {
  private static final String PROBLEMS =
      """
      {"task": "math", "question": "What is 2 + 2?", "answer": "4"}
      {"task": "math", "question": "What is 2 + 3?", "answer": "5"}
      """;

  private static final String TEXTS =
      """
      {"id": "yes", "prompt": "Say yes or no:", "completion": " I think yes."}
      {"id": "no", "prompt": "Say no or yes:", "completion": " I think no."}
      """;

  private static final String SHARES =
      """
      [{"id": "sum", "question": "What is 2 + 2?", "response": "It is 5 now", "is_correct": false,
        "response_tokens": ["It", " is", " 5", " now"], "response_token_ids": [5, 6, 7, 8],
        "all_position_scores": [0.75, 0.75, 0.0]}]
      """;

  /// A run does not name a server that nobody has named here.
  private static final String TRUST = "--trust-servers";

  @TempDir Path folder;
  private int outputs;

  /// An experiment of the table's head, as it is begun.
  private record Begun(String name, List<String> words, List<String> cuts) {
    /// Whether there are no shares of it.
    boolean whole() {
      return name.matches("import|ratio");
    }
  }

  @Test
  void everyCellOfTheTableIsTrue() throws IOException {
    List<List<String>> table = table();
    try (StubServer stub = StubServer.start(StubOptions.instant().stopping(20))) {
      List<Begun> experiments = experiments(stub.address().toString());
      assertThat(table.getFirst().subList(1, table.getFirst().size()))
          .isEqualTo(experiments.stream().map(Begun::name).toList());
      SoftAssertions cells = new SoftAssertions();
      for (Begun experiment : experiments) {
        String run = out();
        Cli begun = Cli.run(begin(experiment, run));
        assertThat(begun.exit()).as(experiment + begun.err()).isZero();
        int column = 1 + experiments.indexOf(experiment);
        for (List<String> row : table.subList(1, table.size())) {
          String said = said(row.getFirst(), experiment, run);
          cells
              .assertThat(said)
              .as(experiment.name() + " × " + row.getFirst())
              .isEqualTo(row.get(column));
        }
      }
      cells.assertAll();
    }
  }

  /// What a cell has to say.
  private String said(String command, Begun experiment, String run) {
    Cli cli = Cli.run(words(command, experiment, run));
    if (cli.exit() == 0) {
      return "works";
    }
    assertThat(cli.exit())
        .as(command + " × " + experiment.name() + cli.err())
        .isEqualTo(Exit.USER_ERROR);
    assertThat(cli.err().lines().filter(line -> line.startsWith("hint: "))).hasSize(1);
    String error =
        cli.err().lines().filter(line -> line.startsWith("error: ")).findFirst().orElseThrow();
    return "no: " + error.substring("error: ".length()).replace(run, "RUN");
  }

  private String[] words(String command, Begun experiment, String run) {
    String first = command.replaceAll("`|^cw ", "");
    return switch (first) {
      case "plot" -> new String[] {first, run, "--out", out()};
      case "export" -> new String[] {first, run, "--json", out()};
      case "export weights" ->
          new String[] {
            "export", "weights", run, "--all", "--rule", "uniform", "--json", out(), TRUST
          };
      case "export prefixes" -> new String[] {"export", "prefixes", run, "--json", out(), TRUST};
      case "report" -> new String[] {first, run, "--out", out()};
      case "regrade" -> regrade(experiment, run);
      case "intervene" -> new String[] {first, run, "--samples", "1", TRUST};
      case "intervene --check" ->
          new String[] {"intervene", run, "--check", "--samples", "1", TRUST};
      case "run edit" ->
          new String[] {
            "run", "edit", run, item(run), "--at", "1", "--replace", "x", "--samples", "1", TRUST
          };
      case "compare" -> new String[] {first, run, run};
      case "merge" -> merge(experiment, run);
      case "--shard" -> begin(experiment, out(), first, "1/2");
      case "--budget" -> begin(experiment, out(), first, "3-rollouts");
      case "--dry-run" -> begin(experiment, out(), first);
      case "--adaptive" -> adaptive(experiment);
      // It was begun at a server.
      case "servers", "resume" -> resume(run);
      default -> new String[] {first, run};
    };
  }

  private static String[] resume(String run) {
    return new String[] {"resume", run, TRUST};
  }

  private static String[] regrade(Begun experiment, String run) {
    return switch (experiment.name()) {
      case "trace" -> new String[] {"regrade", run, "--outcome", "contains:no"};
      case "import" -> new String[] {"regrade", run, "--outcome", "recorded"};
      default -> new String[] {"regrade", run};
    };
  }

  private String[] merge(Begun experiment, String run) {
    if (experiment.whole()) {
      return new String[] {"merge", run, run, "--out", out()};
    }
    List<String> shares = new ArrayList<>(List.of("merge"));
    for (String share : List.of("1/2", "2/2")) {
      String part = out();
      Cli begun = Cli.run(begin(experiment, part, "--shard", share));
      assertThat(begun.exit()).as(begun.err()).isZero();
      shares.add(part);
    }
    shares.addAll(List.of("--out", out()));
    return shares.toArray(String[]::new);
  }

  private String[] adaptive(Begun experiment) {
    List<String> words = new ArrayList<>(experiment.words());
    words.addAll(List.of("--adaptive", "--out", out()));
    if (experiment.name().matches("cot.*|trace")) {
      words.addAll(List.of("--rollouts-per-problem", "10"));
    }
    return words.toArray(String[]::new);
  }

  private static String[] begin(Begun experiment, String out, String... more) {
    return Stream.of(experiment.words(), experiment.cuts(), List.of("--out", out), List.of(more))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  private static String item(String run) {
    try (RunFolder opened = RunFolder.open(Path.of(run))) {
      return opened.ledger().problems().getFirst().id();
    }
  }

  private String out() {
    outputs++;
    return folder.resolve("out" + outputs).toString();
  }

  private List<Begun> experiments(String url) throws IOException {
    List<String> cuts = List.of("--cuts", "0,.5", "--samples", "2");
    List<String> server = List.of("--model", url);
    Map<String, List<String>> begun = new LinkedHashMap<>();
    String two = "--problems 2 --max-tokens 120";
    begun.put("cot", words("run cot --dataset " + file("mine.jsonl", PROBLEMS) + " " + two));
    begun.put("cot on the world", words("run cot --dataset world:method " + two));
    begun.put("form", words("run form --dataset world:forms --problems 2 --texts 3 --samples 1"));
    begun.put(
        "trace",
        words(
            "run trace " + file("texts.jsonl", TEXTS) + " --max-tokens 24 --outcome contains:yes"));
    List<Begun> all = new ArrayList<>();
    begun.forEach(
        (name, words) ->
            all.add(
                new Begun(
                    name,
                    Stream.concat(words.stream(), server.stream()).toList(),
                    name.equals("form") ? List.of() : cuts)));
    String texts = folder.resolve("texts.jsonl").toString();
    String pair = " --benign none --aligned " + url + " --unaligned " + url;
    all.add(new Begun("ratio", words("run ratio " + texts + pair), List.of()));
    String shares = file("shares.json", SHARES);
    all.add(new Begun("import", words("import cliff-tokens " + shares + " --n 16"), List.of()));
    return all;
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /// The cells of the only table in the document, its head first.
  private static List<List<String>> table() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path document = Path.of("docs", "commands.md");
    Path root = Files.exists(here.resolve(document)) ? here : here.getParent();
    return Files.readAllLines(root.resolve(document)).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("|--"))
        .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }
}
