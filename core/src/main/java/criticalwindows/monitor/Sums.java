package criticalwindows.monitor;

import criticalwindows.error.UserError;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Scores that are weighted sums of log-probabilities of the response's tokens.
///
/// @param unaligned what the unaligned model's count; 0: it is not asked
/// @param aligned what the aligned model's count
/// @param of the response so far
record Sums(double unaligned, double aligned, Of of) {
  /// What is made of the sum.
  enum Of {
    SUM,
    MEAN
  }

  List<Role> asks() {
    List<Role> asks = new ArrayList<>();
    if (aligned != 0) {
      asks.add(Role.ALIGNED);
    }
    if (unaligned != 0) {
      asks.add(Role.UNALIGNED);
    }
    return List.copyOf(asks);
  }

  TokenScore.Following begin() {
    Map<Role, Double> weights = new EnumMap<>(Role.class);
    asks().forEach(role -> weights.put(role, role == Role.ALIGNED ? aligned : unaligned));
    return new Along(weights, of);
  }

  private static final class Along implements TokenScore.Following {
    private final Map<Role, Double> weights;
    private final Of of;
    private final List<Double> sums = new ArrayList<>();

    Along(Map<Role, Double> weights, Of of) {
      this.weights = weights;
      this.of = of;
    }

    @Override
    public List<Step> steps(Tokens next) {
      return List.of(new Step.Score(List.of(next)), new Step.Feed(next));
    }

    @Override
    public void take(Tokens next, Map<Role, Completion> found) {
      double[] added = new double[next.size()];
      weights.forEach(
          (role, weight) -> {
            LogProbs values =
                EarlyAnswers.required(found, role).scores().getFirst().getFirst().logProbs();
            for (int i = 0; i < added.length; i++) {
              added[i] += weight * known(values.at(i), role);
            }
          });
      for (double each : added) {
        sums.add((sums.isEmpty() ? 0 : sums.getLast()) + each);
      }
    }

    /// −∞ cannot be compared, and no number stands for it.
    private static double known(float logProb, Role role) {
      if (!Float.isFinite(logProb)) {
        throw new UserError(
            "the " + role.word() + " model gives one of its tokens no probability at all",
            "use a backend whose log-probabilities are plain: no top-k, no top-p");
      }
      return logProb;
    }

    @Override
    public double after(int token) {
      return of == Of.SUM ? sums.get(token) : sums.get(token) / (token + 1);
    }

    @Override
    public void rewind(int kept) {
      sums.subList(kept, sums.size()).clear();
    }
  }
}
