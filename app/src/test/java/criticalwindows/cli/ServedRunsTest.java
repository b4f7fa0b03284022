package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.serve.ModelServer;
import criticalwindows.serve.ServeOptions;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program with a server behind it.
class ServedRunsTest {
  private static final StubOptions TEXTS = StubOptions.instant().stopping(30);

  @TempDir Path folder;

  private String[] run(String url, String name, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "cot", "--model", url, "--problems", "3", "--samples", "3"));
    arguments.addAll(List.of("--cuts", ".3,.7", "--max-tokens", "40", "--out", at(name)));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static void done(Cli cli) {
    assertThat(cli.exit()).as(cli.err()).isZero();
  }

  /// What was sampled, by key; the same from run to run, times and waves aside.
  private Map<Key, String> samples(String name) {
    Map<Key, String> samples = new TreeMap<>();
    try (RunFolder run = RunFolder.open(folder.resolve(name))) {
      run.ledger()
          .forEach(
              (problem, rows) ->
                  rows.forEach(row -> samples.merge(row.key(), text(row), String::concat)));
    }
    return samples;
  }

  private static String text(Sample row) {
    return row.turn() + " " + row.tokens() + row.logProbs() + row.seed() + row.finish() + ";";
  }

  @Test
  void aRunThroughTheServerIsARunOfTheModelThatItServes() {
    LlamaOptions options = LlamaOptions.defaults().withThreads(1).withMemory(480_000_000L);
    try (LlamaModel model = LlamaModel.open(ModelFiles.standard().find("base"), options);
        ModelServer server = ModelServer.start(model, ServeOptions.loopback(0))) {
      String url = server.address().toString();
      done(
          Cli.run(
              "run",
              "cot",
              "--model",
              url,
              "--problems",
              "2",
              "--samples",
              "2",
              "--cuts",
              ".3,.7",
              "--out",
              at("served")));
      Cli probe = Cli.run("servers", "check", url);
      done(probe);
      assertThat(probe.out()).contains("ready").doesNotContain("REFUSED");
    }
    done(
        Cli.run(
            "run",
            "cot",
            "--problems",
            "2",
            "--samples",
            "2",
            "--cuts",
            ".3,.7",
            "--threads",
            "1",
            "--memory",
            "480M",
            "--out",
            at("own")));
    // The same data set, model, sampling and prompts; greedy answers to the bare questions agree.
    Map<Key, String> served = samples("served");
    Map<Key, String> own = samples("own");
    assertThat(answers(served)).isEqualTo(answers(own)).hasSize(2);
    try (RunFolder one = RunFolder.open(folder.resolve("served"));
        RunFolder other = RunFolder.open(folder.resolve("own"))) {
      assertThat(one.manifest().settings()).isEqualTo(other.manifest().settings());
      assertThat(one.manifest().provenance())
          .containsEntry("sampling source", other.manifest().provenance().get("sampling source"));
      assertThat(one.manifest().subject().sha256()).isEqualTo(other.manifest().subject().sha256());
      assertThat(one.manifest().provenance()).doesNotContainKey("approximate");
    }
    assertThat(Cli.run("show", at("served")).out()).contains("exactly known");
  }

  private static Map<String, String> answers(Map<Key, String> samples) {
    Map<String, String> answers = new TreeMap<>();
    samples.forEach(
        (key, text) -> {
          if (key.is(Arm.DIRECT)) {
            answers.put(key.item(), text.replaceAll("\\].*", ""));
          }
        });
    return answers;
  }

  @Test
  void sharesMergeIntoTheRunThatWouldHaveBeenOneAndFaultsChangeNothing() {
    try (StubServer stub = StubServer.start(TEXTS);
        StubServer faulty = StubServer.start(TEXTS.faulty(.1, 3))) {
      String url = stub.address().toString();
      done(Cli.run(run(url, "whole")));
      done(Cli.run(run(faulty.address() + "," + url, "faulty")));
      done(Cli.run(run(url, "one", "--shard", "1/2")));
      done(Cli.run(run(url, "two", "--shard", "2/2")));
      assertThat(faulty.faulted()).isPositive();
      Map<Key, String> before = samples("two");
      failure(
          Cli.run("resume", at("two")),
          "the run's folder names the server " + url + ", and nothing is sent there unasked",
          "--model " + url + ", or --trust-servers");
      done(Cli.run("resume", at("two"), "--model", url));
      assertThat(samples("two")).isEqualTo(before);
    }
    done(Cli.run("merge", at("one"), at("two"), "--out", at("merged")));
    assertThat(samples("faulty")).isEqualTo(samples("whole"));
    assertThat(samples("merged")).isEqualTo(samples("whole"));
    assertThat(samples("two").size()).isLessThan(samples("whole").size());
    done(Cli.run("show", at("merged")));
  }

  @Test
  void runsThatDoNotBelongTogetherAreNotMerged() {
    try (StubServer stub = StubServer.start(TEXTS)) {
      String url = stub.address().toString();
      done(Cli.run(run(url, "one", "--shard", "1/2")));
      done(Cli.run(run(url, "other", "--shard", "2/2", "--temperature", ".5")));
    }
    failure(
        Cli.run("merge", at("one"), at("other"), "--out", at("merged")),
        "another setting temperature than",
        "the same options");
    failure(Cli.run("merge", at("one"), at("one"), "--out", at("merged")), "is in", "leave one");
    failure(Cli.run("merge", at("one"), at("none"), "--out", at("merged")), "no run", "folder");
    assertThat(folder.resolve("merged")).doesNotExist();
  }

  private static void failure(Cli cli, String error, String hint) {
    assertThat(cli.exit()).isEqualTo(2);
    cli.assertSays(error, hint);
  }

  @Test
  void whatFailsForGoodIsRecordedWithItsReasonAndSampledWhenItCanBe() throws IOException {
    StubServer stub = StubServer.start(TEXTS);
    String url = stub.address().toString();
    Path key = folder.resolve("key");
    Files.writeString(key, "sk-secret-of-the-test");
    try {
      done(Cli.run(run(url, "whole")));
      stub.close();
      // The probe's own seeds are below 16, and none of them is poisoned by this.
      stub = StubServer.start(TEXTS.poisoned(11).at(stub.port()));
      Cli run =
          Cli.run(run(url, "run", "--api-key-file", key.toString(), "--price-per-million", "2"));
      done(run);
      assertThat(run.err()).contains("failed").contains("cost");
      assertThat(run.out()).contains("failed and are in no count").contains("poisoned");
      assertThat(Files.readString(folder.resolve("run/failed.jsonl"))).contains("is poisoned");
      stub.close();
      stub = StubServer.start(TEXTS.at(stub.port()));
      Cli resumed = Cli.run("resume", at("run"), "--trust-servers");
      done(resumed);
      assertThat(resumed.out()).doesNotContain("failed and are in no count");
    } finally {
      stub.close();
    }
    assertThat(samples("run")).isEqualTo(samples("whole"));
    requireNowhere("sk-secret-of-the-test", folder.resolve("run"));
  }

  private static void requireNowhere(String secret, Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(secret);
      }
    }
  }

  /// At a price of 1 a token, a cost is a count of tokens.
  @Test
  void aDryRunForeseesWhatTheRunSaysOfItsCost() {
    String[] price = {"--price-per-million", "1000000"};
    try (StubServer stub = StubServer.start(TEXTS)) {
      String url = stub.address().toString();
      Cli dry = Cli.run(run(url, "none", price[0], price[1], "--dry-run"));
      done(dry);
      assertThat(folder.resolve("none")).doesNotExist();
      assertThat(dry.out()).containsPattern("server +\\d+ tokens/s with 8 calls at once, probed");
      assertThat(dry.out()).contains("1,000,000.00 a million tokens, read and sampled");
      Cli run = Cli.run(run(url, "run", price));
      done(run);
      assertThat(run.err()).containsPattern("[\\d,]+ tokens, [\\d,]+/s · 0 in flight · 0 retries");
      double foreseen = number(dry.out(), "cost +about ([\\d,.]+) at");
      assertThat(number(run.err(), "· cost ([\\d,.]+)")).isCloseTo(foreseen, withinPercentage(15));
      assertThat(number(run.err(), "rollouts · ([\\d,]+) tokens"))
          .isCloseTo(number(dry.out(), "tokens +about ([\\d,]+)"), withinPercentage(25));
    }
  }

  /// The number that a pattern's group finds last.
  private static double number(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .reduce((one, other) -> other)
        .map(found -> Double.parseDouble(found.group(1).replace(",", "")))
        .orElseThrow();
  }

  @Test
  void userErrorsWithServersAreTwoLines() {
    failure(
        Cli.run("run", "cot", "--model", "http://u:p@host"), "a name and a password", "CW_API_KEY");
    failure(Cli.run("servers", "check", "http://127.0.0.1:1"), "127.0.0.1:1", "cw servers check");
    failure(Cli.run("run", "cot", "--shard", "3/2"), "--shard 3/2", "I/N");
    failure(Cli.run("servers", "serve", "--port", "70000"), "--port 70000", "65535");
    failure(Cli.run("servers", "serve", "--model", "http://a"), "is served already", "file");
    try (StubServer stub = StubServer.start(TEXTS)) {
      failure(
          Cli.run(run(stub.address().toString(), "run", "--served-model", "stab")),
          "no model at",
          "stub");
      assertThat(folder.resolve("run")).doesNotExist();
    }
  }
}
