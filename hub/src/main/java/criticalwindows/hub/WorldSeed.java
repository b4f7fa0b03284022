package criticalwindows.hub;

import criticalwindows.error.UserError;

/// The seed by which a data set of the world is made.
final class WorldSeed {
  private WorldSeed() {}

  /// The one behind the name, or else the run's.
  static long of(Source.Wish wish) {
    if (wish.argument().isEmpty()) {
      return wish.seed();
    }
    try {
      return Long.parseLong(wish.argument());
    } catch (NumberFormatException e) {
      throw UserError.unknown("data set", wish.name() + ":" + wish.argument(), Datasets.names());
    }
  }
}
