package criticalwindows.vectors;

import criticalwindows.activation.ActivationReader;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.WantedText;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Vectors that any prefix of a text has of its own: integers that both precisions hold.
final class HashedVectors implements ActivationReader {
  static final int WIDTH = 5;
  static final List<HookPoint> HOOKS =
      List.of(HookPoint.parse("residual.1"), HookPoint.parse("mlp.2"));

  private final AtomicLong computed;
  private Tokens text = Tokens.none();

  /// @param computed what is computed is added to it
  HashedVectors(AtomicLong computed) {
    this.computed = computed;
  }

  static float[] vector(Tokens prefix) {
    SplittableRandom random = new SplittableRandom(prefix.hashCode());
    float[] vector = new float[HOOKS.size() * WIDTH];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextInt(-1000, 1000);
    }
    return vector;
  }

  /// Texts with common beginnings.
  static List<WantedText> texts(int count) {
    SplittableRandom random = new SplittableRandom(4);
    List<WantedText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tokens prompt = Tokens.of(7, 8, 9).plus(Tokens.of(random.ints(2, 0, 3).toArray()));
      Tokens response = Tokens.of(random.ints(9, 0, 50).toArray());
      texts.add(new WantedText("text \"" + i, "g" + i % 2, prompt, response, List.of(-1, 0, 4, 9)));
    }
    return criticalwindows.activation.Extraction.sorted(texts);
  }

  @Override
  public int layers() {
    return 2;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public List<HookPoint> hooks() {
    return HOOKS;
  }

  @Override
  public int sequences() {
    return 1;
  }

  @Override
  public int contextLength() {
    return 100;
  }

  @Override
  public float[][] read(int sequence, Tokens next, int[] wanted) throws InterruptedException {
    if (Thread.interrupted()) {
      text = Tokens.none();
      throw new InterruptedException("stopped");
    }
    int held = text.size();
    text = text.plus(next);
    computed.addAndGet(next.size());
    return IntStream.of(wanted)
        .mapToObj(place -> vector(text.prefix(held + place + 1)))
        .toArray(float[][]::new);
  }

  @Override
  public void trim(int sequence, int kept) {
    text = text.prefix(kept);
  }

  @Override
  public void close() {}
}
