package criticalwindows.remote;

/// What has gone over the wire since a model was opened.
///
/// @param answered calls that came to an answer
/// @param retries calls that were made again
/// @param failed scripts that can never succeed
/// @param read tokens of prompts
/// @param written tokens sampled
/// @param inFlight calls under way now
public record Traffic(
    long answered, long retries, long failed, long read, long written, int inFlight) {
  /// What that costs at a price for a million tokens, read and written alike.
  public double cost(double pricePerMillion) {
    return (read + written) * pricePerMillion / 1e6;
  }
}
