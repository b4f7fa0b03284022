package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// What a test does in a process of its own: `Child JOB FOLDER`.
final class Child {
  private Child() {}

  /// A fold every second wave, so that a killed process is often in the middle of one.
  static final Storage OFTEN = Examples.storage(2);

  static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    switch (Job.valueOf(arguments[0])) {
      case APPEND -> append(folder);
      case FOLD_AND_HALT -> foldAndHalt(folder, Integer.parseInt(arguments[2]));
      case WATCH -> watch(folder, Integer.parseInt(arguments[2]));
      case SHOW -> show(folder);
      case RESUME -> resume(folder);
      case HOLD -> hold(folder, arguments[2]);
    }
  }

  /// What there is to do.
  enum Job {
    APPEND,
    FOLD_AND_HALT,
    WATCH,
    SHOW,
    RESUME,
    HOLD
  }

  /// Appends one wave after the other until it is killed or cannot, and says each number when it is
  /// there.
  private static void append(Path folder) {
    try (RunFolder run = RunFolder.resume(folder, OFTEN)) {
      List<Problem> problems = run.ledger().problems();
      for (int number = run.ledger().lastWave() + 1; ; number++) {
        run.ledger().append(Examples.wave(problems, number));
        System.out.println(number);
      }
    } catch (UserError failure) {
      say(failure);
    }
  }

  private static void say(UserError failure) {
    System.out.println(failure.getMessage());
    System.out.println(failure.hint());
  }

  /// Folds as far as this step, then stops dead, as if killed.
  private static void foldAndHalt(Path folder, int step) throws SQLException, IOException {
    RunFiles files = new RunFiles(folder);
    RunLock lock = RunLock.acquire(files);
    Fold fold = new Fold(Database.open(OFTEN.share(), "", folder), files);
    fold.open();
    haltAt(1, step);
    List<Integer> taken = fold.insert();
    haltAt(2, step);
    fold.checkpoint();
    haltAt(3, step);
    fold.close();
    haltAt(4, step);
    fold.delete(taken.subList(0, 1));
    haltAt(5, step);
    lock.close();
  }

  private static void haltAt(int here, int step) {
    if (here == step) {
      Runtime.getRuntime().halt(9);
    }
  }

  /// Reads a run that another process writes, until it has this many waves; each time it must see
  /// the first waves, whole.
  private static void watch(Path folder, int last) {
    try (RunFolder run = RunFolder.open(folder)) {
      List<Problem> problems = run.ledger().problems();
      System.out.println("watching");
      int seen = 0;
      while (seen < last) {
        List<Sample> rows = Examples.all(run.ledger());
        seen = rows.stream().mapToInt(Sample::wave).max().orElse(0);
        if (!rows.equals(Examples.waves(problems, seen))) {
          throw new AssertionError("not the waves up to " + seen);
        }
      }
      System.out.println("warnings " + run.warnings());
    }
  }

  private static void show(Path folder) {
    try (RunFolder run = RunFolder.open(folder)) {
      System.out.println(
          run.ledger().lastWave() + " " + run.ledger().keys().size() + " " + run.warnings());
    }
  }

  private static void resume(Path folder) {
    try (RunFolder run = RunFolder.resume(folder)) {
      System.out.println(run.ledger().lastWave());
    } catch (UserError failure) {
      say(failure);
    }
  }

  /// Keeps the ledger open until its input ends.
  private static void hold(Path folder, String how) throws SQLException, IOException {
    try (Database database = Database.open(OFTEN.share(), "", folder)) {
      database.run(
          "ATTACH " + Database.literal(new RunFiles(folder).ledger()) + " AS held (" + how + ")");
      System.out.println("holding");
      System.in.read();
    }
  }
}
