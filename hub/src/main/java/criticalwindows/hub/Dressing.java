package criticalwindows.hub;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Family;
import criticalwindows.attack.Request;
import java.util.List;

/// How requests are dressed: those of the world in its own wordings, where it has some for the
/// family, so that their probabilities are known; all others as the family does it.
///
/// @param seed of the run; requests of the world have seeds of their own
/// @param copies of each request, in families that draw something; at least 1
public record Dressing(long seed, int copies) {
  public Dressing {
    if (copies < 1) {
      throw new IllegalArgumentException(copies + " copies");
    }
  }

  /// Every request in every family: family by family, in the order of the requests.
  public List<Attacked> all(List<Request> requests, List<Family> families) {
    return families.stream()
        .flatMap(
            family ->
                requests.stream()
                    .flatMap(request -> Families.copies(family, request, copies).stream())
                    .map(request -> dress(family, request)))
        .toList();
  }

  /// One request in one family.
  public Attacked dress(Family family, Request request) {
    return WorldRequests.dress(family, request)
        .map(WorldRequest::attacked)
        .orElseGet(() -> Families.dress(family, request, seed));
  }
}
