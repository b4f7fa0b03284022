package criticalwindows.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Whose files are loaded as code: this user's and the system's own, which nobody else can write
/// to.
///
/// @param user the number of the user whom this process runs as
record Ownership(int user) {
  private static final int ROOT = 0;

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  static Ownership ofProcess() throws IOException {
    return new Ownership((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /// Makes the folders on the way that are not there yet, for this user alone, and closes those
  /// that are there to others.
  ///
  /// @param from the first folder that is looked at
  /// @param folder in that
  /// @throws IOException if one of them is somebody else's, or a link
  void prepare(Path from, Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path at = folder; at != null && at.startsWith(from); at = at.getParent()) {
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(at + " is no folder but a link");
      }
      close(at);
    }
  }

  /// Takes the right to write from all but its owner.
  ///
  /// @throws IOException if it is somebody else's
  void close(Path path) throws IOException {
    int owner = owner(path);
    if (owner != user && owner != ROOT) {
      throw new IOException(path + " belongs to another user, number " + owner);
    }
    Set<PosixFilePermission> mode =
        EnumSet.copyOf(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    if (mode.removeAll(OTHERS_WRITE)) {
      Files.setPosixFilePermissions(path, mode);
    }
  }
}
