package criticalwindows.hub;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.error.UserError;
import criticalwindows.world.WorldSet;
import criticalwindows.world.Worlds;
import java.util.Map;

/// Questions of the world, made by a seed: the run's, or the data set's own in `world:method:7`.
///
/// @param card of the set
record WorldQuestions(Card card) implements DatasetSource {
  /// In the provenance: the seed they were made by.
  static final String SEED = "seed";

  /// In the provenance: the hash of their programs.
  static final String PROGRAMS = "programs";

  @Override
  public boolean takes(String argument) {
    return WorldSeed.is(argument);
  }

  @Override
  public Dataset draw(Wish wish) {
    if (wish.count() == ALL) {
      throw new UserError(
          "all problems of " + card.name() + ": it makes as many as are asked for",
          "say how many, such as --problems 100");
    }
    long seed = WorldSeed.of(wish);
    WorldSet set = Worlds.read(card.name(), wish.count(), seed);
    Map<String, String> provenance = Map.of(SEED, Long.toString(seed), PROGRAMS, set.hash());
    return new Dataset(card, set.dataset().problems(), provenance);
  }
}
