package criticalwindows.cli;

import criticalwindows.activation.ActivationReader;
import criticalwindows.activation.HookPoint;
import criticalwindows.model.Tokens;
import java.util.List;

/// A reader of activations that says how long it took.
final class TimedReader implements ActivationReader {
  private final ActivationReader reader;
  private long nanoseconds;

  TimedReader(ActivationReader reader) {
    this.reader = reader;
  }

  /// All that reading took.
  long nanoseconds() {
    return nanoseconds;
  }

  @Override
  public int layers() {
    return reader.layers();
  }

  @Override
  public int width() {
    return reader.width();
  }

  @Override
  public List<HookPoint> hooks() {
    return reader.hooks();
  }

  @Override
  public int sequences() {
    return reader.sequences();
  }

  @Override
  public int contextLength() {
    return reader.contextLength();
  }

  @Override
  public float[][] read(int sequence, Tokens next, int[] wanted) throws InterruptedException {
    long began = System.nanoTime();
    try {
      return reader.read(sequence, next, wanted);
    } finally {
      nanoseconds += System.nanoTime() - began;
    }
  }

  @Override
  public void trim(int sequence, int kept) {
    reader.trim(sequence, kept);
  }

  @Override
  public void close() {
    reader.close();
  }
}
