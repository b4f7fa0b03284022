package criticalwindows.show;

import criticalwindows.disk.Durable;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Path;

/// Pages as files.
public final class Pages {
  private Pages() {}

  /// Writes a page, whole or not at all.
  public static Path write(Path page, String html) {
    try {
      Durable.write(page, html);
      return page;
    } catch (IOException e) {
      throw new UserError(
          "the page " + page + " cannot be written: " + Reason.of(e),
          "free some disk space or make the folder writable, or name another place with --out",
          e);
    }
  }
}
