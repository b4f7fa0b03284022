package criticalwindows.localise;

import criticalwindows.stats.Interval;

/// What is known of one number: its mean and a range, and how sure that range is. Of all ranges
/// that are sure enough it is a shortest one; where values come in steps it is surer than was
/// asked.
///
/// @param mean of the posterior distribution
/// @param probability of the interval, in (0, 1]
public record Credible(double mean, Interval interval, double probability) {}
