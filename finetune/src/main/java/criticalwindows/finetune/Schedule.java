package criticalwindows.finetune;

import criticalwindows.error.UserError;

/// How the learning rate goes: up in a straight line, then down by half a cosine.
///
/// @param peak above 0
/// @param warmUp the share of all steps in which it rises, in [0, 1]
/// @param end what it comes down to, as a share of the peak, in [0, 1]
public record Schedule(double peak, double warmUp, double end) {
  public Schedule {
    if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
      throw new UserError("a learning rate of " + peak, "name one above 0, such as 1e-4");
    }
    if (!(warmUp >= 0 && warmUp <= 1 && end >= 0 && end <= 1)) {
      throw new UserError(
          "a warm-up of " + warmUp + " and an end of " + end, "both are shares, from 0 to 1");
    }
  }

  /// The rate at a step.
  ///
  /// @param step counted from 0, below `steps`
  /// @param steps of the whole training
  public double at(int step, int steps) {
    long rising = Math.round(warmUp * steps);
    if (step < rising) {
      return peak * (step + 1) / rising;
    }
    double gone = steps == rising ? 1 : (double) (step - rising) / (steps - rising);
    return peak * (end + (1 - end) * (1 + Math.cos(Math.PI * gone)) / 2);
  }
}
