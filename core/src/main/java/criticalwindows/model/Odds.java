package criticalwindows.model;

/// What a [Watch] saw: plain log-probabilities of the ids that were watched, in their order.
///
/// @param written where the model came to the place by itself; empty where it did not, where
///   nothing was watched, or where a server keeps them
/// @param forced had the writing begun with what stands before the place: another quantity, unless
///   it did, for what the model would rather have written first is left out; empty where that was
///   not asked for, or where a server keeps them
public record Odds(LogProbs written, LogProbs forced) {
  /// Nothing was seen.
  public static final Odds NONE = new Odds(LogProbs.NONE, LogProbs.NONE);
}
