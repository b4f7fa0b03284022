package criticalwindows.download;

import criticalwindows.retry.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/// A server's answer to one request.
///
/// @param from the address that gave it
record HubReply(URI from, int status, HttpURLConnection connection) {
  Optional<String> header(String name) {
    return Optional.ofNullable(connection.getHeaderField(name)).map(String::strip);
  }

  /// Where it sends the client.
  Optional<URI> redirect() throws IOException {
    if (status < 300 || status >= 400) {
      return Optional.empty();
    }
    String location =
        header("Location").orElseThrow(() -> new IOException("a redirect that leads nowhere"));
    try {
      URI next = from.resolve(location);
      if ("http".equals(next.getScheme()) || "https".equals(next.getScheme())) {
        return Optional.of(next);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect to no address", e);
    }
    throw new IOException("a redirect to no address");
  }

  /// @throws Busy if the server has no time now
  void requireTime() throws Busy {
    if (Retry.hope(status) != Retry.Hope.NONE) {
      throw new Busy("the hub answers " + status, Retry.after(this::header));
    }
  }

  InputStream body() throws IOException {
    return connection.getInputStream();
  }

  void close() {
    connection.disconnect();
  }
}
