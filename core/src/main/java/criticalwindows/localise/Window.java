package criticalwindows.localise;

/// The stretch of a response in which its outcome was decided: not yet after `from` tokens, but
/// after `to`.
///
/// @param from tokens kept at its start, at least 0
/// @param to tokens kept at its end, more than `from`
/// @param rise of the probability from start to end, in (0, 1]
public record Window(int from, int to, double rise) {
  public Window {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("a window from " + from + " to " + to + " tokens");
    }
  }
}
