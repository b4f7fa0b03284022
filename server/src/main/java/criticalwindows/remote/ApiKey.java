package criticalwindows.remote;

import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The key that a server asks for, or none. It is sent to servers and shown to nobody: neither its
/// text nor anything a server says with it in it reaches a log, a record or an error.
public final class ApiKey {
  /// The environment variable that holds it.
  public static final String VARIABLE = "CW_API_KEY";

  private static final ApiKey NONE = new ApiKey("");

  private final String secret;

  private ApiKey(String secret) {
    this.secret = secret;
  }

  /// No key.
  public static ApiKey none() {
    return NONE;
  }

  /// The key in a file, else the one in the environment, else none.
  ///
  /// @throws Mistake if the file cannot be read or the key cannot be sent
  public static ApiKey find(Map<String, String> environment, Optional<Path> file) {
    return of(file.map(ApiKey::read).orElseGet(() -> environment.getOrDefault(VARIABLE, "")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Mistake(
          "--api-key-file " + file + " cannot be read", "name a file with the key", e);
    }
  }

  private static ApiKey of(String text) {
    String secret = text.strip();
    if (secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new Mistake("the API key has blanks or unusual letters in it", "give it on one line");
    }
    return secret.isEmpty() ? NONE : new ApiKey(secret);
  }

  /// Puts the key on a request.
  void sign(HttpRequest.Builder request) {
    if (!secret.isEmpty()) {
      request.header("Authorization", "Bearer " + secret);
    }
  }

  /// A text without the key in it.
  String hide(String text) {
    return secret.isEmpty() ? text : text.replace(secret, "(the API key)");
  }

  @Override
  public String toString() {
    return secret.isEmpty() ? "no API key" : "(the API key)";
  }
}
