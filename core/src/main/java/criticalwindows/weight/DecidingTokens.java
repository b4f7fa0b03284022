package criticalwindows.weight;

import criticalwindows.localise.WindowPosterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// `window`: the posterior mass that a token decides, on the likeliest stretches between cuts.
final class DecidingTokens implements Rule {
  /// So much of the mass, at least, is on tokens that get weights.
  static final double MASS = .9;

  @Override
  public String name() {
    return "window";
  }

  @Override
  public String about() {
    return "posterior mass that the token decides, given that the response has a window: on the"
        + " likeliest stretches between cuts that hold 90 % of it, 0 on all others";
  }

  @Override
  public double[] weights(Response response, Among among) {
    return of(response.decided(), among);
  }

  /// The same of a response of which no more is known.
  ///
  /// @return a sum of at most 1
  static double[] of(Decided decided, Among among) {
    WindowPosterior posterior =
        WindowPosterior.of(decided.curve(), decided.curved(), among.prior());
    double[] mass = Arrays.copyOf(posterior.deciding(), decided.length());
    double wanted = MASS * Arrays.stream(mass).sum();
    double[] likeliest = new double[mass.length];
    double sum = 0;
    for (Stretch stretch : stretches(decided, mass)) {
      if (sum < wanted) {
        sum += stretch.mass;
        System.arraycopy(mass, stretch.from, likeliest, stretch.from, stretch.to - stretch.from);
      }
    }
    return likeliest;
  }

  /// Tokens between two cuts stay or go together: no count tells them apart.
  ///
  /// @param to the first token behind it
  private record Stretch(int from, int to, double mass) {}

  /// Those with the most mass for each token first.
  private static List<Stretch> stretches(Decided decided, double[] mass) {
    TreeSet<Integer> ends = new TreeSet<>();
    decided.known().forEach(known -> ends.add(Math.min(known.kept(), mass.length)));
    ends.add(mass.length);
    List<Stretch> stretches = new ArrayList<>();
    int from = 0;
    for (int to : ends) {
      if (to > from) {
        stretches.add(new Stretch(from, to, Arrays.stream(mass, from, to).sum()));
        from = to;
      }
    }
    stretches.sort(Comparator.comparingDouble(each -> -each.mass / (each.to - each.from)));
    return stretches;
  }
}
