package criticalwindows.probe;

import criticalwindows.stats.Interval;

/// A measure with its interval of 95 %, in which items that could have been drawn are allowed for.
public record Measured(double estimate, Interval interval) {}
