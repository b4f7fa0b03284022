package criticalwindows.download;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/// Brings a blob into the cache, from where an earlier transfer broke off.
record Transfer(HubRequests requests, HubCache cache, HubWait hubWait) {
  private static final int PIECE = 1 << 16;

  /// Bytes a second.
  private static final int SLOWEST = 16 << 10;

  private static final int MOST_WRONG = 2;
  private static final int NOTHING_IN_RANGE = 416;

  /// @return the blob, whole and as the hub described it
  /// @throws UserError if its content is twice not what the hub says
  Path bring(Description description) throws IOException {
    HubFile file = description.file();
    Path blob = cache.blob(file, description.etag());
    if (Files.isRegularFile(blob) && isRight(blob, description)) {
      return blob;
    }
    Path incomplete = cache.incomplete(file, description.etag());
    if (!Files.isRegularFile(incomplete, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(incomplete); // A link would be written through.
    }
    for (int wrong = 0; wrong < MOST_WRONG; wrong++) {
      complete(incomplete, description);
      if (isRight(incomplete, description)) {
        HubCache.replace(incomplete, blob);
        return blob;
      }
      Files.delete(incomplete);
    }
    throw new UserError(
        "what the hub sends as " + file + " does not have the hash that it names",
        "try again later, or from another HF_ENDPOINT; nothing of it was kept");
  }

  private static boolean isRight(Path path, Description description) throws IOException {
    return Files.size(path) == description.size() && Digests.fits(path, description.etag());
  }

  private void complete(Path incomplete, Description description) throws IOException {
    Retries retries = new Retries(hubWait);
    long end = hubWait.nanos() + time(description.size());
    long before = present(incomplete, description);
    while (before < description.size() || !Files.exists(incomplete)) {
      try {
        append(incomplete, before, description, end);
        if (present(incomplete, description) < description.size()) {
          throw new IOException("the transfer broke off");
        }
      } catch (TooSlow e) {
        throw e;
      } catch (IOException e) {
        if (present(incomplete, description) > before) {
          retries.progressed();
        }
        retries.failed(e);
      }
      before = present(incomplete, description);
    }
  }

  /// How many bytes are there; more than there can be are none.
  private static long present(Path incomplete, Description description) throws IOException {
    long size = Files.exists(incomplete) ? Files.size(incomplete) : 0;
    if (size > description.size()) {
      Files.delete(incomplete);
      return 0;
    }
    return size;
  }

  /// What came before this stays, and the next command goes on there.
  private static final class TooSlow extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private TooSlow() {
      super("it sends less than " + (SLOWEST >> 10) + " KiB a second");
    }
  }

  /// How long so many bytes may take, in nanoseconds: a server that sends a byte now and then is
  /// never silent.
  private static long time(long bytes) {
    return Duration.ofMinutes(2).plusSeconds(bytes / SLOWEST).toNanos();
  }

  private void append(Path incomplete, long from, Description description, long end)
      throws IOException {
    Map<String, String> range = from == 0 ? Map.of() : Map.of("Range", "bytes=" + from + "-");
    HubReply reply = requests.get(description.file(), range);
    try {
      reply.requireTime();
      boolean goesOn = goesOn(reply, from);
      if (reply.status() != HttpURLConnection.HTTP_OK && !goesOn) {
        restartIfItMust(reply, incomplete);
        throw new IOException("the hub answers " + reply.status() + " to a transfer");
      }
      StandardOpenOption how =
          goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
      try (InputStream in = reply.body();
          OutputStream out =
              Files.newOutputStream(
                  incomplete,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  how,
                  LinkOption.NOFOLLOW_LINKS)) {
        copy(in, out, description.size() - (goesOn ? from : 0), end);
      }
    } finally {
      reply.close();
    }
  }

  /// Whether the server sends the rest, and nothing else.
  private static boolean goesOn(HubReply reply, long from) {
    return from > 0
        && reply.status() == HttpURLConnection.HTTP_PARTIAL
        && reply.header("Content-Range").orElse("").startsWith("bytes " + from + "-");
  }

  /// What is there is of no use if the server has nothing to add to it.
  private static void restartIfItMust(HubReply reply, Path incomplete) throws IOException {
    if (reply.status() == NOTHING_IN_RANGE || reply.status() == HttpURLConnection.HTTP_PARTIAL) {
      Files.deleteIfExists(incomplete);
    }
  }

  /// A server that sends more than it said is not listened to.
  private void copy(InputStream in, OutputStream out, long most, long end) throws IOException {
    byte[] piece = new byte[PIECE];
    long left = most;
    int read = in.read(piece, 0, (int) Math.min(PIECE, left));
    while (left > 0 && read >= 0) {
      out.write(piece, 0, read);
      left -= read;
      if (end - hubWait.nanos() < 0) {
        throw new TooSlow();
      }
      read = left == 0 ? -1 : in.read(piece, 0, (int) Math.min(PIECE, left));
    }
  }
}
