package criticalwindows.download;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A Hugging Face hub and the cache of its files.
///
/// A file is asked for by its revision, so that a branch that has moved on gives a new file;
/// without the hub, what the cache holds of that branch is given, with a note. A file of a commit
/// never changes, and is not asked for twice. Every file is hashed whenever it is given.
///
/// @param hubWait how a hub that has no time is waited for
public record Hub(HubSettings settings, HubWait hubWait) {
  /// By the environment of this process.
  public static Hub standard() {
    return new Hub(HubSettings.standard(), HubWait.SLEEP);
  }

  /// A file, from the cache or from the hub.
  ///
  /// @throws UserError if it is not to be had, saying why
  public Fetched fetch(HubFile file) {
    HubCache cache = new HubCache(settings.cache());
    try {
      boolean offline = settings.access() == HubSettings.Access.OFFLINE;
      if (file.isPinned() || offline) {
        Optional<Fetched> known = cached(cache, file, List.of());
        if (known.isPresent()) {
          return known.get();
        }
      }
      if (offline) {
        throw notHere(file);
      }
      return online(cache, file);
    } catch (IOException e) {
      throw new UserError(
          "the cache " + settings.cache() + " cannot be used: " + Retries.reason(e),
          "free some disk space, or set HF_HUB_CACHE to a folder that you may write to",
          e);
    }
  }

  private UserError notHere(HubFile file) {
    return new UserError(
        file + " is not in the cache " + settings.cache() + ", and HF_HUB_OFFLINE is set",
        "unset it once to fetch the file, or name a file on this machine");
  }

  /// What the cache holds of a file, if it is what it should be.
  private static Optional<Fetched> cached(HubCache cache, HubFile file, List<String> notes)
      throws IOException {
    Optional<HubFile> known = cache.known(file);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Path path = cache.snapshot(known.get());
    String etag = String.valueOf(path.toRealPath().getFileName());
    boolean link = Files.isSymbolicLink(path);
    return !cache.holds(known.get(), path.toRealPath()) || (link && !Digests.fits(path, etag))
        ? Optional.empty()
        : Optional.of(new Fetched(known.get(), path, Digests.sha256(path), notes));
  }

  private Fetched online(HubCache cache, HubFile file) throws IOException {
    HubRequests requests = new HubRequests(settings, hubWait.longest());
    try {
      Description found = new Retries(hubWait).until(() -> describe(requests, file));
      Transfer transfer = new Transfer(requests, cache, hubWait);
      Path blob = cache.alone(found.file(), found.etag(), () -> transfer.bring(found));
      Path path = cache.link(found.file(), blob);
      cache.refer(file, found.file().revision());
      return new Fetched(found.file(), path, Digests.sha256(path), List.of());
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      return withoutHub(cache, file, e);
    }
  }

  private static Description describe(HubRequests requests, HubFile file) throws IOException {
    HubReply reply = requests.head(file);
    try {
      reply.requireTime();
      return Description.of(file, reply);
    } finally {
      reply.close();
    }
  }

  private Fetched withoutHub(HubCache cache, HubFile file, IOException failure) throws IOException {
    String why =
        "the hub " + settings.endpoint().getHost() + " cannot be used: " + Retries.reason(failure);
    String note = why + "; " + file + " is taken from the cache";
    return cached(cache, file, List.of(note))
        .orElseThrow(
            () ->
                new UserError(
                    why,
                    "check the network and HF_ENDPOINT, or name a file on this machine; what has"
                        + " been fetched of "
                        + file.path()
                        + " is kept",
                    failure));
  }
}
