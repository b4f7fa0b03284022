package criticalwindows.remote;

import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.remote.Findings.Answer;
import criticalwindows.remote.Findings.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Whether a server divides by the temperature first and then cuts off by top-p, found by 200 draws
/// of one token each, of which the server says the plain probability.
///
/// The likeliest tokens that reach half of the *plain* distribution are the set `B`; 50 draws from
/// it make them known. At temperature 2 most of 75 draws without top-p lie outside `B`, or the
/// place tells nothing. Then 75 draws at temperature 2 with top-p .5 that all lie in `B` mean that
/// it cut off first; and draws of which the unlikeliest is about as unlikely as those without top-p
/// mean that top-p does nothing.
final class SamplingOrder {
  private static final int PLAIN_DRAWS = 50;
  private static final int DRAWS = 75;
  private static final double TEMPERATURE = 2;
  private static final double TOP_P = .5;

  /// Of the draws without top-p, so many must lie outside `B`. Then, cut off after the temperature,
  /// at least .3 of the draws with top-p do, and all 75 in `B` have the chance 2e-12.
  private static final double OUTSIDE = .65;

  /// So many draws without top-p must be less likely than all with it. Where top-p does nothing,
  /// the chance of 15 is 2^-15 or so; where it does what it should, half of the 75 are.
  private static final int BELOW = 15;

  private static final double ROUNDING = 1e-3;
  private static final int AT_ONCE = 16;

  private final Source source;

  /// Draws one token after some ids.
  @FunctionalInterface
  interface Source {
    /// @return its id and its plain log-probability
    Drawn draw(Tokens from, Sampling sampling, long seed) throws CallFailure, InterruptedException;
  }

  /// A token, and how likely the plain distribution made it.
  ///
  /// @param logProb minus infinity where the server does not say it; such a draw counts nowhere
  record Drawn(int id, double logProb) {}

  SamplingOrder(Source source) {
    this.source = source;
  }

  /// Tries one place after another until one tells something.
  ///
  /// @param places ids to draw a token after
  Finding find(List<Tokens> places) throws InterruptedException {
    try {
      for (Tokens place : places) {
        double least = leastOfHalf(draws(place, Sampling.PLAIN, PLAIN_DRAWS));
        double[] uncut = probabilities(draws(place, new Sampling(TEMPERATURE, 1), DRAWS));
        if (below(uncut, least) >= OUTSIDE * DRAWS) {
          return judge(
              least, uncut, probabilities(draws(place, new Sampling(TEMPERATURE, TOP_P), DRAWS)));
        }
      }
      return new Finding(Answer.UNKNOWN, "no place where it shows");
    } catch (CallFailure e) {
      return new Finding(Answer.UNKNOWN, e.reason());
    }
  }

  private static Finding judge(double least, double[] uncut, double[] cut) {
    if (below(uncut, cut[0]) < BELOW) {
      return new Finding(Answer.NO, "top-p changes nothing");
    }
    long outside = below(cut, least);
    return outside == 0
        ? new Finding(Answer.PARTLY, "top-p comes before the temperature")
        : new Finding(Answer.YES, outside + " of " + DRAWS + " draws tell");
  }

  /// The probability of the last token of those that reach half of the plain distribution. A token
  /// that was not drawn can only make it larger.
  private static double leastOfHalf(List<Drawn> plain) {
    Map<Integer, Double> known = new HashMap<>();
    plain.forEach(drawn -> known.put(drawn.id, Math.exp(drawn.logProb)));
    double[] rising = known.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double sum = 0;
    for (int i = rising.length - 1; i >= 0; i--) {
      sum += rising[i];
      if (sum >= TOP_P) {
        return rising[i];
      }
    }
    return 0; // Too flat to know: nothing lies below.
  }

  private static double[] probabilities(List<Drawn> draws) {
    return draws.stream().mapToDouble(drawn -> Math.exp(drawn.logProb)).sorted().toArray();
  }

  private static int below(double[] rising, double bound) {
    return (int) Arrays.stream(rising).filter(p -> p < bound * (1 - ROUNDING)).count();
  }

  private List<Drawn> draws(Tokens place, Sampling sampling, int count)
      throws CallFailure, InterruptedException {
    List<Callable<Drawn>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long seed = 1000L + 7L * i;
      calls.add(() -> source.draw(place, sampling, seed));
    }
    List<Drawn> drawn = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (Future<Drawn> one : threads.invokeAll(calls)) {
        drawn.add(one.get());
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case CallFailure failure -> throw failure;
        case criticalwindows.error.UserError failure -> throw failure;
        case null, default -> throw new IllegalStateException("a draw failed", e);
      }
    }
    drawn.removeIf(one -> Double.isInfinite(one.logProb));
    if (2 * drawn.size() < count) {
      throw CallFailure.broken("most draws come without a log-probability");
    }
    return drawn;
  }
}
