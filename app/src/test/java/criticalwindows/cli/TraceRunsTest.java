package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.reading.Texts;
import criticalwindows.reading.TraceFiles;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `cw run trace` on the smallest built-in model, and every command that reads such a run.
class TraceRunsTest {
  private static final String TEXTS =
      """
      {"id": "yes", "messages": [{"role": "user", "content": "Say yes or no."}],\
       "response": "I think the answer is yes.", "outcome": "yes"}
      {"id": "king", "prompt": "Once upon a time", "completion": " there was a king. The end."}
      {"id": "none", "messages": [{"role": "user", "content": "Say yes or no."}]}
      """;

  @TempDir static Path folder;
  private static Path texts = Path.of("");
  private static Path run = Path.of("");
  private static Cli begun = Cli.run("--version");

  @BeforeAll
  static void sample() throws IOException {
    texts = folder.resolve("texts.jsonl");
    Files.writeString(texts, TEXTS);
    run = folder.resolve("run");
    begun = trace(run, "--outcome", "pattern:(yes|king|no)", "--outcome", "length:6");
  }

  private static Cli trace(Path out, String... more) {
    return trace(texts, out, more);
  }

  private static Cli trace(Path file, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("run", "trace", file.toString()));
    words.addAll(List.of("--model", "small-base", "--max-tokens", "24", "--out", out.toString()));
    words.addAll(List.of("--cuts", "0,0.5", "--samples", "4", "--memory", "300M"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }

  private static Map<Key, String> written(Path of) {
    Map<Key, String> written = new TreeMap<>();
    try (RunFolder opened = RunFolder.open(of)) {
      opened
          .ledger()
          .forEach((problem, rows) -> rows.forEach(row -> written.put(row.key(), row.text())));
    }
    return written;
  }

  private static Cli done(String... words) {
    Cli cli = Cli.run(words);
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli;
  }

  @Test
  void everyTextIsCutAndWrittenOn() {
    assertThat(begun.exit()).as(begun.err()).isZero();
    assertThat(written(run)).hasSize(3 * (1 + 2 * 4));
    assertThat(begun.out())
        .contains("Texts: small-base on " + texts)
        .contains("outcomes: pattern:(yes|king|no); length:6")
        .contains("off-policy: 2 of 2 given responses")
        .doesNotContain("early")
        .doesNotContain("direct right");
    try (RunFolder opened = RunFolder.open(run)) {
      Sample given = opened.ledger().samples("yes").getFirst();
      assertThat(given.text()).isEqualTo("I think the answer is yes.");
      assertThat(given.predictions()).hasSize(given.tokens().size());
    }
  }

  @Test
  void eachOutcomeHasAColumn() {
    String table = done("show", run.toString()).out();
    // The recorded outcome is what is right.
    assertThat(table.lines().filter(line -> line.startsWith("  yes")).findFirst().orElseThrow())
        .contains("yes", "≥ 6 wor")
        .doesNotContain("≠");
    assertThat(table).contains("original right", "1 of 1").doesNotContain("direct right");
    assertThat(table.lines().filter(line -> line.startsWith("  king")).findFirst().orElseThrow())
        .contains("king", "≥ 6 wor");
    String other = done("show", run.toString(), "--outcome", "contains:zebra").out();
    assertThat(other).contains("does no").doesNotContain("≥ 6 wor");
  }

  @Test
  void everyReaderOfRunsReadsIt() throws IOException {
    Path page = folder.resolve("page.html");
    done("report", run.toString(), "--out", page.toString());
    assertThat(page).content().contains("length:6").contains("Texts: small-base");
    done("explain", run.toString());
    done("explain", run.toString(), "yes");
    done("theory", run.toString());
    assertThat(done("regrade", run.toString(), "--outcome", "contains:yes").out())
        .contains("outcome   contains:yes");
    Path tables = folder.resolve("tables");
    done("export", run.toString(), "--json", tables.toString());
    assertThat(tables.resolve("samples.jsonl")).content().contains("\"answer\":\"king\"");
    Path figures = folder.resolve("figures");
    done("plot", run.toString(), "--out", figures.toString());
    assertThat(figures.resolve("curves.csv")).exists();
  }

  @Test
  void inPiecesAndSharesItComesToTheSame() {
    Path pieces = folder.resolve("pieces");
    trace(
        pieces,
        "--outcome",
        "pattern:(yes|king|no)",
        "--outcome",
        "length:6",
        "--budget",
        "9-rollouts");
    assertThat(written(pieces)).hasSizeLessThan(27);
    done("resume", pieces.toString());
    assertThat(written(pieces).keySet()).isEqualTo(written(run).keySet());
    Path merged = folder.resolve("merged");
    for (String share : List.of("1/2", "2/2")) {
      Cli part =
          trace(
              folder.resolve("part" + share.charAt(0)),
              "--outcome",
              "pattern:(yes|king|no)",
              "--outcome",
              "length:6",
              "--shard",
              share);
      assertThat(part.exit()).as(part.err()).isZero();
    }
    done(
        "merge",
        folder.resolve("part1").toString(),
        folder.resolve("part2").toString(),
        "--out",
        merged.toString());
    assertThat(written(merged).keySet()).isEqualTo(written(run).keySet());
  }

  @Test
  void aSearchChoosesItsCuts() {
    Path searched = folder.resolve("searched");
    List<String> words =
        List.of(
            "run",
            "trace",
            texts.toString(),
            "--model",
            "small-base",
            "--max-tokens",
            "24",
            "--adaptive",
            "--rollouts-per-problem",
            "20",
            "--outcome",
            "contains:yes",
            "--out",
            searched.toString());
    done(words.toArray(String[]::new));
    assertThat(done("show", searched.toString(), "--why", "yes").out())
        .contains("A coarse grid first");
  }

  @Test
  void aTranscriptIsCutAtItsTurns() throws IOException {
    Path chats = folder.resolve("chats.jsonl");
    Files.writeString(
        chats,
        """
        {"id": "chat", "messages": [{"role": "user", "content": "Say yes or no."},\
         {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "Sure?"},\
         {"role": "assistant", "content": "No, I am not."}]}
        """);
    Path turns = folder.resolve("turns");
    List<String> words = new ArrayList<>(List.of("run", "trace", chats.toString()));
    words.addAll(List.of("--model", "small-base", "--max-tokens", "24", "--out", turns.toString()));
    words.addAll(List.of("--cuts", "turns", "--samples", "3", "--outcome", "contains:yes"));
    String table = done(words.toArray(String[]::new)).out();
    assertThat(written(turns).keySet().stream().map(Key::item).distinct())
        .containsExactlyInAnyOrder("chat/turn-1", "chat/turn-2");
    // Neither calls a tool: each is cut where it begins and nowhere else.
    assertThat(written(turns))
        .hasSize(2 * (1 + 3))
        .allSatisfy((key, t) -> assertThat(key.kept()).isZero());
    assertThat(table).contains("turns, 3 continuations at each");
    assertThat(table.indexOf("chat/turn-1")).isBetween(0, table.indexOf("chat/turn-2"));
    assertThat(done("report", turns.toString()).exit()).isZero();
    try (RunFolder opened = RunFolder.open(turns)) {
      assertThat(opened.ledger().problems().getLast().question())
          .isEqualTo("user: Say yes or no.\n\nassistant: Yes.\n\nuser: Sure?");
    }
  }

  @Test
  void aDryRunWritesNothing() {
    Path none = folder.resolve("none");
    Cli dry = trace(none, "--outcome", "contains:yes", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out()).containsPattern("rollouts +27\\b");
    assertThat(none).doesNotExist();
  }

  /// A log of Inspect: of three samples one ended by an error.
  @Test
  void filesOfOtherToolsAreReadAsTheyAre() throws IOException {
    String said = ", \"messages\": [{\"role\": \"user\", \"content\": \"Say yes or no.\"},";
    String answer = " {\"role\": \"assistant\", \"content\": \"I say yes.\"}]";
    Path log = folder.resolve("log.json");
    Files.writeString(
        log,
        "{\"version\": 2, \"eval\": {\"task\": \"t\"}, \"samples\": [{\"id\": \"one\", \"epoch\": 1"
            + (said + answer + ", \"scores\": {\"match\": {\"value\": \"C\"}}}, {\"id\": \"one\"")
            + (", \"epoch\": 2" + said + answer + "}, {\"id\": \"bad\"" + said + answer)
            + ", \"error\": {\"message\": \"no network\"}}]}");
    Path out = folder.resolve("inspect");
    String outcome = "pattern:(yes|no)";
    Cli cli = trace(log, out, "--outcome", outcome);
    assertThat(cli.exit()).as(cli.err()).isZero();
    assertThat(cli.err().lines())
        .contains(
            "note: 1 of 3 texts left out: it ended by an error (sample bad)",
            "note: the file's scores, such as C, grade the responses; only the outcomes of a"
                + " program: are compared with them");
    assertThat(done("show", out.toString()).out())
        .contains("one#2")
        .doesNotContain("original right");
    assertThat(written(out)).hasSize(2 * (1 + 2 * 4));
    assertThat(trace(log, folder.resolve("x"), "--outcome", outcome, "--layout", "vllm").err())
        .contains("error: " + log + ", line 1: it has neither outputs nor choices");
  }

  /// What Inspect requires of a log is there, and a log is read back as the texts it was made of.
  @Test
  void aRunIsALogOfInspect() throws IOException {
    for (String name : List.of("log.eval", "out.json")) {
      Path log = folder.resolve(name);
      assertThat(done("export", run.toString(), "--inspect", log.toString()).out())
          .contains("inspect  " + log);
      Texts texts = TraceFiles.read(log);
      assertThat(texts.layout()).isEqualTo("inspect");
      assertThat(texts.notes()).isEmpty();
      assertThat(texts.traces().stream().map(trace -> trace.id().orElseThrow()))
          .containsExactly("yes", "king", "none");
      assertThat(texts.traces().getFirst().source())
          .isEqualTo(new Sources.Text("I think the answer is yes."));
    }
    JsonNode log = JsonMapper.shared().readTree(Files.readString(folder.resolve("out.json")));
    assertThat(log.propertyNames())
        .containsExactly("version", "status", "eval", "plan", "results", "stats", "samples");
    assertThat(log.path("eval").propertyNames())
        .contains("created", "task", "dataset", "model", "config");
    JsonNode sample = log.path("samples").path(0);
    assertThat(sample.propertyNames())
        .contains("id", "epoch", "input", "target", "messages", "output", "scores");
    JsonNode score = sample.path("scores").path("critical_window");
    assertThat(score.path("value").asDouble()).isBetween(0.0, 1.0);
    assertThat(score.path("answer").asString()).isEqualTo("yes");
    assertThat(score.path("metadata").path("outcome").asString())
        .isEqualTo("pattern:(yes|king|no)");
    assertThat(score.path("metadata").path("place_low").asDouble())
        .isLessThanOrEqualTo(score.path("metadata").path("place_high").asDouble());
    assertThat(score.path("metadata").path("curve")).hasSize(2);
    try (ZipFile zip = new ZipFile(folder.resolve("log.eval").toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "_journal/start.json",
              "samples/yes_epoch_1.json",
              "samples/king_epoch_1.json",
              "samples/none_epoch_1.json",
              "summaries.json",
              "header.json");
    }
    Path scores = folder.resolve("scores.jsonl");
    done("export", run.toString(), "--inspect", scores.toString());
    JsonNode line = JsonMapper.shared().readTree(Files.readAllLines(scores).getFirst());
    assertThat(line.path("id").asString()).isEqualTo("yes");
    assertThat(line.path("epoch").asInt()).isEqualTo(1);
    assertThat(line.path("value")).isEqualTo(score.path("value"));
    assertThat(line.path("metadata")).isEqualTo(score.path("metadata"));
    refused(
        Cli.run("export", run.toString(), "--inspect", scores.toString()),
        scores + " is there already",
        "name a new file");
    refused(
        Cli.run("export", run.toString(), "--inspect", "log.txt"),
        "--inspect log.txt ends in none of .eval, .json and .jsonl",
        "name a log FILE.eval or FILE.json, or scores for precomputed_scores, FILE.jsonl");
  }

  private static void refused(Cli cli, String error, String hint) {
    assertThat(cli.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(cli.err().lines()).contains("error: " + error, "hint: " + hint);
  }

  @Test
  void whatCannotBeSaysWhyInTwoLines() {
    Path none = folder.resolve("refused");
    refused(
        trace(none),
        "no outcome is named",
        "say what responses come to, such as --outcome 'contains:sorry|cannot' or --outcome"
            + " 'pattern:answer is (\\w+)'");
    refused(
        trace(none, "--outcome", "contains:yes", "--stop-at", "<nowhere>"),
        "--stop-at <nowhere>: small-base has no such control token",
        "name one of its vocabulary, as its chat template writes it");
    refused(
        Cli.run(
            "run",
            "trace",
            texts.toString(),
            "--model",
            "small-base",
            "--outcome",
            "contains:yes",
            "--cuts",
            "thinking",
            "--out",
            none.toString()),
        "small-base has no tokens <think> and </think>",
        "name those between which it thinks with --think-markers OPEN,CLOSE, or cut otherwise");
    refused(
        trace(none, "--outcome", "contains:yes", "--think-markers", "<a>,<b>"),
        "small-base has no tokens <a> and <b>",
        "name those between which it thinks with --think-markers OPEN,CLOSE, or cut otherwise");
    refused(
        trace(none, "--outcome", "contains:yes", "--think-markers", "<think>"),
        "--think-markers <think>: give two names with a comma between them, not <think>",
        "such as --think-markers '<think>,</think>'");
    refused(Cli.run("run", "cot", "--think", "0"), "--think 0", "give at least 1 token");
    refused(
        Cli.run("run", "cot", "--model", "small-base", "--problems", "1", "--think", "9"),
        "--think 9: small-base has no tokens <think> and </think>",
        "name those between which it thinks with --think-markers OPEN,CLOSE, or leave --think out");
    refused(
        Cli.run("run", "cot", "--cuts", "turns"),
        "--cuts turns is for conversations that exist already",
        "give them to cw run trace, or cut otherwise");
    refused(
        Cli.run("regrade", run.toString(), "--equality", "order=kept"),
        "policies on equality are about answers, and " + run + " is about pattern:(yes|king|no)",
        "name what to read it by with --outcome");
    for (String command : List.of("audit", "intervene")) {
      refused(
          Cli.run(command, run.toString()),
          "cw " + command + " is for replies to a question, and " + run + " is about given texts",
          "see it with: cw show " + run);
    }
    refused(
        Cli.run("resume", run.toString(), "--outcome", "contains:yes"),
        "--outcome, and " + run + " began with pattern:(yes|king|no), length:6",
        "leave it out; read the run by another one with cw show --outcome");
    assertThat(none).doesNotExist();
  }

  /// Scores are means with intervals; the program is not needed to show them.
  @Test
  void whatAProgramSaidIsShownAndExportedWithoutIt() throws IOException {
    Path judge =
        Files.writeString(
            folder.resolve("judge.sh"),
            """
            while read -r line; do
              case $line in
                *answer*) echo '{"score": 0.75}' ;;
                *) echo '{"score": 0.25}' ;;
              esac
            done
            """);
    Path scored = folder.resolve("scored");
    Cli first = trace(scored, "--outcome", "program@0.5:sh " + judge);
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out())
        .containsPattern("original score +0\\.[0-9]+ \\[0\\.[0-9]+, .*\\], the mean of 3 responses")
        .containsPattern("  yes +.*≥ 0.5 +.* 0.75, 0\\.[0-9]+→0\\.[0-9]+ ");
    for (List<String> samples :
        List.of(
            List.of("resume", scored.toString()),
            List.of("intervene", scored.toString(), "--check"),
            List.of("run", "edit", scored.toString(), "yes", "--at", "1", "--redraw", "2"))) {
      Cli.run(samples.toArray(String[]::new)).assertUserError("does not start", "--outcome");
    }
    Files.delete(judge);
    String shown = done("show", scored.toString()).out();
    assertThat(first.out()).contains(String.join("\n", sessionless(shown).subList(4, 12)));
    Path csv = folder.resolve("csv");
    done("export", scored.toString(), "--csv", csv.toString());
    assertThat(Files.readString(csv.resolve("samples.csv")).lines().findFirst().orElseThrow())
        .contains(",score,");
    assertThat(Files.readString(csv.resolve("points.csv"))).contains("score_low,score_high");
  }

  private static Cli edit(String... more) {
    List<String> words = new ArrayList<>(List.of("run", "edit", run.toString(), "yes"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }

  @Test
  void aResponseIsEditedAndGoesOn() {
    String shown = done("show", run.toString()).out();
    Cli replaced = edit("--at", "3-4", "--replace", " say: no", "--samples", "3");
    assertThat(replaced.exit()).as(replaced.err()).isZero();
    assertThat(replaced.out())
        .contains("  item       yes", "  tokens 3 to 4 “", "  instead    “say: no”", " of 3 ");
    Cli drawn = edit("--at", "2", "--redraw", "3");
    assertThat(drawn.exit()).as(drawn.err()).isZero();
    assertThat(drawn.out()).containsPattern("drawn anew until it differed: [1-3] of [0-9]+ draws");
    Cli again = edit("--at", "2", "--redraw", "3", "--model", "nowhere");
    assertThat(again.out()).as(again.err()).isEqualTo(drawn.out());
    assertThat(sessionless(done("show", run.toString()).out())).isEqualTo(sessionless(shown));
    Cli checked = done("intervene", run.toString(), "--check", "--samples", "2");
    assertThat(checked.out()).containsPattern("windows    [0-3] of 3 have one");
  }

  private static List<String> sessionless(String shown) {
    return shown.lines().filter(line -> !line.startsWith("  sessions: ")).toList();
  }

  @Test
  void anEditThatCannotBeMadeHasItsMend() {
    edit("--at", "0", "--redraw", "2").assertUserError("--at 0", "1 to ");
    edit("--at", "200", "--redraw", "2").assertUserError("--at 200", "1 to ");
    edit("--at", "many", "--redraw", "2").assertUserError("--at many", "such as 3-5");
    edit("--at", "1-2", "--redraw", "2").assertUserError("--at 1-2 with --redraw", "one token");
    edit("--at", "1").assertUserError("neither --replace nor --redraw", "one of them");
    edit("--at", "1", "--redraw", "0").assertUserError("--redraw 0", "at least 1");
    edit("--at", "1", "--redraw", "2", "--samples", "3").assertUserError("--samples", "--redraw N");
    edit("--at", "1", "--redraw", "2", "--replace", "x").assertUserError("--replace and", "one of");
    Cli.run("run", "edit", run.toString(), "nobody", "--at", "1", "--redraw", "2")
        .assertUserError("nobody", "as show lists them");
  }
}
