package criticalwindows.activation;

import criticalwindows.model.Tokens;
import java.util.List;

/// A model that reads texts and hands out what it computes inside. It holds several texts at once,
/// each as a sequence, and computes no token of them twice.
///
/// It is used by one thread, and closed when done.
public interface ActivationReader extends AutoCloseable {
  /// The layers of the model.
  int layers();

  /// The size of a vector, the same at every hook point.
  int width();

  /// Where vectors are read, in the order in which they are handed out; at least one, none twice.
  List<HookPoint> hooks();

  /// How many texts it holds at once, at least one.
  int sequences();

  /// The most tokens of one text.
  int contextLength();

  /// Reads the tokens that come next in a text.
  ///
  /// @param sequence of the text, in [0, [#sequences]); it begins empty
  /// @param next at least one; with what the sequence holds at most [#contextLength]
  /// @param wanted places among `next` whose vectors are handed out, ascending, each in [0, tokens)
  /// @return of each place in `wanted` an array of shape [hook points × width]: the vectors that
  ///   the model computes at that token, hook point by hook point; the caller's own
  /// @throws InterruptedException if the thread is interrupted; the sequence is empty then
  float[][] read(int sequence, Tokens next, int[] wanted) throws InterruptedException;

  /// Forgets all tokens of a text but the first `kept`.
  ///
  /// @param kept in [0, tokens that were read]
  void trim(int sequence, int kept);

  @Override
  void close();
}
