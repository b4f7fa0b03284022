package criticalwindows.store;

import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What may stand under the names that a run gives its files: plain files and folders, no links. A
/// run's folder can come from anybody.
final class RunKinds {
  private static final Set<String> FILES =
      Set.of(
          "run.json",
          "problems.parquet",
          "ledger.duckdb",
          "decisions.jsonl",
          "failed.jsonl",
          "verdicts.jsonl",
          "run.lock",
          "report.html");

  /// The name of a closed wave, with its number.
  static final Pattern SEGMENT = Pattern.compile("wave-(\\d{6,9})\\.parquet");

  private static final Set<String> FOLDERS = Set.of("waves", "tmp");
  private static final String LOG = "ledger.duckdb.";
  private static final String SPILLED = "duckdb_temp_";
  private static final String PART = ".part";

  private RunKinds() {}

  /// Looks at everything in a run's folder; whatever has another name is not looked at.
  static void require(Path root) {
    try (Stream<Path> there = Files.list(root)) {
      for (Path path : there.toList()) {
        String name = String.valueOf(path.getFileName());
        if (FOLDERS.contains(name) || name.startsWith("intervene-")) {
          requireFolder(path);
        } else if (isFile(name)) {
          requireFile(path);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // No run is here, which is said where it is read.
    } catch (IOException e) {
      throw Durable.unreadable(root, e);
    }
  }

  private static boolean isFile(String name) {
    return FILES.contains(whole(name)) || name.startsWith(LOG);
  }

  private static String whole(String name) {
    return name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
  }

  /// Whether a process that was killed can have left a file of this name, of no use to anybody.
  static boolean isLeftOver(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean draft =
        name.endsWith(PART)
            && (FILES.contains(whole(name)) || SEGMENT.matcher(whole(name)).matches());
    return draft || name.startsWith(SPILLED);
  }

  /// Refuses what is there and is no plain file. What has gone since it was listed is no fault:
  /// whoever writes deletes drafts, logs and folded waves at any moment.
  static void requireFile(Path file) {
    kind(file)
        .filter(kind -> !kind.isRegularFile())
        .ifPresent(
            kind -> {
              throw odd(file, kind, "file");
            });
  }

  private static void requireFolder(Path folder) {
    kind(folder)
        .filter(kind -> !kind.isDirectory())
        .ifPresent(
            kind -> {
              throw odd(folder, kind, "folder");
            });
  }

  private static Optional<BasicFileAttributes> kind(Path path) {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Durable.unreadable(path, e);
    }
  }

  private static UserError odd(Path path, BasicFileAttributes kind, String wanted) {
    String is = kind.isSymbolicLink() ? "a link" : "no plain " + wanted;
    return new UserError(
        path + " is " + is + ", which no run has",
        "do not trust this folder if it is not your own; else put the " + wanted + " itself there");
  }

  /// Refuses a file that is there under another name too: what is written to it is written there.
  static void requireOneName(Path file) {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          && Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
              instanceof Integer names
          && names > 1) {
        throw new UserError(
            file + " has " + names + " names on this disk, and all would be written to",
            "copy the run's folder (cp -r) and go on with the copy");
      }
    } catch (IOException e) {
      throw Durable.unreadable(file, e);
    } catch (UnsupportedOperationException e) {
      return; // A system without such names.
    }
  }

  /// Takes away what has a draft's name, so that nothing is written through a link.
  ///
  /// @throws UserError if it stays
  static void clear(Path draft) {
    Durable.discard(draft);
    if (Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(
          draft + " is there and cannot be deleted",
          "delete it, or make its folder writable; it is the draft of a file and means nothing");
    }
  }

  /// What a killed process left unfinished in these folders.
  static List<Path> leftOver(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> there = Files.list(folder)) {
      return there.filter(RunKinds::isLeftOver).toList();
    } catch (IOException e) {
      throw Durable.unreadable(folder, e);
    }
  }
}
