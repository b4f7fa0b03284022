package criticalwindows.testbed;

/// Watches how far a measurement is.
@FunctionalInterface
public interface TestbedProgress {
  /// @param what is being done
  /// @param done of it
  /// @param all of it
  void at(String what, long done, long all);
}
