package criticalwindows.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// A server's answer to one request.
///
/// @param from the address that gave it
record HubReply(URI from, int status, HttpURLConnection connection) {
  private static final int TOO_MANY_REQUESTS = 429;

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
    if (status == TOO_MANY_REQUESTS || status >= 500) {
      throw new Busy("the hub answers " + status, retryAfter());
    }
  }

  /// In seconds, or as a date, which is measured by the server's own clock.
  private Optional<Duration> retryAfter() {
    return header("Retry-After").flatMap(this::duration);
  }

  private Optional<Duration> duration(String text) {
    try {
      if (text.matches("[0-9]{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      String now = header("Date").orElse("");
      Duration until = Duration.between(date(now), date(text));
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ZonedDateTime date(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  InputStream body() throws IOException {
    return connection.getInputStream();
  }

  void close() {
    connection.disconnect();
  }
}
