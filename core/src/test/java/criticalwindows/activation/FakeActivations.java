package criticalwindows.activation;

import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A reader whose vectors are known: of width 2 at each hook point, the token's id and the sum of
/// all ids so far, both times the layer. It refuses what no reader may be asked.
public final class FakeActivations implements ActivationReader {
  private final List<HookPoint> hooks;
  private final List<Tokens> sequences;
  private int computed;

  /// @param sequences how many texts it holds
  public FakeActivations(List<HookPoint> hooks, int sequences) {
    this.hooks = List.copyOf(hooks);
    this.sequences = new ArrayList<>(Stream.generate(Tokens::none).limit(sequences).toList());
  }

  /// Tokens that were computed.
  public int computed() {
    return computed;
  }

  @Override
  public int layers() {
    return 8;
  }

  @Override
  public int width() {
    return 2;
  }

  @Override
  public List<HookPoint> hooks() {
    return hooks;
  }

  @Override
  public int sequences() {
    return sequences.size();
  }

  @Override
  public int contextLength() {
    return 100;
  }

  @Override
  public float[][] read(int sequence, Tokens next, int[] wanted) {
    if (next.isEmpty()) {
      throw new IllegalArgumentException("nothing to read");
    }
    int before = sequences.get(sequence).size();
    Tokens text = sequences.get(sequence).plus(next);
    sequences.set(sequence, text);
    computed += next.size();
    float[][] vectors = new float[wanted.length][];
    for (int i = 0; i < wanted.length; i++) {
      vectors[i] = vector(text.prefix(before + wanted[i] + 1));
    }
    return vectors;
  }

  private float[] vector(Tokens text) {
    float[] vector = new float[hooks.size() * 2];
    int sum = text.stream().sum();
    for (int i = 0; i < hooks.size(); i++) {
      vector[2 * i] = hooks.get(i).layer() * text.at(text.size() - 1);
      vector[2 * i + 1] = hooks.get(i).layer() * sum;
    }
    return vector;
  }

  @Override
  public void trim(int sequence, int kept) {
    sequences.set(sequence, sequences.get(sequence).prefix(kept));
  }

  @Override
  public void close() {}
}
