package criticalwindows.bench;

import criticalwindows.attack.Families;
import criticalwindows.attack.Request;
import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.hub.WorldRequest;
import criticalwindows.hub.WorldRequests;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.outcome.Following;
import criticalwindows.outcome.Scorer;
import criticalwindows.replies.RatioOnWorld;
import criticalwindows.scoring.Outcomes;
import criticalwindows.trace.Trace;
import criticalwindows.trace.Tracing;
import criticalwindows.window.WindowFinding;
import criticalwindows.world.Policy;
import criticalwindows.world.RequestPosterior;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Adaptive searches on replies of the aligned model to forbidden requests of the world, of which
/// P(complied) is known exactly at every token.
///
/// A window rises or falls. It is held against the token at which the exact curve rises, or falls,
/// most.
final class RequestWindows {
  private static final String OUTCOME = "refusal";
  private static final String FOLLOWED = "complied";

  private final Model model;
  private final Map<String, WorldRequest> requests = new HashMap<>();
  private final List<Problem> items;

  private RequestWindows(Model model, int each, long seed) {
    this.model = model;
    List<Trace> traces = new ArrayList<>();
    for (String family : RatioOnWorld.FAMILIES) {
      WorldRequests.of(Families.named(family), Request.Kind.HARMFUL, each, seed)
          .forEach(
              request -> {
                requests.put(request.attacked().id(), request);
                traces.add(request.attacked().trace(request.attacked().id()));
              });
    }
    this.items = Tracing.of(model, traces, "requests of the world").items();
  }

  /// Searches the replies to so many requests of each family.
  ///
  /// @param seed of the requests and every draw
  static KnownSteps run(Console console, Model model, int each, long seed)
      throws InterruptedException {
    return new RequestWindows(model, each, seed).search(console, seed);
  }

  private KnownSteps search(Console console, long seed) throws InterruptedException {
    try (Outcomes outcomes = Outcomes.parse(List.of(OUTCOME))) {
      Scorer scorer = new Following(outcomes.searched().scorer(), FOLLOWED);
      return new SearchedTexts(model, items, RatioOnWorld.LONGEST, seed)
          .run(console, scorer, this::trial);
    }
  }

  /// Absent where the policy never writes such a reply, which a model does now and then.
  private Optional<KnownSteps.Trial> trial(CotFinding finding) {
    return exact(finding)
        .flatMap(
            curve ->
                WindowFinding.of(finding)
                    .map(
                        found -> {
                          int sign = found.window().rise().mean() < 0 ? -1 : 1;
                          int kept = steepest(curve, sign);
                          return new KnownSteps.Trial(
                              Math.max(0, sign * (curve[kept] - curve[kept - 1])),
                              kept - .5,
                              found.claimed(),
                              found.window().place(),
                              found.rollouts());
                        }));
  }

  /// P(complied) after each number of tokens of the response.
  private Optional<double[]> exact(CotFinding finding) {
    WorldRequest asked = Objects.requireNonNull(requests.get(finding.problem().id()));
    String opening = asked.attacked().opening().orElse("");
    Tokens response = finding.original().tokens();
    double[] curve = new double[response.size() + 1];
    for (int kept = 0; kept <= response.size(); kept++) {
      String prefix = opening + model.vocabulary().decode(response.prefix(kept));
      try {
        curve[kept] = RequestPosterior.of(asked.request(), Policy.ALIGNED, prefix).complied();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(curve);
  }

  /// @param sign 1 for the largest rise, −1 for the largest fall
  /// @return the tokens kept after it
  private static int steepest(double[] curve, int sign) {
    int steepest = 1;
    for (int kept = 2; kept < curve.length; kept++) {
      if (sign * (curve[kept] - curve[kept - 1]) > sign * (curve[steepest] - curve[steepest - 1])) {
        steepest = kept;
      }
    }
    return steepest;
  }
}
