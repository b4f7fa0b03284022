package criticalwindows.download;

import criticalwindows.error.UserError;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which hub, who asks, and where files are kept.
///
/// @param endpoint of the hub, without a slash at its end
/// @param cache the folder with a folder for each repository
public record HubSettings(URI endpoint, Optional<HubToken> token, Access access, Path cache) {
  private static final String PUBLIC = "https://huggingface.co";
  private static final List<String> YES = List.of("1", "ON", "YES", "TRUE");

  /// Whether the hub may be asked.
  public enum Access {
    /// It may.
    ONLINE,
    /// What is not in the cache is not to be had.
    OFFLINE
  }

  /// As this process was told by its environment.
  ///
  /// @throws UserError if the endpoint is no address
  public static HubSettings standard() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /// As an environment says, by the variables that Python tools read: `HF_ENDPOINT`, `HF_TOKEN`,
  /// `HF_HUB_OFFLINE`, and for the cache `HF_HUB_CACHE`, else `HF_HOME`, else `XDG_CACHE_HOME`.
  ///
  /// @param home the user's folder
  /// @throws UserError if the endpoint is no address
  public static HubSettings of(Map<String, String> environment, Path home) {
    String offline = environment.getOrDefault("HF_HUB_OFFLINE", "");
    return new HubSettings(
        endpoint(given(environment, "HF_ENDPOINT").orElse(PUBLIC)),
        given(environment, "HF_TOKEN").map(HubToken::new),
        YES.contains(offline.toUpperCase(Locale.ROOT)) ? Access.OFFLINE : Access.ONLINE,
        cache(environment, home));
  }

  private static URI endpoint(String text) {
    if (text.indexOf('@') >= 0) {
      // The text is not repeated: there is a password in it.
      throw new UserError(
          "HF_ENDPOINT has a name and a password in it",
          "set it to an address such as " + PUBLIC + ", and HF_TOKEN to a token");
    }
    try {
      URI endpoint = URI.create(text.replaceFirst("/+$", ""));
      if (List.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
          && endpoint.getHost() != null) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      throw noEndpoint(text);
    }
    throw noEndpoint(text);
  }

  private static UserError noEndpoint(String text) {
    return new UserError(
        "HF_ENDPOINT " + text + " is no address of a hub",
        "set it to an address such as " + PUBLIC + ", or unset it");
  }

  private static Path cache(Map<String, String> environment, Path home) {
    return given(environment, "HF_HUB_CACHE")
        .map(text -> expand(text, home))
        .or(() -> given(environment, "HF_HOME").map(text -> expand(text, home).resolve("hub")))
        .or(() -> given(environment, "XDG_CACHE_HOME").map(text -> hub(Path.of(text))))
        .orElseGet(() -> hub(home.resolve(".cache")));
  }

  private static Path hub(Path caches) {
    return caches.resolve("huggingface").resolve("hub");
  }

  private static Path expand(String text, Path home) {
    return text.equals("~") || text.startsWith("~/")
        ? Path.of(home + text.substring(1))
        : Path.of(text);
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.of(environment.getOrDefault(name, "").strip()).filter(text -> !text.isEmpty());
  }
}
