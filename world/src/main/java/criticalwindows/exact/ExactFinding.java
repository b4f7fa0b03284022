package criticalwindows.exact;

import java.util.List;
import java.util.Optional;

/// What the world says of one problem of a run.
public sealed interface ExactFinding {
  /// The original has no readable answer, so there is nothing whose probability could be asked for.
  record Unread() implements ExactFinding {}

  /// The generator never writes the original, so no answer has a probability.
  ///
  /// @param kept so many of its tokens begin a text of the generator, but none more; all of them
  ///   where it only stops too early
  record Outside(int kept) implements ExactFinding {}

  /// The exact curve.
  ///
  /// @param curve the probability of the original's answer with 0, 1 … all tokens kept
  /// @param steps every token at which it changes, in order
  /// @param cells the cuts at which it was measured too
  /// @param earlyAnswers the cuts whose early answer has probabilities of the choices
  /// @param cutOff continuations that met the limit of tokens, which are in no cell
  record Drawn(
      List<Double> curve,
      List<CurveStep> steps,
      List<Cell> cells,
      List<EarlyAnswerCell> earlyAnswers,
      long cutOff)
      implements ExactFinding {
    public Drawn {
      curve = List.copyOf(curve);
      steps = List.copyOf(steps);
      cells = List.copyOf(cells);
      earlyAnswers = List.copyOf(earlyAnswers);
    }

    /// The step that rises most, the earliest among equals; of a curve that never rises, the one
    /// that falls most. Absent where the answer was certain from the beginning.
    public Optional<CurveStep> decisive() {
      Optional<CurveStep> rise = Optional.empty();
      Optional<CurveStep> fall = Optional.empty();
      for (CurveStep step : steps) {
        if (step.rise() > rise.map(CurveStep::rise).orElse(0.0)) {
          rise = Optional.of(step);
        }
        if (step.rise() < fall.map(CurveStep::rise).orElse(0.0)) {
          fall = Optional.of(step);
        }
      }
      return rise.isPresent() ? rise : fall;
    }

    /// How far the measured curve is from this one.
    public Distance distance() {
      return Distance.of(cells);
    }
  }
}
