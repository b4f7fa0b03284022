package criticalwindows.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// The data of server-sent events, each on one line, as servers of models write them.
///
/// *Source:* "Server-sent events" of the HTML Living Standard: `data:` and one blank that may be
/// there; a line that begins with a colon is a comment.
final class EventLines {
  /// The most bytes of a line.
  static final int LONGEST = 1 << 20;

  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  private final InputStream in;

  EventLines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /// The data of the next event; nothing at the end.
  ///
  /// @throws CallFailure if a line is too long
  Optional<byte[]> next() throws IOException, CallFailure {
    Optional<byte[]> line = line();
    while (line.isPresent() && !isData(line.get())) {
      line = line();
    }
    return line.map(
        all -> {
          boolean blank = all.length > DATA.length && all[DATA.length] == ' ';
          return Arrays.copyOfRange(all, DATA.length + (blank ? 1 : 0), all.length);
        });
  }

  private static boolean isData(byte[] line) {
    return line.length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
  }

  /// A line without its end.
  private Optional<byte[]> line() throws IOException, CallFailure {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() == LONGEST) {
        throw CallFailure.broken("a line of the stream has more than " + LONGEST + " bytes");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return Optional.of(line.toByteArray());
  }
}
