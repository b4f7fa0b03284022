package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import criticalwindows.error.UserError;
import criticalwindows.model.ToyModel;
import criticalwindows.serve.ModelServer;
import criticalwindows.serve.ServeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The key goes to the server and nowhere else.
class ApiKeyTest {
  private static final String SECRET = "sk-0123456789abcdef";
  private static final ApiKey KEY = ApiKey.find(Map.of(ApiKey.VARIABLE, SECRET), Optional.empty());

  @TempDir Path folder;

  @Test
  void opensAServerThatAsksForIt() throws InterruptedException {
    try (ToyModel toy = ToyModel.orderedDecisions();
        ModelServer server = ModelServer.start(toy, ServeOptions.loopback(0).withSecret(SECRET))) {
      RemoteOptions options = RemoteOptions.of(server.address().toString());
      assertThatThrownBy(() -> RemoteModel.open(options))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("401");
      try (RemoteModel model = RemoteModel.open(options.with(KEY))) {
        assertThat(model.provenance().toString()).doesNotContain(SECRET);
        assertThat(model.findings().table()).doesNotContain(SECRET);
      }
      assertThat(options.with(KEY).toString()).doesNotContain(SECRET);
      assertThat(ServeOptions.loopback(0).withSecret(SECRET).toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void comesFromAFileOrTheEnvironmentAndTheFileWins() throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, " sk-file \n");
    Map<String, String> environment = Map.of(ApiKey.VARIABLE, SECRET);
    assertThat(ApiKey.find(environment, Optional.of(file)).hide("a sk-file b " + SECRET))
        .isEqualTo("a (the API key) b " + SECRET);
    assertThat(ApiKey.find(environment, Optional.empty()).hide(SECRET)).isEqualTo("(the API key)");
    assertThat(ApiKey.find(Map.of(), Optional.empty()).hide(SECRET)).isEqualTo(SECRET);
    assertThatThrownBy(() -> ApiKey.find(Map.of(), Optional.of(folder.resolve("none"))))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(
            () -> ApiKey.find(Map.of(ApiKey.VARIABLE, SECRET + "\nX: y"), Optional.empty()))
        .isInstanceOf(UserError.class)
        .message()
        .doesNotContain(SECRET);
  }

  /// A server that answers everything with this.
  private static HttpServer answering(int status, String text) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  /// All that can be seen of what a server that answers with this leads to.
  private static String seen(ApiKey key, String answer) throws Exception {
    HttpServer server = answering(200, answer);
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      RemoteOptions.Load load =
          new RemoteOptions.Load(
              4, Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(1));
      RemoteOptions options = RemoteOptions.of(url).with(load).with(key);
      try {
        return ServerProbe.of(options).table();
      } catch (UserError failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace + failure.hint();
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void isHiddenInAnAnswerThatSucceeds() throws Exception {
    String escaped = SECRET.replace("k", "\\u006B").replace("0", "\\u0030");
    for (String answer :
        List.of(
            SECRET,
            "\"" + SECRET + "\"",
            "{\"data\":[{\"id\":\"model " + SECRET + "\",\"owned_by\":\"" + SECRET + "\"}]}",
            "{\"data\":[{\"id\":\"a\"},{\"id\":\"" + SECRET + "\"}]}",
            "{\"data\":[{\"id\":\"" + escaped + "\",\"owned_by\":\"" + escaped + "\"}]}")) {
      assertThat(seen(KEY, answer)).as(answer).doesNotContain(SECRET);
    }
    assertThat(seen(KEY, "{\"data\":[{\"id\":\"a\",\"owned_by\":\"x " + escaped + "\"}]}"))
        .doesNotContain(SECRET);
    ApiKey slashed = ApiKey.find(Map.of(ApiKey.VARIABLE, "a/b+c\\d\"ef=="), Optional.empty());
    assertThat(hidden(slashed, "x a\\/b+c\\\\d\\\"ef== y")).isEqualTo("x (the API key) y");
    assertThat(hidden(slashed, "x a\\u002Fb+c\\\\d\\\"\\u0065f== y"))
        .isEqualTo("x (the API key) y");
  }

  private static String hidden(ApiKey key, String answer) {
    return new String(key.hide(answer.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /// What stands in for a key is a word that a model may write.
  @Test
  void aWordThatIsNoSecretIsLeftInAnswers() {
    ApiKey word = ApiKey.find(Map.of(ApiKey.VARIABLE, "EMPTY"), Optional.empty());
    assertThat(hidden(word, "EMPTY set \u00e9")).isEqualTo("EMPTY set \u00e9");
    assertThat(hidden(KEY, "h\u00e9 \ud83d\ude00")).isEqualTo("h\u00e9 \ud83d\ude00");
    assertThat(hidden(KEY, "h\u00e9 " + SECRET + "\ud83d\ude00"))
        .isEqualTo("h\u00e9 (the API key)\ud83d\ude00");
  }

  @Test
  void whereItWouldGoUnencryptedIsKnown() {
    String servers =
        "http://gpu1:8000,https://gpu2,http://127.0.0.1:1,http://LOCALHOST:2,http://[::1]:3";
    RemoteOptions options = RemoteOptions.of(servers);
    assertThat(options.exposed()).isEmpty();
    assertThat(options.with(KEY).exposed()).hasToString("[http://gpu1:8000]");
    assertThat(RemoteOptions.of("http://127.evil.example").with(KEY).exposed()).hasSize(1);
  }

  @Test
  void isHiddenWhereAServerRepeatsIt() throws IOException {
    HttpServer server =
        answering(
            401,
            "{\"error\":{\"message\":\"Incorrect API key provided: Bearer "
                + SECRET
                + "\\u001b[31m\"}}");
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThatThrownBy(() -> RemoteModel.open(RemoteOptions.of(url).with(KEY)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("Incorrect API key provided: Bearer (the API key)")
          .satisfies(
              thrown -> {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(SECRET).doesNotContain("\u001b");
              });
    } finally {
      server.stop(0);
    }
  }

  @Test
  void neverStandsInAnAddress() {
    assertThatThrownBy(() -> Address.parse("http://me:" + SECRET + "@host:8000"))
        .isInstanceOf(UserError.class)
        .message()
        .doesNotContain(SECRET);
    assertThat(Address.parse("http://a:1/v1/, https://b").toString())
        .isEqualTo(List.of("http://a:1", "https://b").toString());
    for (String bad :
        List.of("http://", "ftp://a", "http://a,", "http://a,http://a/", "http://a?b")) {
      assertThatThrownBy(() -> Address.parse(bad)).isInstanceOf(UserError.class);
    }
  }
}
