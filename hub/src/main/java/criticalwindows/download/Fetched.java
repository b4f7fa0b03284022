package criticalwindows.download;

import java.nio.file.Path;
import java.util.List;

/// A file of a hub, here on disk.
///
/// @param file at the commit it is of
/// @param path in the cache
/// @param sha256 of its content, in hexadecimal digits
/// @param notes what people should know: that the hub could not be asked for a newer one
public record Fetched(HubFile file, Path path, String sha256, List<String> notes) {
  public Fetched {
    notes = List.copyOf(notes);
  }
}
