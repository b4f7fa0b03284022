package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.disk.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where the parts of a run lie.
///
/// @param root the run's folder, absolute
record RunFiles(Path root) {
  private static final String ASIDE = ".aside";

  RunFiles {
    root = root.toAbsolutePath().normalize();
    Database.requireSayable(root, "a run's folder");
  }

  Path manifest() {
    return root.resolve("run.json");
  }

  Path problems() {
    return root.resolve("problems.parquet");
  }

  Path ledger() {
    return root.resolve("ledger.duckdb");
  }

  /// What a search decided, one JSON object a line; there only where a run searches.
  Path decisions() {
    return root.resolve("decisions.jsonl");
  }

  /// What could not be sampled, and why: a line of JSON each.
  Path failures() {
    return root.resolve("failed.jsonl");
  }

  Path waves() {
    return root.resolve("waves");
  }

  Path lock() {
    return root.resolve("run.lock");
  }

  /// Where the database puts what does not fit its memory while it folds.
  Path scratch() {
    return root.resolve("tmp");
  }

  /// A closed wave.
  Path segment(int number) {
    return waves().resolve(String.format(Locale.ROOT, "wave-%06d.parquet", number));
  }

  /// Refuses a run in which something under one of its own names is no plain file or folder: a link
  /// can lead to any file of whoever opens the run, and a pipe is never read to its end.
  void requirePlain() {
    RunKinds.require(root);
  }

  /// As [#requirePlain], for who will write: no file that is written in place may have a second
  /// name elsewhere.
  void requireOwn() {
    requirePlain();
    for (Path file : List.of(ledger(), decisions(), lock(), failures())) {
      RunKinds.requireOneName(file);
    }
  }

  /// The numbers of the closed waves that lie here, from the first to the last.
  List<Integer> segments() {
    List<Integer> once = listing();
    List<Integer> again = listing();
    while (!again.equals(once)) {
      // A listing made while waves come in can lack one and show a later one.
      once = again;
      again = listing();
    }
    return once;
  }

  private List<Integer> listing() {
    if (!Files.isDirectory(waves())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(waves())) {
      return files
          .flatMapToInt(RunFiles::number)
          .sorted()
          .boxed()
          .peek(number -> RunKinds.requireFile(segment(number)))
          .toList();
    } catch (IOException e) {
      throw Durable.unreadable(waves(), e);
    }
  }

  private static IntStream number(Path file) {
    Matcher name = RunKinds.SEGMENT.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? IntStream.of(Integer.parseInt(name.group(1))) : IntStream.empty();
  }

  /// The logs of a fold that has not ended.
  List<Path> logs() {
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(RunFiles::isLog).sorted().toList();
    } catch (IOException e) {
      throw Durable.unreadable(root, e);
    }
  }

  private static boolean isLog(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("ledger.duckdb.") && !name.endsWith(ASIDE);
  }

  /// Where a log goes that is not to be replayed.
  static Path aside(Path log) {
    return log.resolveSibling(log.getFileName() + ASIDE);
  }

  /// Removes the files of a run whose beginning failed, so that the folder is empty again.
  void discardAll() {
    for (Path file : List.of(manifest(), problems(), ledger(), decisions(), waves(), lock())) {
      Durable.discard(Durable.part(file));
      Durable.discard(file);
    }
    logs().forEach(Durable::discard);
  }
}
