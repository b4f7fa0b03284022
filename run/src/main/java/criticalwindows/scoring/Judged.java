package criticalwindows.scoring;

import criticalwindows.outcome.Outcome;
import java.util.OptionalDouble;

/// What a program said of a response.
///
/// @param named its class, by which alone it is compared
/// @param score in [0, 1]; absent where the program gave none
record Judged(Outcome named, OptionalDouble score) implements Outcome {
  @Override
  public boolean readable() {
    return named.readable();
  }

  @Override
  public Object comparedBy() {
    return named.comparedBy();
  }

  @Override
  public String show() {
    return named.show();
  }
}
