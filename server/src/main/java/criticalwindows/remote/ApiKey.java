package criticalwindows.remote;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The key that a server asks for, or none. It is sent to servers and shown to nobody: neither its
/// text nor anything a server says with it in it reaches a log, a record or an error.
public final class ApiKey {
  /// The environment variable that holds it.
  public static final String VARIABLE = "CW_API_KEY";

  private static final ApiKey NONE = new ApiKey("");

  /// Shorter ones are no secrets but words that stand in for one, such as `EMPTY`, and a model may
  /// write them.
  private static final int SHORTEST_SECRET = 8;

  /// What JSON writes, or may write, with a backslash before it.
  private static final Pattern ESCAPED = Pattern.compile("[/\"\\\\]");

  private final String secret;
  private final Pattern escaped;

  private ApiKey(String secret) {
    this.secret = secret;
    this.escaped =
        Pattern.compile(secret.chars().mapToObj(ApiKey::written).collect(Collectors.joining()));
  }

  /// All ways in which JSON can write a character.
  private static String written(int character) {
    String itself = Pattern.quote(String.valueOf((char) character));
    return String.format(Locale.ROOT, "(?:\\\\?%s|\\\\u(?i:%04x))", itself, character);
  }

  /// No key.
  public static ApiKey none() {
    return NONE;
  }

  /// The key in a file, else the one in the environment, else none.
  ///
  /// @throws UserError if the file cannot be read or the key cannot be sent
  public static ApiKey find(Map<String, String> environment, Optional<Path> file) {
    return of(file.map(ApiKey::read).orElseGet(() -> environment.getOrDefault(VARIABLE, "")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserError(
          "--api-key-file " + file + " cannot be read", "name a file with the key", e);
    }
  }

  private static ApiKey of(String text) {
    // Some editors write a byte-order mark at the beginning of a file.
    String secret = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    if (secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new UserError("the API key has blanks or unusual letters in it", "give it on one line");
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

  /// An answer without the key in it, however JSON writes it: what a server says can end in a
  /// record, and a record is shown to others. A key of fewer than 8 characters is left.
  byte[] hide(byte[] answer) {
    if (secret.length() < SHORTEST_SECRET) {
      return answer;
    }
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    String hidden = hide(text);
    if (hidden.contains("\\u00") || (ESCAPED.matcher(secret).find() && hidden.contains("\\"))) {
      hidden = escaped.matcher(hidden).replaceAll("(the API key)");
    }
    return hidden.equals(text) ? answer : hidden.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Whether there is one.
  public boolean isPresent() {
    return !secret.isEmpty();
  }

  @Override
  public String toString() {
    return secret.isEmpty() ? "no API key" : "(the API key)";
  }
}
