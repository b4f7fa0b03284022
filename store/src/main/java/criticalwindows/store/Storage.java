package criticalwindows.store;

/// How much of the machine a run's files may take.
///
/// @param mebibytes of memory for the database, at least 64
/// @param threads of the database, at least 1
/// @param foldAfter waves that lie as segments of their own before they are folded into the ledger,
///   at least 1
public record Storage(int mebibytes, int threads, int foldAfter) {
  /// Small beside a model: 512 MiB, two threads, a fold every 32 waves.
  public static final Storage STANDARD = new Storage(512, 2, 32);

  public Storage {
    if (mebibytes < 64 || threads < 1 || foldAfter < 1) {
      throw new IllegalArgumentException(
          mebibytes + " MiB, " + threads + " threads, a fold after " + foldAfter + " waves");
    }
  }
}
