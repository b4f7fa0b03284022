package criticalwindows.model;

import java.util.List;
import java.util.Map;

/// A language model that can continue from exact token ids.
///
/// A model is used by one thread at a time, and closed when done.
public interface Model extends AutoCloseable {
  /// A short name for people.
  String name();

  /// Its tokens.
  Vocabulary vocabulary();

  /// How it sees a conversation.
  ChatTemplate chatTemplate();

  /// The most tokens of one sequence, prompt included.
  int contextLength();

  /// The sampling its makers recommend.
  Recommended recommended();

  /// How many scripts that come to hold at most `tokens` tokens each run at once; a caller with
  /// fewer leaves speed unused.
  int width(int tokens);

  /// Whether it computes elsewhere, so that this machine can write what has ended while the next
  /// scripts run. Where it computes here, nothing is gained by that, and a crash costs less
  /// without.
  default boolean elsewhere() {
    return false;
  }

  /// Runs every script and reports each as it ends, in any order, on the calling thread. What one
  /// script draws depends on no other script but through the rounding of batched arithmetic.
  ///
  /// @throws InterruptedException if the thread is interrupted; what was reported stands, the rest
  ///   is dropped
  /// @throws IllegalArgumentException if a script cannot fit the context or names an id outside the
  ///   vocabulary; nothing has run then
  void run(List<Script> scripts, Sink sink) throws InterruptedException;

  /// What computed the numbers, for the record: engine, build, model hash, threads and the like.
  Map<String, String> provenance();

  /// Frees what the model holds; nothing may be asked of it afterwards.
  @Override
  void close();

  /// Takes what came of a script.
  @FunctionalInterface
  interface Sink {
    /// @param index the script's place in the list that was run, from 0
    void finished(int index, Completion completion);

    /// Hears that a script can never succeed, such as one that a server refuses. Models that own
    /// their engine have none such.
    ///
    /// @param index the script's place in the list that was run, from 0
    /// @param reason for people, on one line
    default void failed(int index, String reason) {
      throw new IllegalStateException("script " + index + " failed: " + reason);
    }
  }

  /// Sampling parameters and where they come from.
  ///
  /// @param source for people, such as "the file's general.sampling" or "no recommendation, so the
  ///   plain distribution"
  record Recommended(Sampling sampling, String source) {}
}
