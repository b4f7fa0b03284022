package criticalwindows.localise;

/// What becomes of one class.
///
/// @param before mean of its probability before the change
/// @param after mean of its probability after it
/// @param gain the difference, negative where it loses
/// @param gains probability that it gains
public record ClassChange(String name, double before, double after, Credible gain, double gains) {}
