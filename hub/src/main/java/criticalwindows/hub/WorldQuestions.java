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
record WorldQuestions(Card card) implements Source {
  @Override
  public Dataset draw(Wish wish) {
    if (wish.count() == Datasets.ALL) {
      throw new UserError(
          "all problems of " + card.name() + ": it makes as many as are asked for",
          "say how many, such as --problems 100");
    }
    long seed = WorldSeed.of(wish);
    WorldSet set = Worlds.read(card.name(), wish.count(), seed);
    Map<String, String> provenance =
        Map.of(Datasets.SEED, Long.toString(seed), Datasets.PROGRAMS, set.hash());
    return new Dataset(card, set.dataset().problems(), provenance);
  }
}
