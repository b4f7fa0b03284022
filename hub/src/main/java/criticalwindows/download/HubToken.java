package criticalwindows.download;

/// What a hub knows a user by. Its text goes into one header of a request to that hub, and nowhere
/// else: not into a log, an error, a run's record, or a request to another host.
public final class HubToken {
  private final String text;

  public HubToken(String text) {
    this.text = text;
  }

  /// The value of the header `Authorization`.
  ///
  /// @throws IllegalArgumentException if no header can hold it; the message does not say it
  String authorization() {
    if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("the token has characters that no token has");
    }
    return "Bearer " + text;
  }

  @Override
  public String toString() {
    return "a token that is not shown";
  }
}
