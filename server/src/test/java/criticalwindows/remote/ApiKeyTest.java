package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import criticalwindows.mistake.Mistake;
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
          .isInstanceOf(Mistake.class)
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
        .isInstanceOf(Mistake.class);
    assertThatThrownBy(
            () -> ApiKey.find(Map.of(ApiKey.VARIABLE, SECRET + "\nX: y"), Optional.empty()))
        .isInstanceOf(Mistake.class)
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void isHiddenWhereAServerRepeatsIt() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body =
              ("{\"error\":{\"message\":\"Incorrect API key provided: " + key + "\\u001b[31m\"}}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThatThrownBy(() -> RemoteModel.open(RemoteOptions.of(url).with(KEY)))
          .isInstanceOf(Mistake.class)
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
        .isInstanceOf(Mistake.class)
        .message()
        .doesNotContain(SECRET);
    assertThat(Address.parse("http://a:1/v1/, https://b").toString())
        .isEqualTo(List.of("http://a:1", "https://b").toString());
    for (String bad :
        List.of("http://", "ftp://a", "http://a,", "http://a,http://a/", "http://a?b")) {
      assertThatThrownBy(() -> Address.parse(bad)).isInstanceOf(Mistake.class);
    }
  }
}
