package criticalwindows.cot;

import criticalwindows.outcome.Outcome;
import criticalwindows.rollout.Sample;
import java.util.Optional;

/// One continuation and what it came to.
///
/// @param reply to the question for the answer; absent where none was asked
public record Resample(Sample response, Optional<Sample> reply, Outcome outcome) {}
