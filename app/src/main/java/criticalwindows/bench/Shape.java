package criticalwindows.bench;

import criticalwindows.localise.Prior;
import criticalwindows.model.ToyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Curves that are known exactly, drawn at random.
enum Shape {
  /// The same everywhere.
  FLAT("flat", true),
  /// One window, one token wide.
  STEP("step", true),
  /// One window of a width drawn from the prior of the broad.
  RAMP("ramp", true),
  /// Two windows, each one token wide.
  TWO_STEPS("two steps", true),
  /// Whatever the prior says, none to many windows.
  PRIOR("as the prior says", true),
  /// The exact curve of a text of the toy model: up to five jumps, most of them small.
  TOY("toy model", true),
  /// Up and down again, or the reverse, by two windows that are bent: S-shaped, not straight.
  TRANSIENT("transient, bent", false),
  /// A line from the first token to the last, by less than a window's height.
  DRIFT("drift", false);

  private final String words;
  private final boolean stated;

  Shape(String words, boolean stated) {
    this.words = words;
    this.stated = stated;
  }

  /// In words.
  String words() {
    return words;
  }

  /// Whether the prior can give such a curve; the others are misspecified.
  boolean stated() {
    return stated;
  }

  /// A window that is there.
  record Truth(int from, int to, double rise) {
    double place() {
      return .5 * (from + to);
    }

    double width() {
      return (double) to - from;
    }
  }

  /// A curve.
  ///
  /// @param values by tokens kept, from 0 to the length
  @SuppressWarnings("ArrayRecordComponent")
  record Drawn(double[] values, List<Truth> windows) {
    int length() {
      return values.length - 1;
    }

    /// The window that rises most, the first of those that rise as much.
    Optional<Truth> greatest() {
      Optional<Truth> best = Optional.empty();
      for (Truth window : windows) {
        if (best.isEmpty() || window.rise() > best.get().rise() + 1e-9) {
          best = Optional.of(window);
        }
      }
      return best;
    }
  }

  /// One curve of this shape.
  Drawn draw(Prior prior, int length, Draws draws) {
    if (this == TOY) {
      return toy(draws);
    }
    List<int[]> edges = edges(prior, length, draws);
    List<Truth> windows = new ArrayList<>();
    double level = level(prior, draws);
    double start = level;
    for (int[] edge : edges) {
      double to = next(level, prior, draws);
      boolean same =
          this == TRANSIENT && windows.size() == 1 && windows.getFirst().rise() * (to - level) > 0;
      if (same) {
        return draw(prior, length, draws);
      }
      windows.add(new Truth(edge[0], edge[1], to - level));
      level = to;
    }
    double slope = this == DRIFT ? drift(start, prior, draws) / length : 0;
    double[] values = new double[length + 1];
    for (int x = 0; x <= length; x++) {
      values[x] = start + slope * x;
      for (Truth window : windows) {
        values[x] += window.rise() * along(window, x);
      }
      values[x] = StrictMath.clamp(values[x], .0025, .9975);
    }
    return new Drawn(values, windows);
  }

  private double along(Truth window, int x) {
    double share = StrictMath.clamp((x - window.from()) / window.width(), 0, 1);
    return this == TRANSIENT ? share * share * (3 - 2 * share) : share;
  }

  private List<int[]> edges(Prior prior, int length, Draws draws) {
    int count =
        switch (this) {
          case FLAT, DRIFT, TOY -> 0;
          case STEP, RAMP -> 1;
          case TWO_STEPS, TRANSIENT -> 2;
          case PRIOR -> count(prior, draws);
        };
    while (true) {
      List<int[]> edges = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int from = draws.below(length);
        edges.add(new int[] {from, from + width(prior, length, draws)});
      }
      edges.sort(Comparator.comparingInt(edge -> edge[0]));
      if (apart(edges, length)) {
        return edges;
      }
    }
  }

  private static int count(Prior prior, Draws draws) {
    return draws.among(IntStream.rangeClosed(0, prior.most()).mapToDouble(prior::count).toArray());
  }

  private int width(Prior prior, int length, Draws draws) {
    boolean sharp = draws.uniform() < prior.sharp();
    if (this == STEP || this == TWO_STEPS || (this != RAMP && sharp)) {
      return 1;
    }
    double widest = StrictMath.log(prior.widest() * length);
    return (int) StrictMath.rint(StrictMath.exp(draws.uniform() * widest));
  }

  private static boolean apart(List<int[]> edges, int length) {
    int end = 0;
    for (int[] edge : edges) {
      if (edge[0] < end || edge[1] > length) {
        return false;
      }
      end = edge[1];
    }
    return true;
  }

  private static double level(Prior prior, Draws draws) {
    return draws.among(prior.levels()) / 20.0;
  }

  private static double next(double level, Prior prior, Draws draws) {
    double to = level(prior, draws);
    return StrictMath.abs(to - level) > prior.height() - 1e-9 ? to : next(level, prior, draws);
  }

  private static double drift(double level, Prior prior, Draws draws) {
    double by = level(prior, draws) - level;
    boolean slight = StrictMath.abs(by) < prior.height() - 1e-9 && StrictMath.abs(by) > 1e-9;
    return slight ? by : drift(level, prior, draws);
  }

  private static Drawn toy(Draws draws) {
    ToyModel.Process process = new ToyModel.OrderedDecisions(List.of(.7, .6, .6, .5, .8));
    ToyModel model = new ToyModel(process);
    StringBuilder text = new StringBuilder();
    while (text.length() < process.length()) {
      double uniform = draws.uniform();
      char last = 0;
      for (char c : process.next(text.toString()).keySet().stream().sorted().toList()) {
        last = uniform >= 0 ? c : last;
        uniform -= process.next(text.toString()).getOrDefault(c, 0.0);
      }
      text.append(last);
    }
    String answer = process.answer(text.toString());
    double[] values = new double[process.length() + 1];
    Arrays.setAll(values, kept -> model.answers(text.substring(0, kept)).getOrDefault(answer, 0.0));
    List<Truth> windows = new ArrayList<>();
    for (int x = 1; x < values.length; x++) {
      if (values[x] - values[x - 1] > .01) {
        windows.add(new Truth(x - 1, x, values[x] - values[x - 1]));
      }
    }
    return new Drawn(values, windows);
  }
}
