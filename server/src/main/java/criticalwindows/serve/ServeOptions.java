package criticalwindows.serve;

import criticalwindows.error.UserError;
import java.time.InstantSource;

/// How a model is served.
///
/// @param host whose address is listened at; `127.0.0.1` is heard by this machine alone
/// @param port 0: any that is free
/// @param name of the model in requests; empty: its own
/// @param secret that every request must bring; empty: none
/// @param clock for the time that answers carry; nothing else depends on it
public record ServeOptions(String host, int port, String name, String secret, InstantSource clock) {
  public ServeOptions {
    if (port < 0 || port > 65_535) {
      throw new UserError("--port " + port, "give a number from 0 to 65535; 0 takes a free one");
    }
  }

  /// For this machine alone, without a key; answers carry the time 0.
  public static ServeOptions loopback(int port) {
    return new ServeOptions(
        "127.0.0.1", port, "", "", InstantSource.fixed(java.time.Instant.EPOCH));
  }

  /// The same with a key.
  public ServeOptions withSecret(String key) {
    return new ServeOptions(host, port, name, key, clock);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
