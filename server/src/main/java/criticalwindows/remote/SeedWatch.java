package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;

/// Notices a cache before a server that does not look at the seed: the same long text from the same
/// ids with two seeds, where chance would give that once in ten thousand million times.
///
/// That chance is known where texts are drawn from the plain distribution: it is the text's own
/// probability. With another temperature or top-p it is not, and nothing is concluded.
final class SeedWatch {
  /// A text that is less likely than this, in nats, does not come twice.
  private static final double NEVER_TWICE = -25;

  private static final int REMEMBERED = 4096;

  private final Map<Long, Long> seeds =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// @throws UserError if this text has come before from the same ids with another seed
  void look(Tokens from, Step.Sample step, long seed, Sampled sampled) {
    if (!step.sampling().equals(Sampling.PLAIN) || sampled.logProbs().sum() > NEVER_TWICE) {
      return;
    }
    long text = 31L * hash(from) + hash(sampled.tokens());
    Long before;
    synchronized (seeds) {
      before = seeds.putIfAbsent(text, seed);
    }
    if (before != null && before != seed) {
      throw new UserError(
          "the same text of "
              + sampled.tokens().size()
              + " tokens came for two seeds: something before the server answers from a cache",
          "switch that cache off, and begin a new run: what this one sampled cannot be trusted");
    }
  }

  private static long hash(Tokens tokens) {
    long hash = 7;
    for (int i = 0; i < tokens.size(); i++) {
      hash = (hash ^ tokens.at(i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
