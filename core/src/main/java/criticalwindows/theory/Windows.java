package criticalwindows.theory;

import java.util.Optional;
import java.util.Set;

/// The times of the theory for one law and one ε, in tokens kept. The paper's T_start … count
/// tokens removed, so what is latest there is earliest here.
///
/// @param epsilon in (0, 1)
public record Windows(FiniteLaw law, double epsilon) {
  /// Sums of doubles that differ by less than this count as equal.
  private static final double TOLERANCE = 1e-12;

  public Windows {
    new Bounds(epsilon, 0);
  }

  /// T_start (and T_after): the fewest tokens kept by which these meanings and the rest are apart,
  /// TV ≥ 1 − ε². It always exists: whole texts are apart.
  public int apart(Set<String> target) {
    Set<String> rest = law.rest(target);
    double enough = new Bounds(epsilon, 0).apart() - TOLERANCE;
    int kept = 0;
    while (!rest.isEmpty() && kept < law.length() && law.distance(target, rest, kept) < enough) {
      kept++;
    }
    return kept;
  }

  /// T_end: the most tokens kept by which texts of `start` and of `target` are still alike, TV ≤ ε.
  /// It always exists: empty texts are alike.
  public int alike(Set<String> start, Set<String> target) {
    int kept = law.length();
    while (kept > 0 && law.distance(start, target, kept) > epsilon + TOLERANCE) {
      kept--;
    }
    return kept;
  }

  /// T_before: the most tokens kept by which `after` is still alike to `before`, which is apart
  /// from the rest already.
  ///
  /// @param after some of the meanings in `before`
  /// @return empty where there are no such cuts: the theory then says nothing
  public Optional<Integer> before(Set<String> after, Set<String> before) {
    int kept = alike(after, before);
    return kept >= apart(before) ? Optional.of(kept) : Optional.empty();
  }

  /// What Theorem 2 says of noising texts of `start` to become texts of `target`.
  public Claim claim(Set<String> start, Set<String> target) {
    return new Claim(
        apart(target), alike(start, target), Bounds.of(epsilon, law.probability(target)));
  }

  /// A claim of Theorem 2: for every cut that keeps at least `from` and at most `to` tokens, the
  /// distance is at most the bounds.
  ///
  /// @param from T_start, in tokens kept
  /// @param to T_end, in tokens kept
  public record Claim(int from, int to, Bounds bounds) {
    /// Whether it says nothing: there is no such cut, or the bound is no less than 1, which every
    /// distance is.
    public boolean vacuous() {
      return from > to || Math.min(bounds.published(), bounds.sharper()) >= 1;
    }

    /// Why it says nothing, or what it says, for people.
    public String words() {
      if (from > to) {
        return "vacuous: T_end > T_start";
      }
      return vacuous() ? "vacuous: the bound is 1 or more" : "holds";
    }
  }
}
