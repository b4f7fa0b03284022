package criticalwindows.hub;

import criticalwindows.attack.Attacked;
import criticalwindows.world.Request;

/// A request of the world as a model is asked it, and as the world knows it: with the program of
/// its replies, and so the exact posterior at every prefix.
///
/// @param attacked where it has an opening, a reply begins with that
/// @param request what [criticalwindows.world.RequestPosterior] takes
public record WorldRequest(Attacked attacked, Request request) {}
