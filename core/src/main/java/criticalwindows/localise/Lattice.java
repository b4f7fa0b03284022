package criticalwindows.localise;

import criticalwindows.stats.Curve;
import java.util.List;
import java.util.TreeSet;

/// The places where a window's edges can lie: 0, the length, every position with counts, and as
/// many between them that no two neighbours are further apart than a 32nd of the response. A place
/// stands for the stretch nearer to it than to any other.
final class Lattice {
  private static final int CELLS = 32;

  private final int[] places;
  private final double[] bounds;
  private final Prior prior;
  private final double widest;

  Lattice(Curve curve, int length, Prior prior) {
    this.prior = prior;
    this.places = places(curve, length);
    this.bounds = new double[places.length + 1];
    for (int i = 1; i < places.length; i++) {
      bounds[i] = .5 * (places[i - 1] + places[i]);
    }
    bounds[places.length] = length;
    this.widest = StrictMath.max(2, prior.widest() * length);
  }

  private static int[] places(Curve curve, int length) {
    TreeSet<Integer> given = new TreeSet<>(List.of(0, length));
    curve.points().forEach(point -> given.add(point.position()));
    TreeSet<Integer> places = new TreeSet<>(given);
    int before = 0;
    for (int next : given) {
      int parts = (int) (((long) (next - before) * CELLS + length - 1) / length);
      for (int i = 1; i < parts; i++) {
        places.add(before + (int) ((long) (next - before) * i / parts));
      }
      before = next;
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  int size() {
    return places.length;
  }

  int length() {
    return places[places.length - 1];
  }

  int place(int i) {
    return places[i];
  }

  /// Where the stretch of place `i` begins; that of the next is where it ends.
  double bound(int i) {
    return bounds[i];
  }

  /// The mass of sharp windows between a place and the next.
  double sharp(int i) {
    return prior.sharp() * (places[i + 1] - places[i]) / length();
  }

  /// The mass of broad windows from place `i` to place `j`, or within the stretch between them
  /// where they are neighbours.
  double broad(int i, int j) {
    double mass = share(greatest(i, j), 1, widest) - share(least(i, j), 1, widest);
    return (1 - prior.sharp() - prior.gradual()) * mass * (bounds[i + 1] - bounds[i]) / length();
  }

  /// The same of gradual ones.
  double gradual(int i, int j) {
    double mass = share(greatest(i, j), widest, length()) - share(least(i, j), widest, length());
    return prior.gradual() * mass * (bounds[i + 1] - bounds[i]) / length();
  }

  /// The widest that a broad window can be.
  double widest() {
    return widest;
  }

  /// The least width of a window from place `i` to place `j` that is not sharp.
  double least(int i, int j) {
    return j == i + 1 ? 1 : StrictMath.max(1, bounds[j] - places[i]);
  }

  /// Its greatest width.
  double greatest(int i, int j) {
    return bounds[j + 1] - places[i];
  }

  /// Of widths that are log-uniform between two, the share that is no wider than this.
  private static double share(double width, double from, double to) {
    return width <= from || to <= from
        ? 0
        : StrictMath.min(1, StrictMath.log(width / from) / StrictMath.log(to / from));
  }
}
