package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.serve.Relay;
import criticalwindows.serve.StubOptions;
import criticalwindows.serve.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run says of servers that do not what they did when it began.
class ServerFaultsTest {
  private static final StubOptions TEXTS = StubOptions.instant().stopping(30);

  @TempDir Path folder;

  /// A stub behind a proxy that changes what is answered.
  private static Relay changing(StubServer stub, UnaryOperator<String> change) throws IOException {
    return new Relay(
        stub.address(),
        (asked, answer) -> new Relay.Answer(answer.status(), change.apply(answer.body())));
  }

  /// A stub behind a proxy that refuses calls with these words in them.
  private static Relay refusing(StubServer stub, String words) throws IOException {
    Relay.Answer no = new Relay.Answer(400, "{\"error\":{\"message\":\"too long\"}}");
    return new Relay(stub.address(), (asked, answer) -> asked.contains(words) ? no : answer);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private Cli run(String url, String name) {
    return Cli.run(
        "run",
        "cot",
        "--model",
        url,
        "--problems",
        "3",
        "--samples",
        "2",
        "--cuts",
        ".5",
        "--max-tokens",
        "40",
        "--out",
        at(name));
  }

  private static void failure(Cli cli, String error, String hint) {
    assertThat(cli.exit()).as(cli.err()).isEqualTo(2);
    cli.assertSays(error, hint);
  }

  /// The probe's prompt has none of the tokens around the turns of a conversation.
  @Test
  void whereNothingWasSampledTheExitCodeSaysSoAndAResumedRunSamplesIt() throws IOException {
    try (StubServer stub = StubServer.start(TEXTS);
        Relay proxy = refusing(stub, ",510,")) {
      Cli none = run(proxy.url(), "run");
      assertThat(none.exit()).as(none.err()).isEqualTo(Exit.FAILED);
      none.assertSays("nothing was sampled: 6 rollouts failed, the last: ", "cw resume");
      assertThat(Files.readAllLines(folder.resolve("run/failed.jsonl"))).hasSize(6);
      Cli again = Cli.run("resume", at("run"), "--trust-servers");
      assertThat(again.exit()).isEqualTo(Exit.FAILED);
      Cli well = Cli.run("resume", at("run"), "--model", stub.address().toString());
      assertThat(well.exit()).as(well.err()).isZero();
      assertThat(well.out()).doesNotContain("failed and are in no count");
      // Nothing was left to do, which is no failure.
      assertThat(Cli.run("resume", at("run"), "--model", stub.address().toString()).exit())
          .isZero();
    }
  }

  @Test
  void aRunDoesNotGoOnWithAnotherModel() throws IOException {
    try (StubServer stub = StubServer.start(TEXTS);
        Relay renamed =
            changing(
                stub,
                body ->
                    body.replace("\"id\":\"stub\"", "\"id\":\"other\"")
                        .replace("\"model\":\"stub\"", "\"model\":\"other\""));
        // The same name, and a token that is written otherwise.
        Relay changed = changing(stub, body -> body.replace("\"IHc0MDA=\"", "\"IHc0MDE=\""))) {
      assertThat(run(stub.address().toString(), "run").exit()).isZero();
      failure(
          Cli.run("resume", at("run"), "--model", renamed.url(), "--served-model", "other"),
          "the model other is not the one this run began with",
          "--model: stub");
      failure(
          Cli.run("resume", at("run"), "--model", changed.url()),
          "is another one than at the start: vocabulary sha256",
          "serve the one this run began with");
      assertThat(Cli.run("resume", at("run"), "--trust-servers").exit()).isZero();
    }
  }

  @Test
  void aSeedThatWasChangedByHandIsNoticed() throws IOException {
    try (StubServer stub = StubServer.start(TEXTS)) {
      assertThat(run(stub.address().toString(), "run").exit()).isZero();
      Path record = folder.resolve("run/run.json");
      String before = Files.readString(record);
      for (String seed : List.of("2", "-1", "1234567890123")) {
        String after = before.replaceFirst("(\"seed\"\\s*:\\s*)\\d+", "$1" + seed);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(record, after);
        failure(
            Cli.run("resume", at("run")),
            "says the seed " + seed + ", and ",
            "set it back to what it was, or begin a new run with --seed " + seed);
      }
      Files.writeString(record, before);
      assertThat(Cli.run("resume", at("run"), "--trust-servers").exit()).isZero();
    }
  }
}
