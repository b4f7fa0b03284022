package criticalwindows.llamacpp;

/// What an engine has done since it was opened, for judging how little it computes twice.
///
/// @param computedTokens tokens that went through the model
/// @param sampledTokens tokens drawn, stop tokens included
/// @param decodes batches computed
/// @param forks sequences copied, to start a script, keep a state or fill a hole
public record Counters(long computedTokens, long sampledTokens, long decodes, long forks) {
  /// What these two engines have done.
  public Counters plus(Counters other) {
    return new Counters(
        computedTokens + other.computedTokens,
        sampledTokens + other.sampledTokens,
        decodes + other.decodes,
        forks + other.forks);
  }

  /// What was done since `earlier`.
  public Counters since(Counters earlier) {
    return new Counters(
        computedTokens - earlier.computedTokens,
        sampledTokens - earlier.sampledTokens,
        decodes - earlier.decodes,
        forks - earlier.forks);
  }
}
