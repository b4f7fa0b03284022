package criticalwindows.theory;

/// Two walks of ±1 steps, equally likely, one with P(+1) = ½ + Δ and one with ½ − Δ; noise forgets
/// the last steps. Nothing is decided at any one step, so the window is about 1 ÷ Δ² steps wide.
///
/// *Source:* Li, Karan and Chen, arXiv 2502.00921, the example of a random walk; exact here, by the
/// binomial law of the number of steps up.
///
/// @param drift Δ, in (0, ½)
public record DriftingWalk(double drift) {
  public DriftingWalk {
    if (!(drift > 0 && drift < .5)) {
      throw new IllegalArgumentException("a drift of " + drift);
    }
  }

  /// The total variation between the two after so many steps.
  ///
  /// @param kept steps, at least 0
  public double distance(int kept) {
    double sum = 0;
    // log P(so many up) under either walk, from one number of steps up to the next.
    double one = kept * StrictMath.log(.5 - drift);
    double other = kept * StrictMath.log(.5 + drift);
    double logOdds = StrictMath.log((.5 + drift) / (.5 - drift));
    for (int up = 0; up <= kept; up++) {
      sum += Math.abs(StrictMath.exp(one) - StrictMath.exp(other)) / 2;
      double ways = StrictMath.log((kept - up) / (up + 1.0));
      one += ways + logOdds;
      other += ways - logOdds;
    }
    return sum;
  }

  /// T_before in steps kept: the most by which one walk is still alike to the mixture of both, TV ≤
  /// ε; that is half of their distance.
  ///
  /// @param epsilon in (0, ½)
  public int before(double epsilon) {
    if (!(epsilon > 0 && epsilon < .5)) {
      throw new IllegalArgumentException("half a distance is below 0.5, and epsilon " + epsilon);
    }
    return first(2 * epsilon) - 1;
  }

  /// T_after in steps kept: the fewest by which the two are apart, TV ≥ 1 − ε².
  ///
  /// @param epsilon in (0, 1)
  public int after(double epsilon) {
    return first(Math.nextDown(new Bounds(epsilon, 0).apart()));
  }

  /// The fewest steps after which the distance, which never falls, is more than this; by halving.
  private int first(double distance) {
    int low = 0;
    int high = 1;
    while (distance(high) <= distance) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (distance(middle) > distance) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
