package criticalwindows.download;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Requests to a hub, and to where it redirects. The token goes to the hub's own host alone.
record HubRequests(HubSettings settings, Duration longest) {
  private static final int MILLISECONDS_TO_CONNECT = 10_000;
  private static final int MILLISECONDS_OF_SILENCE = 30_000;
  private static final int MOST_REDIRECTS = 10;

  /// What is known of a file, from the hub itself: a redirect to another host is not followed.
  HubReply head(HubFile file) throws IOException {
    return follow("HEAD", file, Map.of());
  }

  /// A file's content, wherever the hub keeps it.
  HubReply get(HubFile file, Map<String, String> headers) throws IOException {
    return follow("GET", file, headers);
  }

  private HubReply follow(String method, HubFile file, Map<String, String> headers)
      throws IOException {
    URI at = URI.create(settings.endpoint() + "/" + file.resolve());
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HubReply reply = once(method, at, headers);
      Optional<URI> next = reply.redirect();
      if (next.isEmpty() || (method.equals("HEAD") && !host(next.get()).equals(host(at)))) {
        return reply;
      }
      reply.close();
      at = next.get();
    }
    throw new IOException("the hub redirects more than " + MOST_REDIRECTS + " times");
  }

  private HubReply once(String method, URI at, Map<String, String> headers) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(MILLISECONDS_TO_CONNECT);
    connection.setReadTimeout(MILLISECONDS_OF_SILENCE);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("User-Agent", "critical-windows");
    headers.forEach(connection::setRequestProperty);
    if (host(at).equals(host(settings.endpoint()))) {
      settings.token().ifPresent(token -> authorise(connection, token));
    }
    connect(connection);
    int status = status(connection);
    if (status < 0) {
      throw new IOException("the hub's answer is no HTTP");
    }
    return new HubReply(at, status, connection);
  }

  /// A server that sends one byte now and then is never silent, and never done.
  private int status(HttpURLConnection connection) throws IOException {
    Thread watch = Thread.ofVirtual().name("hub").start(() -> cut(connection));
    try {
      return connection.getResponseCode();
    } catch (RuntimeException e) {
      throw new IOException("the connection was cut", e); // In the middle of its own work.
    } finally {
      watch.interrupt();
    }
  }

  private void cut(HttpURLConnection connection) {
    try {
      Thread.sleep(longest);
      connection.disconnect();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // It has answered.
    }
  }

  private static void connect(HttpURLConnection connection) throws IOException {
    try {
      connection.connect();
    } catch (SocketTimeoutException e) {
      ConnectException nobody = new ConnectException("nobody answers in ten seconds");
      nobody.initCause(e);
      throw nobody;
    }
  }

  private static void authorise(HttpURLConnection connection, HubToken token) {
    try {
      connection.setRequestProperty("Authorization", token.authorization());
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "HF_TOKEN cannot be sent: it has characters that no token has",
          "set it to the token alone, or unset it",
          e);
    }
  }

  /// Scheme, host and port: what a secret may be shown to.
  private static String host(URI address) {
    int standard = "https".equals(address.getScheme()) ? 443 : 80;
    int port = address.getPort() < 0 ? standard : address.getPort();
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    return address.getScheme() + "://" + host + ":" + port;
  }
}
