package criticalwindows.remote;

import java.time.Duration;
import java.util.List;

/// What has gone over the wire since a model was opened.
///
/// @param answered calls that came to an answer
/// @param retries calls that were made again
/// @param failed scripts that can never succeed
/// @param read tokens of prompts
/// @param written tokens sampled
/// @param inFlight calls under way now
/// @param underWay how long calls were under way, from sending each until its answer was here or
///   given up, all of them added up
/// @param aside servers that are set aside now, each with what went wrong there last
public record Traffic(
    long answered,
    long retries,
    long failed,
    long read,
    long written,
    int inFlight,
    Duration underWay,
    List<String> aside) {
  public Traffic {
    aside = List.copyOf(aside);
  }

  /// What that costs at a price for a million tokens, read and written alike.
  public double cost(double pricePerMillion) {
    return (read + written) * pricePerMillion / 1e6;
  }
}
