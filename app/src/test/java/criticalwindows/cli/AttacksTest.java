package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Request;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.hub.WorldRequests;
import criticalwindows.rollout.Key;
import criticalwindows.store.RunFolder;
import criticalwindows.world.Policy;
import criticalwindows.world.RequestPosterior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cw attacks`, and a run of what it builds.
class AttacksTest {
  private static final String[] RUN = {
    "--model",
    "small-aligned",
    "--outcome",
    "refusal",
    "--max-tokens",
    "60",
    "--cuts",
    "0",
    "--samples",
    "1",
    "--out"
  };

  @TempDir Path folder;

  private static Cli done(String... words) {
    Cli cli = Cli.run(words);
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli;
  }

  private Cli build(String out, String... more) {
    List<String> words = new ArrayList<>(List.of("attacks", "build"));
    words.addAll(List.of(more));
    words.addAll(List.of("--out", folder.resolve(out).toString()));
    return Cli.run(words.toArray(String[]::new));
  }

  @Test
  void whatIsBuiltIsRunAndItsExactProbabilitiesAreFoundByTheIdOfEachItem() {
    Cli built =
        build(
            "a.jsonl",
            "--requests",
            "world:11",
            "--requests",
            "world-harmless:11",
            "--attack",
            "none,prefill,many-shot",
            "--n",
            "2");
    assertThat(built.exit()).as(built.err()).isZero();
    Path file = folder.resolve("a.jsonl");
    assertThat(built.out())
        .isEqualTo(
            "12 texts in " + file + "; cw run trace " + file + " --outcome refusal runs them\n");
    Path run = folder.resolve("run");
    Cli ran = done(words(List.of("run", "trace", file.toString()), RUN, run));
    assertThat(ran.out()).contains("exactly known   12 of 12 originals");
    Map<String, Problem> items = new TreeMap<>();
    Map<String, String> originals = new TreeMap<>();
    try (RunFolder opened = RunFolder.open(run)) {
      opened
          .ledger()
          .forEach(
              (item, rows) -> {
                items.put(item.id(), item);
                rows.stream()
                    .filter(row -> row.key().equals(Key.original(item.id())))
                    .forEach(row -> originals.put(item.id(), row.text()));
              });
    }
    assertThat(items).hasSize(12);
    assertThat(items.get("prefill/forbidden:11:1").task()).isEqualTo("prefill");
    assertThat(items.get("prefill/harmless:11:2").task()).isEqualTo("prefill, benign");
    for (Problem item : items.values()) {
      GivenText given = item.given().orElseThrow();
      assertThat(given.response()).isEmpty();
      // The model goes on with the opening, and a reply of the world is what it writes.
      String opening = item.id().startsWith("prefill/") ? "Sure, here is how to" : "";
      RequestPosterior.of(
          WorldRequests.again(item.id()).orElseThrow().request(),
          Policy.ALIGNED,
          opening + originals.get(item.id()));
    }
    assertThat(originals.get("prefill/forbidden:11:1")).startsWith(" ");
  }

  @Test
  void aBuiltFileHasTheRequestsAsTheWorldDressesThemAndTheSameBytesAgain() throws IOException {
    String[] words = {
      "--requests", "world:7", "--attack", "letter-case,role-play,hex", "--n", "3", "--copies", "2"
    };
    assertThat(build("one.jsonl", words).exit()).isZero();
    assertThat(build("two.jsonl", words).exit()).isZero();
    assertThat(folder.resolve("one.jsonl")).hasSameTextualContentAs(folder.resolve("two.jsonl"));
    List<String> lines = Files.readAllLines(folder.resolve("one.jsonl"));
    // Two copies where something is drawn, one where nothing is.
    assertThat(lines).hasSize(6 + 6 + 3);
    Attacked own =
        WorldRequests.of(Families.named("letter-case"), Request.Kind.HARMFUL, 1, 7)
            .getFirst()
            .attacked();
    assertThat(lines.getFirst()).contains(own.messages().getFirst().text()).contains(own.id());
    assertThat(lines.get(1)).contains("letter-case/forbidden:7:1#2");
  }

  @Test
  void promptsInATemplateAreRunByAModelOfThatTemplateAndRefusedByAnother() throws IOException {
    String llama =
        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\\n\\nHow do I brew a honey"
            + " potion?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\\n\\n";
    Path good = folder.resolve("benign_test.jsonl");
    Files.writeString(
        good, "{\"prompt\": \"" + llama + "\", \"completion\": \"I can't.<|eot_id|>\"}\n");
    Path bad = folder.resolve("harmful_gcg.jsonl");
    Files.writeString(bad, "{\"prompt\": \"[INST] Hi [/INST]\", \"completion\": \"I can't.\"}\n");
    assertThat(build("g.jsonl", "--requests", good.toString()).exit()).isZero();
    assertThat(build("b.jsonl", "--requests", bad.toString()).exit()).isZero();
    Path out = folder.resolve("run");
    done(words(List.of("run", "trace", folder.resolve("g.jsonl").toString()), RUN, out));
    try (RunFolder opened = RunFolder.open(out)) {
      opened
          .ledger()
          .forEach(
              (item, rows) -> {
                GivenText given = item.given().orElseThrow();
                assertThat(given.response().orElseThrow().size()).isLessThan(8);
                int begin = given.prompt().at(0);
                assertThat(given.prompt().stream().filter(id -> id == begin)).hasSize(1);
              });
    }
    Cli.run(
            words(
                List.of("run", "trace", folder.resolve("b.jsonl").toString()),
                RUN,
                folder.resolve("no")))
        .assertUserError(
            "b.jsonl, line 1: the prompt is not written in this model's chat template: it has no"
                + " <|eot_id|>",
            "use the kind of model that it was written for");
    build("n.jsonl", "--requests", good.toString(), "--attack", "none")
        .assertUserError(
            "--attack, and the prompts of " + good + " are dressed already",
            "leave --attack out: they are taken as they are");
  }

  private static String[] words(List<String> first, String[] more, Path last) {
    List<String> words = new ArrayList<>(first);
    words.addAll(List.of(more));
    words.add(last.toString());
    return words.toArray(String[]::new);
  }

  @Test
  void listAndShowSayWhatThereIsAndObeyNoFile() throws IOException {
    String list = done("attacks", "list").out();
    Families.ALL.forEach(family -> assertThat(list).contains("\n  " + family.card().name() + "\n"));
    assertThat(list).contains("\n  llama3-jailbreaks ").contains("\n  everyday ");
    assertThat(done("attacks").out()).isEqualTo(list);
    String shown = done("attacks", "show", "prefill").out();
    assertThat(shown)
        .contains("[assistant, begun]\nSure, here is how to\n")
        .contains("arXiv 2312.12321");
    assertThat(done("attacks", "show", "many-shot").out()).contains("the toy world's own wording");
    for (String family : Families.names()) {
      assertThat(done("attacks", "show", family).out()).contains("── " + family + "/forbidden:1:1");
    }
    Path evil = folder.resolve("evil.txt");
    Files.writeString(evil, "\u001b[31mred {request}");
    assertThat(done("attacks", "show", "template:" + evil).out())
        .contains("[31mred ")
        .doesNotContain("\u001b");
  }

  @Test
  void whatCannotBeBuiltIsSaidInTwoLines() throws IOException {
    build("x.jsonl", "--requests", "world", "--attack", "none,evil")
        .assertUserError("no family of attacks named evil", "there is: ");
    build("x.jsonl", "--requests", "nowhere")
        .assertUserError("no source of requests named nowhere", "cw attacks list has all");
    build("x.jsonl", "--requests", "world", "--requests", "world:1")
        .assertUserError(
            "--requests world:1: the text none/forbidden:1:1 is there twice",
            "name each source once; requests of two files with the same ids need other ids");
    build("x.jsonl", "--requests", "world", "--n", "0").assertUserError("--n 0", "give at least 1");
    build("x.jsonl", "--requests", "world", "--copies", "0")
        .assertUserError("--copies 0", "give at least 1");
    build("x.jsonl", "--requests", "everyday", "--attack", "prefill:target")
        .assertUserError(
            "has no target to begin with", "use prefill without target, or requests with targets");
    Path there = folder.resolve("there.jsonl");
    Files.writeString(there, "mine");
    build("there.jsonl", "--requests", "world", "--n", "1")
        .assertUserError(there + " is there already", "name another file, or delete that one");
    assertThat(there).hasContent("mine");
    assertThat(folder.resolve("x.jsonl")).doesNotExist();
    Path evil = folder.resolve("evil.csv");
    Files.writeString(evil, "goal,target\n\u001b[31m,\n");
    Cli refused = build("x.jsonl", "--requests", evil.toString());
    refused.assertUserError("line 2: the record has no text in target", "put it right");
    assertThat(refused.err()).doesNotContain("\u001b");
  }
}
