package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Depths;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefenceStudy;
import criticalwindows.hub.WorldRequests;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.show.CotReports;
import criticalwindows.stats.Proportion;
import criticalwindows.store.RunFolder;
import criticalwindows.world.Policy;
import criticalwindows.world.RepeatedWord;
import criticalwindows.world.Request;
import criticalwindows.world.RequestPosterior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cw run prefill`, `cw run attack` and `cw run repeat` on the built-in models, whose
/// probabilities are known.
class JailbreakRunsTest {
  @TempDir Path folder;

  private Cli done(String... words) {
    Cli cli = Cli.run(words);
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli;
  }

  private Cli begun(Path run, String... words) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(words));
    all.addAll(List.of("--threads", "1", "--memory", "480M", "--out", run.toString()));
    return done(all.toArray(String[]::new));
  }

  @Test
  void aPrefilledTurnCompliesAsOftenAsItsRequestsSay() throws IOException {
    Path run = folder.resolve("prefill");
    Cli cli =
        begun(
            run,
            "prefill",
            "--model",
            "aligned",
            "--n",
            "1",
            "--samples",
            "20",
            "--max-tokens",
            "110");
    assertThat(cli.out())
        .contains("P(complied) by what was given", "exactly known   1 of 1 originals")
        .containsPattern("\\+0\\.[0-9]+ *\n") // a step of what was begun has no decision
        .doesNotContain("same:");
    Map<Integer, Proportion> counted = new TreeMap<>();
    Map<Integer, Double> exact = new TreeMap<>();
    try (RunFolder opened = RunFolder.open(run)) {
      for (CotFinding finding : CotReports.of(opened).findings()) {
        Request request = WorldRequests.again(finding.problem().id()).orElseThrow().request();
        Sample original = opened.ledger().samples(finding.problem().id()).getFirst();
        assertThat(original.text()).isEqualTo(Request.PREFILL);
        for (CotLevel level : finding.levels()) {
          int kept = level.cut().kept();
          String given = original.beginning(kept);
          counted.merge(kept, level.consistent(), Proportion::plus);
          double complied = RequestPosterior.of(request, Policy.ALIGNED, given).complied();
          exact.put(kept, complied);
        }
      }
    }
    // Every token of the prefix, and none of them.
    assertThat(counted).hasSizeGreaterThan(5).containsKey(0);
    counted.forEach(
        (kept, share) -> {
          assertThat(share.trials()).isEqualTo(20);
          assertThat(share.wilson(.999).low()).as(kept + " kept").isLessThan(exact.get(kept) + .05);
          assertThat(share.wilson(.999).high())
              .as(kept + " kept")
              .isGreaterThan(exact.get(kept) - .05);
        });
    Path page = folder.resolve("page.html");
    done("report", run.toString(), "--out", page.toString());
    assertThat(page).content().contains("\"followed\":\"P(complied)\"", "tokens given");
    Path figures = folder.resolve("figures");
    done("plot", run.toString(), "--out", figures.toString());
    assertThat(Files.readString(figures.resolve("depths-1.csv"))).contains(",none,0,");
    Path tables = folder.resolve("tables");
    done("export", run.toString(), "--json", tables.toString());
    assertThat(tables.resolve("problems.jsonl")).content().contains("\"followed\":\"complied\"");
    assertThat(done("resume", run.toString()).out()).contains("P(complied)");
    assertThat(done("show", run.toString(), "--follow", "refused").out()).contains("P(refused)");
    activationsAreWrittenWithLeaveAlone(run);
  }

  private void activationsAreWrittenWithLeaveAlone(Path run) {
    String[] activations = {
      "activations",
      run.toString(),
      "--threads",
      "1",
      "--memory",
      "480M",
      "--out",
      folder.resolve("acts").toString()
    };
    Cli.run(activations).assertUserError("which are to be blurred", "say --no-redact");
    done(Stream.concat(Stream.of(activations), Stream.of("--no-redact")).toArray(String[]::new));
  }

  @Test
  void aHeaderThatIsPutInAgainEndsRepliesThatWereBegun() throws IOException {
    Path run = folder.resolve("defended");
    Cli cli =
        begun(
            run,
            "prefill",
            "--model",
            "small-aligned",
            "--n",
            "2",
            "--samples",
            "3",
            "--max-tokens",
            "90",
            "--defence",
            "header:8",
            "--defence",
            "hint:Let me think first.");
    assertThat(cli.out())
        .contains("P(complied) by what was given and by defence: none", "header:8", "less plain")
        .contains("P(complied) over all depths, and what it costs");
    try (RunFolder opened = RunFolder.open(run)) {
      List<DefenceStudy.Row> rows = DefenceStudy.of(CotReports.of(opened).defended()).rows();
      DefenceStudy.Row header =
          rows.stream().filter(row -> row.depth().isEmpty()).findFirst().orElseThrow();
      assertThat(header.defence()).isEqualTo(new Defence.Header(8));
      assertThat(header.plain().estimate()).isGreaterThan(.15);
      assertThat(header.defended().estimate()).isLessThan(header.plain().estimate() / 2);
      assertThat(header.stopped().estimate()).isGreaterThan(.5);
    }
    int cost = cli.out().indexOf("P(complied) over all depths");
    assertThat(done("resume", run.toString()).out())
        .contains("sessions: 2", cli.out().substring(cost, cost + 500));
    Path page = folder.resolve("page.html");
    done("report", run.toString(), "--out", page.toString());
    assertThat(page).content().contains("\"beside\":[", "by defence: none");
    Path tables = folder.resolve("tables");
    done("export", run.toString(), "--json", tables.toString());
    assertThat(tables.resolve("defences.jsonl"))
        .content()
        .contains("\"defence\":\"header:8\",\"complied_k\":");
    assertThat(tables.resolve("samples.jsonl")).content().contains("\"arm\":\"header-8\"");
    Cli.run("run", "prefill", "--model", "small-aligned", "--defence", "header:0")
        .assertUserError("--defence header:0: that is no number", "such as header:10");
    String[] brief = {"run", "prefill", "--model", "small-aligned", "--max-tokens", "9"};
    Cli.run(with(brief, "--defence", "header:9"))
        .assertUserError(
            "--defence header:9: a response has at most 9 tokens", "give a smaller number");
    Cli.run(with(brief, "--defence", "hint:Let me think first."))
        .assertUserError("behind the longest beginning 2 are left", "give a shorter hint");
    Cli.run(with(brief, "--defence", "header:3", "--follow", "refused"))
        .assertUserError(
            "--defence, and curves follow refused: a defence is against complied",
            "give --follow complied");
    Cli.run(with(brief, "--defence", "header:3", "--outcome", "length:4"))
        .assertUserError("--defence, and no class of length:4 is followed", "--follow CLASS");
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void repliesToAttacksOfAFileAreCutTokenByTokenAndShownByFamily() throws IOException {
    Path run = folder.resolve("attack");
    Path requests = folder.resolve("mine.csv");
    Files.writeString(
        requests,
        "goal,target\nHow do I brew a voidink balm?,Sure\nHow do I mix a grimroot tonic?,Sure\n");
    Cli cli =
        begun(
            run,
            "attack",
            "--requests",
            requests.toString(),
            "--model",
            "small-aligned",
            "--attack",
            "none,role-play",
            "--n",
            "2",
            "--samples",
            "20",
            "--cuts",
            "first:3",
            "--max-tokens",
            "60");
    assertThat(cli.out()).contains("tokens  none", "role-play", "P(complied)", "before it");
    try (RunFolder opened = RunFolder.open(run)) {
      assertThat(opened.manifest().experiment()).isEqualTo("attack");
      Depths depths = CotReports.of(opened).depths().orElseThrow();
      assertThat(depths.groups().stream().map(Depths.Group::name))
          .containsExactly("none", "role-play");
      assertThat(depths.depths()).containsExactly(0, 1, 2);
      assertThat(Experiments.cuts(opened).spec()).isEqualTo("first:3");
    }
  }

  @Test
  void aWordIsCountedInWhatWasWrittenAlone() {
    Path run = folder.resolve("repeat");
    String[] words = {
      "repeat", "--model", "base", "--words", "b,tree", "--counts", "1,40,300", "--samples", "40"
    };
    Cli cli = begun(run, words);
    assertThat(cli.out()).contains("P(goes on) by what was given", "scored").doesNotContain("rule");
    try (RunFolder opened = RunFolder.open(run)) {
      Depths depths = CotReports.of(opened).depths().orElseThrow();
      assertThat(depths.depths()).containsExactly(0, 1, 40, 300);
      Depths.Group b = depths.groups().getFirst();
      // "b" stands in the words of the template, and none of those counts: no floor.
      String prompt = opened.ledger().problems().getFirst().question();
      assertThat(b.at(0).orElseThrow().counts()).isEqualTo(new Proportion(0, 40));
      assertThat(prompt).contains("user");
      for (int times : List.of(1, 40, 300)) {
        double exact = 1 - RepeatedWord.hazard(times);
        for (Depths.Group word : depths.groups().subList(0, 2)) {
          Proportion counts = word.at(times).orElseThrow().counts();
          assertThat(counts.wilson(.999).high()).isGreaterThanOrEqualTo(exact - .01);
          assertThat(counts.wilson(.999).low()).isLessThanOrEqualTo(exact);
        }
        Depths.Group scored = depths.groups().getLast();
        assertThat(scored.at(times).orElseThrow().over().estimate())
            .isBetween(exact - .02, exact + .02);
      }
    }
    Path figures = folder.resolve("figures");
    done("plot", run.toString(), "--out", figures.toString());
    assertThat(figures.resolve("depths-1.csv")).content().contains(",scored,300,");
  }

  @Test
  void theOneStepScoreOfARunIsTheProbabilityOfTheWordOnceMore() {
    Tokens tokens = Tokens.of(5, 6, 6);
    Sample run =
        new Sample(
            Key.original("to/0"),
            Sample.Turn.RESPONSE,
            tokens,
            "to to to",
            List.of(2, 5, 8),
            FinishReason.LENGTH,
            LogProbs.of((float) Math.log(.5), (float) Math.log(.25), (float) Math.log(.125)),
            0,
            "",
            1,
            Duration.ZERO);
    assertThat(Depths.goesOn("to", run))
        .satisfiesExactly(
            first -> assertThat(first).isBetween(.4999, .5001),
            second -> assertThat(second).isBetween(.2499, .2501),
            third -> assertThat(third).isBetween(.1249, .1251));
  }

  @Test
  void whatCannotBeRunIsSaidInTwoLines() throws IOException {
    Cli.run("run", "repeat", "--model", "small-base", "--words", "tree", "--counts", "1,5000")
        .assertUserError(
            "5000 words do not fit the context of small-base, 512 tokens",
            "give at most 492 with --counts");
    Cli.run("run", "repeat", "--model", "small-base", "--words", "a b")
        .assertUserError("--words: \"a b\" is no word", "give words without white space");
    Cli.run("run", "repeat", "--counts", "1,x")
        .assertUserError("--counts 1,x", "give whole numbers from 0");
    Cli.run("run", "repeat", "--counts", "-1")
        .assertUserError("--counts -1", "give whole numbers from 0");
    Cli.run("run", "prefill", "--prefix", " ")
        .assertUserError("--prefix is empty", "give a text with which the model's turn is begun");
    Cli.run("run", "prefill", "--model", "small-aligned", "--depth", "60")
        .assertUserError("--depth 60: the longest beginning has", "give at most");
    Cli.run("run", "prefill", "--attack", "magic")
        .assertUserError("no family of attacks named magic", "none");
    Cli.run("run", "attack", "--attack", "none,none")
        .assertUserError("the family none is asked for twice", "name it once");
    Cli.run("run", "attack", "--requests", "nowhere")
        .assertUserError("no source of requests named nowhere", "cw attacks list has all");
    Path templated = folder.resolve("harmful_gcg.jsonl");
    Files.writeString(
        templated, "{\"prompt\": \"[INST] Hi [/INST]\", \"completion\": \"I can't.\"}\n");
    Cli.run("run", "prefill", "--requests", templated.toString())
        .assertUserError(
            "the prompts of " + templated + " are dressed already, in a chat template",
            "make a file of them with cw attacks build --requests " + templated);
    Cli.run("run", "attack", "--n", "0").assertUserError("--n 0", "give at least 1");
    Cli.run("run", "attack", "--follow", "complid")
        .assertUserError(
            "--follow complid: the outcome refusal has no such class", "name one of its classes");
    Path file = folder.resolve("responses.jsonl");
    Files.writeString(file, "{\"id\": \"a\", \"prompt\": \"How do I?\", \"response\": \"\"}\n");
    Cli.run("run", "prefill", "--model", "small-aligned", "--responses", file.toString())
        .assertUserError("the response is empty", "leave it out");
    Files.writeString(
        file, "{\"messages\": [{\"role\": \"assistant\", \"content\": \"Hello there\"}]}\n");
    Cli.run("run", "trace", file.toString(), "--outcome", "refusal")
        .assertUserError(
            "nothing but the beginning of a reply", "give the turn that it replies to");
    Files.writeString(file, "{\"id\": \"a\", \"prompt\": \"How do I?\"}\n");
    Cli.run("run", "prefill", "--model", "small-aligned", "--responses", file.toString())
        .assertUserError("line 1: there is no response", "give the response with which");
  }
}
