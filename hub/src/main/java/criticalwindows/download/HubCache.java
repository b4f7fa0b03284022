package criticalwindows.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The cache folder in the layout that Hugging Face's tools share: for each repository `blobs` by
/// ETag, `snapshots` with links to them by commit and path, and `refs` with the commit of a branch.
///
/// *Source:* the Hugging Face hub's documentation, "Hub Local Cache".
///
/// @param folder with a folder for each repository
record HubCache(Path folder) {
  /// Work on a cache.
  interface Work<T> {
    T run() throws IOException;
  }

  private Path repository(HubFile file) {
    return folder.resolve(name(file));
  }

  private static String name(HubFile file) {
    return "datasets--" + file.repository().replace("/", "--");
  }

  Path blob(HubFile file, String etag) {
    return repository(file).resolve("blobs").resolve(etag);
  }

  /// What of a blob is there already.
  Path incomplete(HubFile file, String etag) {
    return repository(file).resolve("blobs").resolve(etag + ".incomplete");
  }

  /// Where a pinned file is, or would be.
  Path snapshot(HubFile pinned) {
    return repository(pinned)
        .resolve("snapshots")
        .resolve(pinned.revision())
        .resolve(pinned.path());
  }

  private Path ref(HubFile file) {
    return repository(file).resolve("refs").resolve(file.revision());
  }

  /// The file as it is known here, at its commit.
  Optional<HubFile> known(HubFile file) throws IOException {
    try {
      HubFile pinned = file.isPinned() ? file : file.at(Files.readString(ref(file)).strip());
      return Files.isRegularFile(snapshot(pinned)) ? Optional.of(pinned) : Optional.empty();
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Notes which commit a branch is at.
  void refer(HubFile file, String commit) throws IOException {
    if (!file.isPinned()) {
      Files.createDirectories(ref(file).resolveSibling("."));
      Path draft = draft(ref(file));
      Files.writeString(draft, commit, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      publish(draft, ref(file));
    }
  }

  /// Gives a blob its name in a commit.
  Path link(HubFile pinned, Path blob) throws IOException {
    Path snapshot = snapshot(pinned);
    Path parent = snapshot.resolveSibling(".").normalize();
    Files.createDirectories(parent);
    Path draft = draft(parent.resolve(snapshot.getFileName()));
    try {
      Files.createSymbolicLink(draft, parent.relativize(blob.normalize()));
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Some file systems have no links.
      Files.copy(blob, draft);
    }
    publish(draft, snapshot);
    return snapshot;
  }

  /// A name that nobody has, in a folder of its own: what is written there has the mode that this
  /// user gives every file, as the files of Python tools have.
  private static Path draft(Path file) throws IOException {
    Path folder = Files.createTempDirectory(file.resolveSibling(".").normalize(), ".draft");
    return folder.resolve(file.getFileName());
  }

  private static void publish(Path draft, Path file) throws IOException {
    replace(draft, file);
    Files.delete(draft.resolveSibling(".").normalize());
  }

  /// Whether a file lies where this cache keeps content, and a link leads nowhere else.
  ///
  /// @param real without a link on its way
  boolean holds(HubFile pinned, Path real) throws IOException {
    Path repository = repository(pinned).toRealPath();
    Path blobs = repository.resolve("blobs");
    Path plain = repository.resolve("snapshots").resolve(pinned.revision()).resolve(pinned.path());
    return blobs.equals(real.getParent()) || plain.equals(real);
  }

  static void replace(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Does work on a blob that no other process of this program does at the same time.
  <T> T alone(HubFile file, String etag, Work<T> work) throws IOException {
    Path locks = folder.resolve(".locks").resolve(name(file));
    Files.createDirectories(locks);
    Files.createDirectories(repository(file).resolve("blobs"));
    Path lock = locks.resolve(etag + ".lock");
    synchronized (HubCache.class) {
      try (FileChannel channel =
              FileChannel.open(
                  lock,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS);
          FileLock held = channel.lock()) {
        assertHeld(held);
        return work.run();
      }
    }
  }

  private static void assertHeld(FileLock lock) {
    if (!lock.isValid()) {
      throw new IllegalStateException("a lock that was just taken does not hold");
    }
  }
}
