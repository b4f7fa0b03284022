package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What stands between here and a server, and what to do about it.
class ConnectionTest {
  private static HttpServer server(int status, Map<String, String> headers) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"data\":[{\"id\":\"m\"}]}".getBytes(StandardCharsets.UTF_8);
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void refused(HttpServer server, String error, String hint) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    assertThatThrownBy(() -> RemoteModel.open(RemoteOptions.of(url)))
        .isInstanceOfSatisfying(
            UserError.class,
            failure -> {
              assertThat(failure).hasMessageContaining(error);
              assertThat(failure.hint()).contains(hint);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectSaysWhereItLeads(int status) throws IOException {
    HttpServer server = server(status, Map.of("Location", "https://gpu1/v1/models"));
    try {
      refused(
          server,
          "answers " + status + ", which sends us on to https://gpu1/v1/models",
          "name the address it ends at, without /v1/models");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate"})
  void aPackedAnswerSaysWhatToSwitchOff(String packed) throws IOException {
    HttpServer server = server(200, Map.of("Content-Encoding", packed));
    try {
      refused(server, "packs its answers (Content-Encoding: " + packed + ")", "compression off");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aKeyFileMayBeginWithAByteOrderMark(@TempDir Path folder) throws IOException {
    for (String text : new String[] {"\uFEFFsk-1", "\uFEFF sk-1\r\n", "sk-1\n"}) {
      Path file = Files.writeString(folder.resolve("key"), text);
      assertThat(ApiKey.find(Map.of(), Optional.of(file)).hide("sk-1")).isEqualTo("(the API key)");
    }
  }
}
