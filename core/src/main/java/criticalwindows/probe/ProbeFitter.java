package criticalwindows.probe;

import criticalwindows.error.UserError;
import java.util.List;
import java.util.Optional;

/// Fits probes: finds the numbers of least loss and penalty.
public interface ProbeFitter {
  /// The one that a command needs.
  ///
  /// @param command that asks, as users start it, such as `probes fit`
  /// @throws UserError if it is absent: this program was started without the library for it
  static ProbeFitter required(Optional<ProbeFitter> fitter, String command) {
    return fitter.orElseThrow(
        () ->
            new UserError(
                "this program was started without LibTorch, which fits probes",
                "start it as ./cw " + command));
  }

  /// Fits a probe with each of some penalties; each begins where the one before ended, the first at
  /// 0. To the task's loss comes penalty ÷ 2 · Σ weight² over all weights in standardised units, of
  /// scores and query alike; biases are free.
  ///
  /// @param penalties from the strongest, each above 0
  /// @return one for each penalty
  List<ProbeNumbers> fit(FitTask task, List<Double> penalties);
}
