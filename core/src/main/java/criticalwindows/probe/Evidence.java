package criticalwindows.probe;

import java.util.List;
import java.util.function.Supplier;

/// What forecasts may go by: vectors of tokens, and which of them each row reads.
///
/// @param name such as the hook point's
/// @param kind of probe that is fitted to it
/// @param vectors of shape [tokens, width], read when they are needed
/// @param spans one for each row
public record Evidence(String name, ProbeKind kind, Supplier<float[][]> vectors, List<Span> spans) {
  public Evidence {
    spans = List.copyOf(spans);
  }

  /// @param first index of the first token that a row reads
  /// @param last index of the last one
  public record Span(int first, int last) {}
}
