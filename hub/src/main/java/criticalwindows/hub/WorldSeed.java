package criticalwindows.hub;

import java.util.Optional;

/// The seed by which a data set of the world is made.
final class WorldSeed {
  private WorldSeed() {}

  /// The one behind the name, or else the run's.
  static long of(DatasetSource.Wish wish) {
    return parse(wish.argument()).orElse(wish.seed());
  }

  /// Whether what stands behind the name is a seed, or nothing does.
  static boolean is(String argument) {
    return argument.isEmpty() || parse(argument).isPresent();
  }

  private static Optional<Long> parse(String argument) {
    try {
      return Optional.of(Long.parseLong(argument));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
