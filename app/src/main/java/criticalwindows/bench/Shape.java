package criticalwindows.bench;

import criticalwindows.localise.Prior;
import criticalwindows.model.ToyModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
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
  DRIFT("drift", false),
  /// From .1 to .9 in a straight line over a fifth of the response.
  FIFTH("ramp of 20 %", true),
  /// The same over two fifths.
  TWO_FIFTHS("ramp of 40 %", true),
  /// The same over four fifths.
  FOUR_FIFTHS("ramp of 80 %", true),
  /// From .1 to .9 by ten steps, as far apart from each other. All of it is one window.
  TEN_STEPS("ten steps of 0.08", false),
  /// The same, each step anywhere.
  TEN_ANYWHERE("ten, anywhere", false),
  /// From .1 to .9 at one of the first ten tokens of 500.
  FIRST("step, first ten tokens", true),
  /// The same at one of the last ten.
  LAST("step, last ten tokens", true),
  /// One window, one token wide; two outcomes from one position are correlated by a quarter.
  SHARED("step, shared seeds", false);

  private static final int SHORT = 100;
  private static final int LONG = 500;
  private static final int TEN = 10;

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

  /// How many tokens its responses have.
  int length() {
    return this == FIRST || this == LAST ? LONG : SHORT;
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
  ///
  /// @param ended whether its end is known to be 1: then it is one of those that end there, and its
  ///   last value is 1
  Drawn draw(Prior prior, boolean ended, Draws draws) {
    int length = length();
    return switch (this) {
      case TOY -> toy(draws);
      case FIFTH, TWO_FIFTHS, FOUR_FIFTHS -> {
        int width = this == FIFTH ? length / 5 : (this == TWO_FIFTHS ? 2 : 4) * length / 5;
        int from = draws.below(length - width + 1);
        yield end(rise(length, x -> (double) (x - from) / width), ended);
      }
      case FIRST, LAST -> {
        int at = draws.below(TEN) + 1;
        int step = this == FIRST ? at : length + 1 - at;
        yield end(rise(length, x -> x < step ? 0 : 1), ended);
      }
      case TEN_STEPS, TEN_ANYWHERE -> {
        NavigableSet<Integer> steps = new TreeSet<>();
        int apart = 4 + draws.below(length / TEN - 3);
        int first = 1 + draws.below(length - apart * (TEN - 1));
        while (steps.size() < TEN) {
          steps.add(this == TEN_STEPS ? first + apart * steps.size() : 1 + draws.below(length));
        }
        yield end(rise(length, x -> (double) steps.headSet(x, true).size() / TEN), ended);
      }
      case FLAT, STEP, RAMP, TWO_STEPS, PRIOR, TRANSIENT, DRIFT, SHARED ->
          end(chain(prior, ended, draws), ended);
    };
  }

  private static Drawn end(Drawn drawn, boolean ended) {
    if (ended) {
      drawn.values()[drawn.length()] = 1;
    }
    return drawn;
  }

  /// From .1 to .9, all of it one window.
  ///
  /// @param share of the rise by tokens kept; below 0 it counts as 0, above 1 as 1
  private static Drawn rise(int length, IntToDoubleFunction share) {
    double[] values = new double[length + 1];
    Arrays.setAll(values, x -> .1 + .8 * StrictMath.clamp(share.applyAsDouble(x), 0, 1));
    int from = 0;
    int to = length;
    while (values[from + 1] == values[0]) {
      from++;
    }
    while (values[to - 1] == values[length]) {
      to--;
    }
    return new Drawn(values, List.of(new Truth(from, to, .8)));
  }

  /// Plateaus and windows.
  private Drawn chain(Prior prior, boolean ended, Draws draws) {
    int length = length();
    List<int[]> edges = edges(prior, length, draws);
    double[] levels = levels(edges.size(), prior, ended, draws);
    List<Truth> windows = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      windows.add(new Truth(edges.get(i)[0], edges.get(i)[1], levels[i + 1] - levels[i]));
    }
    double slope = edges.isEmpty() ? (levels[1] - levels[0]) / length : 0;
    double[] values = new double[length + 1];
    for (int x = 0; x <= length; x++) {
      values[x] = levels[0] + slope * x;
      for (Truth window : windows) {
        values[x] += window.rise() * along(window, x);
      }
      values[x] = StrictMath.clamp(values[x], .0025, .9975);
    }
    return new Drawn(values, windows);
  }

  /// Of the plateaus; without a window of the first token and the last, which differ by a drift.
  private double[] levels(int windows, Prior prior, boolean ended, Draws draws) {
    double[] ends = prior.endsAtOne();
    double most = Arrays.stream(ends).max().orElseThrow();
    boolean drifts = this == DRIFT || (this == PRIOR && draws.uniform() < prior.drift());
    while (true) {
      double[] levels = new double[windows + 1 + (windows == 0 ? 1 : 0)];
      levels[0] = level(prior, draws);
      for (int i = 1; i < levels.length; i++) {
        levels[i] = windows > 0 ? next(levels[i - 1], prior, draws) : levels[0];
      }
      if (windows == 0 && drifts) {
        levels[1] += drift(levels[0], prior, draws);
      }
      int last = (int) StrictMath.rint(20 * levels[levels.length - 1]);
      boolean bent = this == TRANSIENT && (levels[1] - levels[0]) * (levels[2] - levels[1]) > 0;
      if (!bent && (!ended || draws.uniform() * most < ends[last])) {
        return levels;
      }
    }
  }

  private double along(Truth window, int x) {
    double share = StrictMath.clamp((x - window.from()) / window.width(), 0, 1);
    return this == TRANSIENT ? share * share * (3 - 2 * share) : share;
  }

  private List<int[]> edges(Prior prior, int length, Draws draws) {
    int count =
        switch (this) {
          case FLAT, DRIFT -> 0;
          case STEP,
              SHARED,
              RAMP,
              TOY,
              FIFTH,
              TWO_FIFTHS,
              FOUR_FIFTHS,
              TEN_STEPS,
              TEN_ANYWHERE,
              FIRST,
              LAST ->
              1;
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
    double kind = draws.uniform();
    if (this == STEP
        || this == SHARED
        || this == TWO_STEPS
        || (this != RAMP && kind < prior.sharp())) {
      return 1;
    }
    boolean gradual = this == PRIOR && kind > 1 - prior.gradual();
    double least = gradual ? StrictMath.log(prior.widest() * length) : 0;
    double most = StrictMath.log(gradual ? length : prior.widest() * length);
    return (int) StrictMath.rint(StrictMath.exp(least + draws.uniform() * (most - least)));
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
