package criticalwindows.activation;

import criticalwindows.model.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Texts that grow, each read by one model as it comes. There may be more of them than the model
/// holds: then the one that was read the longest time ago is forgotten, and read again from its
/// beginning if it goes on.
///
/// It is used by one thread. The model is closed by whoever opened it.
public final class SequencePool {
  private final ActivationReader reader;

  /// The texts that the model holds, each with its sequence; the one read last stands last.
  private final Map<Text, Integer> held = new LinkedHashMap<>();

  private long computed;

  public SequencePool(ActivationReader reader) {
    this.reader = reader;
  }

  /// The model that reads.
  public ActivationReader reader() {
    return reader;
  }

  /// Tokens that were computed so far, those that were read again included.
  public long computed() {
    return computed;
  }

  /// A text that begins.
  ///
  /// @param start all that stands before the response, at least one token; computed with the first
  ///   tokens of the response
  public Text begin(Tokens start) {
    if (start.isEmpty()) {
      throw new IllegalArgumentException("nothing stands before the response");
    }
    return new Text(start);
  }

  /// A text that grows.
  public final class Text {
    private final int prompted;
    private Tokens all;
    // The first place whose vectors nobody has got.
    private int next;
    // Tokens that the model holds.
    private int kept;

    private Text(Tokens start) {
      prompted = start.size();
      all = start;
      next = prompted - 1;
    }

    /// Reads the tokens that come next.
    ///
    /// @param more perhaps none
    /// @return the vectors at each token that were not handed out, in their order: at first those
    ///   of the prompt's last token, then those of `more`; each of shape [hook points × width]
    /// @throws InterruptedException if the thread is interrupted; what was read before stands
    public float[][] read(Tokens more) throws InterruptedException {
      Tokens now = all.plus(more);
      if (next == now.size()) {
        return new float[0][];
      }
      int sequence = sequence();
      int from = kept;
      int[] wanted = IntStream.range(next - from, now.size() - from).toArray();
      kept = 0; // What stands if this is interrupted.
      float[][] vectors = reader.read(sequence, now.slice(from, now.size()), wanted);
      kept = now.size();
      computed += now.size() - from;
      all = now;
      next = now.size();
      return vectors;
    }

    /// Forgets all tokens of the response but the first ones, because others stand in their place.
    ///
    /// @param tokens of the response that stay, in [0, tokens that were read]
    public void trim(int tokens) {
      all = all.prefix(prompted + tokens);
      next = Math.min(next, all.size());
      if (kept > all.size()) {
        kept = all.size();
        Integer sequence = held.get(this);
        if (sequence != null) {
          reader.trim(sequence, kept);
        }
      }
    }

    /// The sequence of this text, which becomes the one that was read last.
    private int sequence() {
      Integer own = held.remove(this);
      int sequence = own == null ? free() : own;
      held.put(this, sequence);
      return sequence;
    }

    private int free() {
      if (held.size() < reader.sequences()) {
        return held.size();
      }
      Map.Entry<Text, Integer> oldest = held.entrySet().iterator().next();
      int sequence = oldest.getValue();
      oldest.getKey().kept = 0;
      held.remove(oldest.getKey());
      reader.trim(sequence, 0);
      return sequence;
    }
  }
}
