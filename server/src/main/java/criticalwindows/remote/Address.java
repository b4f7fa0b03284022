package criticalwindows.remote;

import criticalwindows.error.UserError;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where a server is.
///
/// @param base its scheme, host and port, and a path if it has one, without `/v1` and without a
///   slash at the end
public record Address(URI base) {
  private static final String HINT =
      "give http://HOST:PORT or https://HOST, several with commas between them";

  /// Whether a text names a server and no file.
  public static boolean isUrl(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /// One server, or several with commas between them.
  ///
  /// @throws UserError if one is no address, is there twice, or has a name and password in it
  public static List<Address> parse(String text) {
    List<Address> all = new ArrayList<>();
    for (String part : List.of(text.split(",", -1))) {
      Address address = one(part.strip());
      if (all.contains(address)) {
        throw new UserError("the server " + address + " is there twice", "name each server once");
      }
      all.add(address);
    }
    return List.copyOf(all);
  }

  private static Address one(String text) {
    try {
      URI uri = new URI(text.replaceFirst("/+$", "").replaceFirst("/v1$", ""));
      if (uri.getRawUserInfo() != null) {
        // The text is not repeated: there is a password in it.
        throw new UserError(
            "an address has a name and a password in it",
            "give the key in the environment as " + ApiKey.VARIABLE + ", or with --api-key-file");
      }
      if (isUrl(text)
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return new Address(uri);
      }
    } catch (java.net.URISyntaxException e) {
      throw new UserError("no address of a server: " + text, HINT, e);
    }
    throw new UserError("no address of a server: " + text, HINT);
  }

  /// Whether others can read what is sent there: it is another machine, and HTTP is not encrypted.
  public boolean isOpen() {
    String host = base.getHost().toLowerCase(Locale.ROOT);
    boolean here =
        host.equals("localhost") || host.matches("127\\.[0-9.]+") || host.equals("[::1]");
    return !here && !"https".equalsIgnoreCase(base.getScheme());
  }

  /// A page of the server.
  ///
  /// @param path with a slash before it
  URI at(String path) {
    return URI.create(base + path);
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
