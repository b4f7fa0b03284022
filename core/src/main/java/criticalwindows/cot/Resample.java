package criticalwindows.cot;

import criticalwindows.grade.Answer;
import criticalwindows.rollout.Sample;

/// One continuation and what it came to.
public record Resample(Sample response, Sample reply, Answer answer) {}
