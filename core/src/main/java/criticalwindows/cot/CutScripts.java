package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.localise.Move;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.Rollout;
import criticalwindows.noise.Thinking;
import criticalwindows.noise.Written;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The scripts of noise and denoise on one kind of item: how the response that is cut comes about,
/// and what is written from a cut. Protocols say which of them run, and when.
public interface CutScripts {
  /// The model that will run them.
  Model model();

  /// What they are made by.
  CotSettings settings();

  /// The same with other settings.
  CutScripts with(CotSettings other);

  /// The most tokens that a script of this item comes to hold.
  int mostTokens(Problem item);

  /// What comes before any cut: the response, and what needs nothing of it.
  List<Task> first(Problem item);

  /// A response of an item behind its prompt.
  ///
  /// @param response of the original, without the stop token
  Rollout rollout(Problem item, Tokens response);

  /// Continuations from one place of a response, and what goes with the first of them.
  ///
  /// @param from index of the first of them: so many were drawn from there before
  List<Task> continuations(Problem item, Rollout response, Move.Draw draw, int from);

  /// The rest of a response whose beginning is given, to its outcome.
  ///
  /// @param begun fewer tokens than a response may have; none for a response of the model alone
  Task begun(Key key, Problem item, Tokens begun);

  /// What is asked of a response that has ended, besides what was written; absent where nothing is.
  ///
  /// @param response without the stop token
  Optional<Task> ended(Key key, Problem item, Tokens response);

  /// One token after the beginning of a response, as any response goes on.
  ///
  /// @throws UserError if no token is drawn there: a thought is closed at its limit
  default Task token(Key key, Problem item, Tokens begun) {
    Script whole = begun(key, item, begun).script();
    if (!(whole.steps().getFirst() instanceof Step.Sample goOn)) {
      throw new UserError(
          "the token after "
              + begun.size()
              + " of "
              + item.id()
              + " was not drawn: it closes a"
              + " thought at its limit",
          "name another place, or a run without --think");
    }
    Step one = new Step.Sample(goOn.sampling(), 1, goOn.stops());
    return new Task(key, new Script(whole.start(), List.of(one), whole.seed()));
  }

  /// Scripts of an item besides its continuations and what goes with each place.
  int alone();

  /// Scripts at each place besides its continuations.
  int atEach();

  /// Where a response is cut by the plan.
  default List<Cut> cuts(Rollout rollout) {
    Tokens response = rollout.response();
    Supplier<Written> written = () -> Written.of(model().vocabulary(), response);
    return switch (settings().cuts()) {
      case CutPlan.InThinking plan ->
          thinking(rollout)
              .map(span -> plan.cuts(response.size(), written, span))
              .orElse(List.of());
      case CutPlan.Turns plan -> plan.cuts(response, model().vocabulary());
      case CutPlan plan -> plan.cuts(response.size(), written);
    };
  }

  /// Where a response thinks; absent where it does not, or the model has no markers of it.
  default Optional<Thinking.Span> thinking(Rollout rollout) {
    return settings()
        .markers()
        .flatMap(markers -> markers.in(model().vocabulary()))
        .flatMap(thinking -> thinking.in(rollout));
  }

  /// Continuations at every different cut of the plan, and what goes with them.
  ///
  /// @param response of the original, without the stop token
  default List<Task> continuations(Problem item, Tokens response) {
    Rollout whole = rollout(item, response);
    return cuts(whole).stream()
        .map(Cut::kept)
        .distinct()
        .map(kept -> new Move.Draw(kept, settings().samples()))
        .flatMap(draw -> continuations(item, whole, draw, 0).stream())
        .toList();
  }

  /// How many scripts an item takes whose response is as long as may be: more than any other.
  default int mostPerProblem() {
    if (settings().cuts() instanceof CutPlan.Search search) {
      return alone() + (1 + atEach()) * search.rollouts();
    }
    long cuts =
        settings().cuts().cuts(settings().maxTokens()).stream()
            .mapToInt(Cut::kept)
            .distinct()
            .count();
    return alone() + (int) cuts * (atEach() + settings().samples());
  }
}
