package criticalwindows.download;

import criticalwindows.error.UserError;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a hub says of a file before it gives it out.
///
/// @param file at its commit
/// @param etag its name among the repository's blobs
/// @param size in bytes
record Description(HubFile file, String etag, long size) {
  /// Far more than any set of problems has. What broke off is kept, and is no more than this.
  private static final long MOST_BYTES = 1L << 30;

  private static final Pattern ETAG = Pattern.compile("[\\w.-]{1,128}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}");

  /// @throws UserError if the hub has no such file, or not for this user, or is none
  static Description of(HubFile file, HubReply reply) {
    requireFound(file, reply);
    String etag = header(reply, "X-Linked-Etag", "ETag").replaceFirst("^W/", "").replace("\"", "");
    String commit = header(reply, "X-Repo-Commit", "X-Repo-Commit");
    String size = header(reply, "X-Linked-Size", "Content-Length");
    // What a server says becomes the name of a file here.
    boolean said = COMMIT.matcher(commit).matches() && SIZE.matcher(size).matches();
    if (!said || !ETAG.matcher(etag).matches() || etag.startsWith(".")) {
      throw new UserError(
          reply.from().getHost()
              + " does not answer as a hub does: it gives no commit, hash or size",
          "check HF_ENDPOINT, or name a file on this machine");
    }
    if (file.isPinned() && !commit.equals(file.revision())) {
      throw new UserError(
          reply.from().getHost() + " gives the commit " + commit + " in place of " + file,
          "check HF_ENDPOINT: what is asked for by its commit is that or nothing");
    }
    if (Long.parseLong(size) > MOST_BYTES) {
      throw new UserError(
          "the hub says that " + file + " has " + size + " bytes, more than are fetched here",
          "fetch it with other tools, and name the file on this machine");
    }
    return new Description(file.at(commit), etag, Long.parseLong(size));
  }

  private static String header(HubReply reply, String name, String otherName) {
    return reply.header(name).or(() -> reply.header(otherName)).orElse("");
  }

  private static void requireFound(HubFile file, HubReply reply) {
    int status = reply.status();
    if (status < 400) {
      return;
    }
    String why = reply.header("X-Error-Code").orElse("");
    if (why.equals("GatedRepo")) {
      throw gated(file, reply.from());
    }
    if (status == 404 && why.equals("EntryNotFound")) {
      throw new UserError(
          "the hub has no file " + file.path() + " in " + file.repository(), "check the address");
    }
    if (status == 404 && why.equals("RevisionNotFound")) {
      throw new UserError(
          "the hub has no revision " + file.revision() + " of " + file.repository(),
          "name a branch, a tag or a commit that it has");
    }
    throw new UserError(
        "the hub does not give out " + file + " (" + status + ")" + unknown(status),
        "check the address; what is private needs HF_TOKEN; or name a file on this machine");
  }

  private static UserError gated(HubFile file, URI from) {
    String page = from.getScheme() + "://" + from.getAuthority() + "/datasets/" + file.repository();
    return new UserError(
        "the hub gives out " + file + " to those only whom its owner lets in",
        "ask for access on " + page + ", then set HF_TOKEN to a token of your own");
  }

  private static String unknown(int status) {
    Optional<String> why =
        switch (status) {
          case 401, 404 -> Optional.of(": there is no such data set, or it is private");
          case 403 -> Optional.of(": the token does not allow it");
          default -> Optional.empty();
        };
    return why.orElse("");
  }
}
