package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import criticalwindows.console.Exit;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Runner;
import criticalwindows.run.FailureLog;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A run's folder from a stranger, through every command: no file outside is shown or touched, and
/// nothing is sent anywhere, least of all a key.
class HostileFolderTest {
  private static final String PRIVATE = "what-nobody-else-may-read";
  private static final String SECRET = "sk-0123456789abcdef";

  @TempDir Path temp;
  private Path run;
  private Path outside;
  private Path key;
  private HttpServer server;

  /// The key of each request, or an empty text. What the server answers is the key, as bare text.
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void prepare() throws Exception {
    outside = Files.writeString(temp.resolve("outside"), PRIVATE);
    key = Files.writeString(temp.resolve("key"), SECRET);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          List<String> keys = exchange.getRequestHeaders().get("Authorization");
          requests.add(keys == null ? "" : String.join(" ", keys));
          byte[] body = SECRET.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    run = written(temp.resolve("run"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// A run whose model is behind the server that listens.
  private Path written(Path folder) throws InterruptedException {
    CotSettings settings = new CotSettings(CutPlan.parse("0,.5"), 4, new Sampling(1, 1), 40, 11);
    Manifest.ModelFile file = new Manifest.ModelFile("toy", url(), "");
    Manifest manifest = Manifest.of("cot", settings.asData(), file, new Manifest.Items("mine", 2));
    List<Problem> problems =
        List.of(
            Problem.of("toy", "logic", "Which leaf?", List.of(), "27"),
            Problem.of("toy", "logic", "Which leaf then?", List.of(), "27"));
    try (ToyModel model = ToyModel.orderedDecisions();
        RunFolder made = RunFolder.create(folder, manifest, problems)) {
      CotScripts scripts = new CotScripts(model, PromptSet.standard(), settings);
      Runner.run(
          new FixedCuts(scripts), made.ledger(), InstantSource.fixed(Instant.EPOCH), state -> {});
    }
    return folder;
  }

  /// Every command that takes a run.
  private List<String[]> commands() {
    String folder = run.toString();
    String out = temp.resolve("out").toString();
    return List.of(
        new String[] {"show", folder, "--problems", "all"},
        new String[] {"report", folder},
        new String[] {"audit", folder, "--all"},
        new String[] {"regrade", folder, "--equality", "digits=4"},
        new String[] {"plot", folder, "--out", out + "/plot"},
        new String[] {"export", folder, "--csv", out + "/csv"},
        new String[] {"explain", folder},
        new String[] {"theory", folder},
        new String[] {"merge", folder, temp.resolve("other").toString(), "--out", out + "/merged"},
        new String[] {"intervene", folder, "--api-key-file", key.toString()},
        new String[] {"resume", folder, "--api-key-file", key.toString()});
  }

  /// What a stranger can put in place of a run's files.
  enum Trick {
    SAMPLES_READ_A_FILE {
      @Override
      void on(Path run, Path outside) throws Exception {
        inLedger(
            run,
            "ALTER TABLE samples RENAME TO kept",
            "CREATE VIEW samples AS SELECT * REPLACE ((SELECT content FROM read_text('"
                + outside
                + "')) AS text) FROM kept");
      }
    },
    WAVES_NEVER_END {
      @Override
      void on(Path run, Path outside) throws Exception {
        inLedger(
            run,
            "DROP TABLE waves",
            "CREATE VIEW waves AS SELECT range::INTEGER AS number, 1::BIGINT AS samples"
                + " FROM range(2000000000)");
      }
    },
    FAILURES_ARE_A_LINK {
      @Override
      void on(Path run, Path outside) throws Exception {
        Files.createSymbolicLink(run.resolve("failed.jsonl"), outside);
      }
    },
    THE_PAGES_DRAFT_IS_A_LINK {
      @Override
      void on(Path run, Path outside) throws Exception {
        Files.createSymbolicLink(run.resolve("report.html.part"), outside);
      }
    },
    THE_LOCK_IS_A_LINK_AND_A_LOG_LIES_THERE {
      @Override
      void on(Path run, Path outside) throws Exception {
        Files.deleteIfExists(run.resolve("run.lock"));
        Files.createSymbolicLink(run.resolve("run.lock"), outside);
        Files.createFile(run.resolve("ledger.duckdb.wal"));
      }
    },
    SCRATCH_IS_A_LINK {
      @Override
      void on(Path run, Path outside) throws Exception {
        Files.createSymbolicLink(run.resolve("tmp"), outside.resolveSibling("."));
      }
    };

    abstract void on(Path run, Path outside) throws Exception;

    private static void inLedger(Path run, String... statements) throws SQLException {
      try (Connection ledger =
              DriverManager.getConnection("jdbc:duckdb:" + run.resolve("ledger.duckdb"));
          Statement statement = ledger.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Trick.class)
  void noCommandFollowsATrick(Trick trick) throws Exception {
    written(temp.resolve("other"));
    trick.on(run, outside);
    for (String[] command : commands()) {
      Cli cli = Cli.run(command);
      assertThat(cli.exit()).as(Arrays.toString(command) + cli.out()).isEqualTo(Exit.USER_ERROR);
      assertThat(cli.err()).contains("error: ", "hint: do not trust this folder");
      assertThat(cli.out() + cli.err()).doesNotContain(PRIVATE).doesNotContain("foresaw");
    }
    assertThat(outside).hasContent(PRIVATE);
    assertThat(key).hasContent(SECRET);
    assertThat(requests).isEmpty();
    requireNowhere(PRIVATE);
  }

  private void requireNowhere(String text) throws IOException {
    for (Path folder : List.of(run, temp.resolve("out"))) {
      try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.of()) {
        for (Path file : files.filter(each -> isOwn(each)).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(text);
        }
      }
    }
  }

  private static boolean isOwn(Path file) {
    return Files.isRegularFile(file) && !Files.isSymbolicLink(file);
  }

  @Test
  void anAddressFromAFolderIsAskedForBeforeAnythingIsSent() {
    for (String command : List.of("resume", "intervene")) {
      Cli cli = Cli.run(command, run.toString(), "--api-key-file", key.toString());
      assertThat(cli.exit()).isIn(0, Exit.USER_ERROR);
      assertThat(cli.err() + cli.out()).doesNotContain(SECRET);
    }
    Cli cli = Cli.run("resume", run.toString(), "--api-key-file", key.toString());
    assertThat(cli.err().lines())
        .containsExactly(
            "error: the run's folder names the server "
                + url()
                + ", and nothing is sent there unasked",
            "hint: if you know it: --model "
                + url()
                + ", or --trust-servers, which sends it no key");
    assertThat(requests).isEmpty();
  }

  @Test
  void aKeyGoesOnlyToServersOfThisCommandLine() throws IOException {
    String[] resume = {
      "resume", run.toString(), "--api-key-file", key.toString(), "--timeout", "5"
    };
    Cli trusted = Cli.run(with(resume, "--trust-servers"));
    assertThat(trusted.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(trusted.err())
        .contains("note: no key is sent to " + url() + ": it goes only to servers that --model");
    assertThat(requests).isNotEmpty().allMatch(String::isEmpty);
    requests.clear();
    Cli named = Cli.run(with(resume, "--model", url()));
    assertThat(named.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(requests).isNotEmpty().allMatch(sent -> sent.equals("Bearer " + SECRET));
    // Its answer was the key.
    assertThat(named.err()).contains("error: ").doesNotContain(SECRET);
    requireNowhere(SECRET);
  }

  private static String[] with(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aKeyGoesUnencryptedOverANetworkOnlyWithAWord() {
    Cli cli =
        Cli.run(
            "servers",
            "check",
            "http://nowhere.invalid:9",
            "--api-key-file",
            key.toString(),
            "--timeout",
            "1",
            "--retry-for",
            "1");
    assertThat(cli.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(cli.err()).contains("note: the key goes to http://nowhere.invalid:9 unencrypted");
  }

  @Test
  void aLineOfFailuresThatWasTornIsNoneAndTheNextIsWhole() throws IOException {
    try (RunFolder opened = RunFolder.open(run)) {
      String problem = opened.ledger().problems().getFirst().id();
      FailureLog failures = FailureLog.in(opened);
      failures.add(Key.resample(problem, 3, 90), "first");
      byte[] torn = "{\"problem\":\"h\u00e9".getBytes(StandardCharsets.UTF_8);
      Files.write(
          run.resolve("failed.jsonl"),
          Arrays.copyOf(torn, torn.length - 1),
          StandardOpenOption.APPEND);
      assertThat(FailureLog.in(opened).reasons().values()).containsExactly("first");
      failures.add(Key.resample(problem, 3, 91), "second");
      assertThat(FailureLog.in(opened).reasons().values()).containsExactly("first", "second");
    }
    Cli shown = Cli.run("show", run.toString());
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("2 of the rollouts failed");
  }
}
