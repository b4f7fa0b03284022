package criticalwindows.hub;

import criticalwindows.attack.Request;
import criticalwindows.attack.Templated;
import java.util.List;
import java.util.Map;

/// Requests of one source.
///
/// @param name of the source, as it was given
/// @param requests to be dressed
/// @param templated prompts that are dressed already and in a chat template; where there are some,
///   there are no requests
/// @param provenance where they are from, and a hash
/// @param notes what people should know
public record RequestSet(
    String name,
    List<Request> requests,
    List<Templated> templated,
    Map<String, String> provenance,
    List<String> notes) {
  public RequestSet {
    requests = List.copyOf(requests);
    templated = List.copyOf(templated);
    provenance = Map.copyOf(provenance);
    notes = List.copyOf(notes);
  }
}
