package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.dataset.Problem;
import criticalwindows.disk.Durable;
import criticalwindows.disk.Uninterrupted;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Settings;
import criticalwindows.search.Decisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A run on disk: what it was asked to do, its problems, and every sample.
///
/// One process at a time has it open for writing; any number can read it meanwhile.
public final class RunFolder implements AutoCloseable {
  private final Path folder;
  private final Path decisions;
  private final DuckLedger ledger;
  private final @Nullable RunLock lock;
  private RunJson json;

  private RunFolder(RunFiles files, RunJson json, DuckLedger ledger, @Nullable RunLock lock) {
    this.folder = files.root();
    this.decisions = files.decisions();
    this.json = json;
    this.ledger = ledger;
    this.lock = lock;
  }

  /// Begins a run, open for writing.
  ///
  /// @param folder that is not there yet, or empty
  /// @param problems in the order of the run, each with an id of its own
  /// @throws UserError if the folder holds something already or cannot be written
  public static RunFolder create(Path folder, Manifest manifest, List<Problem> problems) {
    return create(folder, Storage.STANDARD, manifest, problems);
  }

  /// As [#create(Path, Manifest, List)], with this much of the machine.
  public static RunFolder create(
      Path folder, Storage storage, Manifest manifest, List<Problem> problems) {
    RunFiles files = new RunFiles(folder);
    requireDistinct(problems);
    return Uninterrupted.call(
        () -> {
          prepare(files);
          return locked(
              files,
              lock -> {
                try {
                  begin(files, storage, problems);
                  // The last of the files: a folder with this one is a whole run.
                  RunJson json = RunJson.create(files.manifest(), manifest);
                  return new RunFolder(
                      files, json, DuckLedger.writing(files, storage, problems), lock);
                } catch (RuntimeException | Error e) {
                  files.discardAll();
                  throw e;
                }
              });
        });
  }

  /// Opens a run to be read, whether another process writes to it or not.
  ///
  /// @throws UserError if there is no run in the folder, or it is damaged
  public static RunFolder open(Path folder) {
    return open(folder, Storage.STANDARD);
  }

  /// As [#open(Path)], with this much of the machine.
  public static RunFolder open(Path folder, Storage storage) {
    RunFiles files = new RunFiles(folder);
    return Uninterrupted.call(
        () -> {
          files.requirePlain();
          RunJson json = RunJson.load(files.manifest());
          List<Problem> problems = problems(files, storage);
          return new RunFolder(files, json, DuckLedger.reading(files, storage, problems), null);
        });
  }

  /// Opens a run for writing, to go on with it.
  ///
  /// @throws UserError if there is no run in the folder, it is damaged, or it is open for writing
  ///   already
  public static RunFolder resume(Path folder) {
    return resume(folder, Storage.STANDARD);
  }

  /// As [#resume(Path)], with this much of the machine.
  public static RunFolder resume(Path folder, Storage storage) {
    RunFiles files = new RunFiles(folder);
    return Uninterrupted.call(
        () -> {
          files.requireOwn();
          // A folder without a run is left as it is, without so much as a lock.
          RunJson.load(files.manifest());
          return locked(
              files,
              lock -> {
                RunJson json = RunJson.load(files.manifest());
                List<Problem> problems = problems(files, storage);
                return new RunFolder(
                    files, json, DuckLedger.writing(files, storage, problems), lock);
              });
        });
  }

  private static void requireDistinct(List<Problem> problems) {
    Set<String> ids = new HashSet<>();
    for (Problem problem : problems) {
      if (!ids.add(problem.id())) {
        throw new UserError(
            "the problem " + problem.id() + " is there twice: " + problem.question(),
            "leave one of the two out");
      }
    }
  }

  private static void prepare(RunFiles files) {
    try {
      Files.createDirectories(files.root());
      try (Stream<Path> there = Files.list(files.root())) {
        if (there.findAny().isPresent()) {
          throw new UserError(
              "the folder " + files.root() + " is not empty",
              "name a new folder, or resume the run in this one");
        }
      }
    } catch (IOException e) {
      throw Durable.unwritable(files.root(), e);
    }
  }

  /// Opens a run under its lock, which goes with the run, or is let go of where that fails.
  private static RunFolder locked(RunFiles files, Function<RunLock, RunFolder> opening) {
    RunLock lock = RunLock.acquire(files);
    try {
      return opening.apply(lock);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static void begin(RunFiles files, Storage storage, List<Problem> problems) {
    Path part = Durable.part(files.problems());
    try (Database database = Database.open(storage.share(), "", files.root())) {
      Files.createDirectory(files.waves());
      ProblemRows.write(database, problems, part);
      Durable.publish(part, files.problems());
      Fold.run(database, files);
    } catch (IOException e) {
      throw Durable.unwritable(files.root(), e);
    } catch (SQLException e) {
      throw new UserError(
          "cannot write the run " + files.root() + ": " + Database.reason(e),
          "free some disk space or make the folder writable, or name another one",
          e);
    }
  }

  private static List<Problem> problems(RunFiles files, Storage storage) {
    try (Database database = Database.open(storage.share(), "", files.root())) {
      List<Problem> problems = ProblemRows.read(database, files.problems());
      requireDistinct(problems);
      return problems;
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      throw Damage.strange(files.problems(), e);
    } catch (SQLException e) {
      throw new UserError(
          files.problems() + " cannot be read: " + Database.reason(e),
          "put a copy of the file back; it is written once, when the run begins",
          e);
    }
  }

  /// Where the run is.
  public Path folder() {
    return folder;
  }

  /// What the run was asked to do, and who worked on it.
  public Manifest manifest() {
    return json.manifest();
  }

  /// What the run's experiment was told, as that experiment reads it.
  ///
  /// @param reader such as `CotSettings::of`
  /// @throws UserError if the settings are none of that experiment
  public <S> S settings(Function<Settings, S> reader) {
    return json.settings(reader);
  }

  /// Every sample of the run.
  public DuckLedger ledger() {
    return ledger;
  }

  /// A ledger beside the run's, for more samples of its problems that no reader of the run is to
  /// see; made where it is not there yet. It is to be closed before the run.
  ///
  /// @param name of its folder in the run's
  /// @throws IllegalStateException if the run is not open for writing
  public DuckLedger ledger(String name) {
    if (lock == null) {
      throw new IllegalStateException("this run is open to be read only");
    }
    RunFiles files = new RunFiles(folder.resolve(name));
    files.requireOwn();
    return DuckLedger.writing(files, Storage.STANDARD, ledger.problems());
  }

  /// What a search decided, where the run is one.
  public Decisions decisions() {
    return new DecisionFile(decisions, lock != null);
  }

  /// What went wrong in the run's files and was repaired, or can wait: a line each.
  public List<String> warnings() {
    return ledger.warnings();
  }

  /// Writes down that a process works on the run.
  ///
  /// @throws IllegalStateException if the run is not open for writing
  public void note(Manifest.Session session) {
    if (lock == null) {
      throw new IllegalStateException("this run is open to be read only");
    }
    json = Uninterrupted.call(() -> json.plus(session));
  }

  /// Frees the run for the next writer; all that was appended is there.
  @Override
  public void close() {
    try {
      ledger.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
