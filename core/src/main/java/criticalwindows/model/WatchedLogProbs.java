package criticalwindows.model;

/// What a [Watch] saw: plain log-probabilities of what was watched for, in its order.
///
/// @param written where the model came to name one of them by itself: at the place that is watched,
///   or at that of [Watch#naming]; empty where it did not, where nothing was watched, or where a
///   server keeps them
/// @param forced had the writing begun with what stands before the watched place: another quantity,
///   unless it did, for what the model would rather have written first is left out; empty where
///   that was not asked for, or where a server keeps them
public record WatchedLogProbs(LogProbs written, LogProbs forced) {
  /// Nothing was seen.
  public static final WatchedLogProbs NONE = new WatchedLogProbs(LogProbs.NONE, LogProbs.NONE);
}
