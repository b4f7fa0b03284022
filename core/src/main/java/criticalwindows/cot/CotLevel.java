package criticalwindows.cot;

import criticalwindows.noise.Cut;
import criticalwindows.outcome.Outcome;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.SoftProportion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What was sampled at one cut of a problem.
///
/// @param resamples the continuations, in order of their index
/// @param probs of the choices after each continuation, or its answer where these were not read
/// @param early the answer at the bare cut; absent while it is not sampled
/// @param earlyProbs of the choices there, [EarlyAnswerReading#OWN]
/// @param earlyForced of the choices there, [EarlyAnswerReading#FORCED]
/// @param consistent resample = original
/// @param right resample = gold; of none where no right outcome is known
/// @param foreseen resample = early answer
/// @param reused resample = original, among the continuations from earlier cuts that [Reuse] finds
///   to be draws from here too
public record CotLevel(
    Cut cut,
    List<Resample> resamples,
    ChoiceProbs probs,
    Optional<Outcome> early,
    ChoiceProbs earlyProbs,
    ChoiceProbs earlyForced,
    Proportion consistent,
    Proportion right,
    Proportion foreseen,
    Proportion reused) {
  public CotLevel {
    resamples = List.copyOf(resamples);
  }

  /// This with other samples of the same outcomes.
  CotLevel with(List<Resample> others) {
    return new CotLevel(
        cut, others, probs, early, earlyProbs, earlyForced, consistent, right, foreseen, reused);
  }

  /// The scores of continuations, of those that have one ([Outcome#score]).
  public SoftProportion scores() {
    return SoftProportion.of(
        resamples.stream()
            .map(resample -> resample.outcome().score())
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray());
  }

  /// Resample = original among all draws from here. It is as good as if all of them were its own,
  /// but cuts share them: nothing that takes cuts as independent may rest on it.
  public Proportion pooled() {
    return consistent.plus(reused);
  }
}
