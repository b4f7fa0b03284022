package criticalwindows.localise;

/// One window of a response, as the model of [WindowPosterior] knows it.
///
/// @param place its centre, halfway between its edges, in tokens kept
/// @param from its start, in tokens kept: not decided yet
/// @param to its end, in tokens kept: decided
/// @param width from start to end, in tokens, at least 1
/// @param rise of the curve from start to end, negative where it falls, in [−1, 1]
/// @param sharp probability that it is one token wide
/// @param gradual probability that it is wider than the prior's broad windows can be
/// @param rises probability that the curve rises there
public record Episode(
    Credible place,
    Credible from,
    Credible to,
    Credible width,
    Credible rise,
    double sharp,
    double gradual,
    double rises) {}
