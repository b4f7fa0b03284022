package criticalwindows.serve;

import java.time.Duration;
import java.util.Set;

/// How a [StubServer] behaves.
///
/// @param port 0: any that is free
/// @param latency before each answer
/// @param stopOneIn one in so many tokens ends a sampled text; 0: none does
/// @param faults which there are
/// @param faultShare of tries that meet one, in [0, 1]
/// @param poison one in so many requests is refused for good; 0: none is
/// @param seed of the faults
public record StubOptions(
    int port,
    Duration latency,
    int stopOneIn,
    Set<Fault> faults,
    double faultShare,
    int poison,
    long seed) {
  /// What can go wrong with one try.
  public enum Fault {
    /// 429, with `Retry-After: 0`.
    BUSY,
    /// 500.
    ERROR,
    /// 503.
    STARTING,
    /// The connection ends before a word is said.
    RESET,
    /// The connection ends in the middle of the answer.
    HALF,
    /// The answer is cut short, but ends as if it were whole.
    NO_JSON,
    /// Two choices where one was asked for.
    TWO_CHOICES,
    /// A log-probability is missing.
    FEW_LOG_PROBS,
    /// A token of no vocabulary.
    NO_TOKEN,
    /// Nothing is said for a minute, or until the server ends.
    STALL
  }

  public StubOptions {
    faults = Set.copyOf(faults);
  }

  /// Answers at once and always.
  public static StubOptions instant() {
    return new StubOptions(0, Duration.ZERO, 0, Set.of(), 0, 0, 0);
  }

  /// The same after a time.
  public StubOptions after(Duration time) {
    return new StubOptions(port, time, stopOneIn, faults, faultShare, poison, seed);
  }

  /// The same at that port.
  public StubOptions at(int other) {
    return new StubOptions(other, latency, stopOneIn, faults, faultShare, poison, seed);
  }

  /// The same, and texts end by themselves.
  public StubOptions stopping(int probs) {
    return new StubOptions(port, latency, probs, faults, faultShare, poison, seed);
  }

  /// The same with every fault but stalls, which cost a minute each.
  ///
  /// @param share of tries, in [0, 1]
  public StubOptions faulty(double share, long faultSeed) {
    Set<Fault> all = new java.util.HashSet<>(Set.of(Fault.values()));
    all.remove(Fault.STALL);
    return new StubOptions(port, latency, stopOneIn, all, share, poison, faultSeed);
  }

  /// The same with that fault alone.
  public StubOptions faulty(Fault fault, double share, long faultSeed) {
    return new StubOptions(port, latency, stopOneIn, Set.of(fault), share, poison, faultSeed);
  }

  /// The same, and some requests can never succeed.
  public StubOptions poisoned(int oneIn) {
    return new StubOptions(port, latency, stopOneIn, faults, faultShare, oneIn, seed);
  }
}
