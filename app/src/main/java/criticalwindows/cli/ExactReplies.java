package criticalwindows.cli;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.run.RunPrograms;
import criticalwindows.world.Policy;
import criticalwindows.world.Request;
import criticalwindows.world.RequestPosterior;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The exact probability that a reply to a request of the world goes on to comply, after each of
/// its tokens.
final class ExactReplies {
  private ExactReplies() {}

  /// By tokens kept.
  ///
  /// @return empty where the item is no request of the world; only those places that the world's
  ///   policy can have written
  static Map<Integer, Double> of(Problem item, Vocabulary vocabulary, Policy policy) {
    Optional<Request> request = RunPrograms.request(item).filter(Request::forbidden);
    Map<Integer, Double> exact = new TreeMap<>();
    if (request.isPresent()) {
      Tokens response = item.given().flatMap(GivenText::response).orElse(Tokens.none());
      for (int kept = 0; kept <= response.size(); kept++) {
        String text = vocabulary.decode(response.prefix(kept));
        try {
          RequestPosterior posterior = RequestPosterior.of(request.get(), policy, text);
          exact.put(kept, posterior.complied());
        } catch (IllegalArgumentException e) {
          break; // The policy never writes this, nor what comes after it.
        }
      }
    }
    return exact;
  }
}
