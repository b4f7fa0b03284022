package criticalwindows.download;

import criticalwindows.error.UserError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A file of a data set's repository on a hub.
///
/// @param repository as `owner/name`
/// @param revision a branch, a tag, or a commit
/// @param path inside the repository, with slashes
public record HubFile(String repository, String revision, String path) {
  /// The branch that a repository begins with.
  public static final String MAIN = "main";

  /// What an address begins with.
  public static final String SCHEME = "hf://";

  private static final Pattern ADDRESS =
      Pattern.compile("hf://datasets/([^/@]+/[^/@]+)(?:@([^@]+?))?/([^@]+)");
  private static final Pattern REPOSITORY = Pattern.compile("[\\w.-]+/[\\w.-]+");
  private static final Pattern WORDS = Pattern.compile("[\\w.+=-]+(/[\\w.+=-]+)*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /// @throws IllegalArgumentException if a part is empty or could lead out of a folder
  public HubFile {
    check(REPOSITORY, "repository", repository);
    check(WORDS, "revision", revision);
    check(WORDS, "path", path);
  }

  private static void check(Pattern form, String what, String text) {
    boolean climbs = Arrays.asList(text.split("/", -1)).contains("..");
    if (climbs || !form.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no " + what + " of a hub");
    }
  }

  /// The file at an address such as `hf://datasets/cais/mmlu@main/all/test-00000-of-00001.parquet`,
  /// as Python tools write them. A revision with slashes has them as `%2F`.
  ///
  /// @throws UserError if it is no such address
  public static HubFile parse(String address) {
    Matcher parts = ADDRESS.matcher(address);
    try {
      if (parts.matches()) {
        String revision = parts.group(2) == null ? MAIN : parts.group(2).replace("%2F", "/");
        return new HubFile(parts.group(1), revision, parts.group(3));
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(address + ": " + e.getMessage(), hint(), e);
    }
    throw new UserError(address + " is no address of a file on a hub", hint());
  }

  private static String hint() {
    return "write hf://datasets/OWNER/NAME/PATH, or hf://datasets/OWNER/NAME@REVISION/PATH";
  }

  /// This file at another revision.
  HubFile at(String otherRevision) {
    return new HubFile(repository, otherRevision, path);
  }

  /// Whether the revision can never mean other content.
  boolean isPinned() {
    return COMMIT.matcher(revision).matches();
  }

  /// Where it is under a hub's endpoint.
  String resolve() {
    String encoded =
        Arrays.stream(path.split("/", -1)).map(HubFile::encode).collect(Collectors.joining("/"));
    return "datasets/" + repository + "/resolve/" + encode(revision) + "/" + encoded;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The address that [#parse] reads.
  public String address() {
    String at = revision.equals(MAIN) ? "" : "@" + revision.replace("/", "%2F");
    return SCHEME + "datasets/" + repository + at + "/" + path;
  }

  @Override
  public String toString() {
    return address();
  }
}
