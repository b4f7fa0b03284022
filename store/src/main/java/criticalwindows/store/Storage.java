package criticalwindows.store;

import criticalwindows.database.Database;
import java.time.Duration;

/// How much of the machine a run's files may take.
///
/// @param mebibytes of memory for the database, at least 64
/// @param threads of the database, at least 1
/// @param foldAfter waves that lie as segments of their own before they are folded into the ledger,
///   at least 1
/// @param readerWait how long a reader waits for a fold to end
public record Storage(int mebibytes, int threads, int foldAfter, Duration readerWait) {
  /// Small beside a model: 512 MiB, two threads, a fold every 32 waves. A fold of 32 waves of 1,000
  /// long samples takes one to two seconds of processor time, so ten seconds are enough on a busy
  /// machine too.
  public static final Storage STANDARD = new Storage(512, 2, 32, Duration.ofSeconds(10));

  public Storage {
    if (mebibytes < 64 || threads < 1 || foldAfter < 1) {
      throw new IllegalArgumentException(
          mebibytes + " MiB, " + threads + " threads, a fold after " + foldAfter + " waves");
    }
  }

  /// What the database may take.
  Database.Share share() {
    return new Database.Share(mebibytes, threads);
  }
}
