package criticalwindows.world;

import java.util.List;

/// A decision that was taken in a text.
///
/// @param offset characters written before it
/// @param name its kind
/// @param options that it had
/// @param taken the index of the one taken
public record ProgramDecision(int offset, String name, List<Option> options, int taken) {
  public ProgramDecision {
    options = List.copyOf(options);
    if (taken < 0 || taken >= options.size()) {
      throw new IllegalArgumentException("option " + taken + " of " + options);
    }
  }
}
