package criticalwindows.trace;

import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.localise.Move;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Rollout;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The scripts of given texts: the response is scored, or sampled where there is none, and written
/// anew from each cut to the end of the assistant's turn. Nobody asks for an answer; the response
/// itself has the outcome.
public final class TraceScripts implements CutScripts {
  private final Model model;
  private final TraceSettings settings;
  private final Set<Integer> stops;

  /// @throws IllegalArgumentException if the vocabulary has no token of a name to stop at
  public TraceScripts(Model model, TraceSettings settings) {
    this.model = model;
    this.settings = settings;
    this.stops = stops(model, settings.stopAt());
  }

  /// None for the model's own alone.
  private static Set<Integer> stops(Model model, List<String> names) {
    Set<Integer> stops = new HashSet<>();
    if (!names.isEmpty()) {
      stops.addAll(model.vocabulary().stops());
      names.forEach(name -> stops.add(stop(model, name)));
    }
    return Set.copyOf(stops);
  }

  private static int stop(Model model, String name) {
    return model
        .vocabulary()
        .marker(name)
        .orElseThrow(() -> new IllegalArgumentException("no token named " + name));
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public CotSettings settings() {
    return settings.cuts();
  }

  @Override
  public TraceScripts with(CotSettings other) {
    return new TraceScripts(
        model, new TraceSettings(other, settings.stopAt(), settings.defences()));
  }

  @Override
  public int mostTokens(Problem item) {
    GivenText text = text(item);
    int response = text.response().map(Tokens::size).orElse(0);
    // From the end of a response that fills its limit, a token more is written.
    return text.prompt().size() + Math.max(settings().maxTokens(), response + 1);
  }

  @Override
  public List<Task> first(Problem item) {
    GivenText text = text(item);
    Key key = Key.original(item.id());
    return List.of(
        text.response()
            .map(
                response ->
                    new Task(
                        key,
                        script(key, text.prompt(), score(response)),
                        Sample.Turn.RESPONSE,
                        text.finish()))
            .orElseGet(
                () -> new Task(key, script(key, text.prompt(), write(0).withPredictions()))));
  }

  @Override
  public int alone() {
    return 1;
  }

  @Override
  public int atEach() {
    return 0;
  }

  @Override
  public Rollout rollout(Problem item, Tokens response) {
    return Rollout.of(text(item).prompt(), response);
  }

  @Override
  public List<Task> continuations(Problem item, Rollout response, Move.Draw draw, int from) {
    Tokens start = response.noised(draw.position());
    Step goOn = write(draw.position());
    return IntStream.range(from, from + draw.count())
        .mapToObj(i -> Key.resample(item.id(), draw.position(), i))
        .map(key -> new Task(key, script(key, start, goOn)))
        .toList();
  }

  @Override
  public Task begun(Key key, Problem item, Tokens begun) {
    return new Task(key, script(key, text(item).prompt().plus(begun), write(begun.size())));
  }

  /// The response says it all.
  @Override
  public Optional<Task> ended(Key key, Problem item, Tokens response) {
    return Optional.empty();
  }

  private Step score(Tokens response) {
    return new Step.Score(List.of(response)).withPredictions(settings().sampling());
  }

  private Step.Sample write(int kept) {
    int left = Math.max(1, settings().maxTokens() - kept);
    return new Step.Sample(settings().sampling(), left, stops);
  }

  private Script script(Key key, Tokens start, Step step) {
    return new Script(start, List.of(step), key.seed(settings().seed()));
  }

  private static GivenText text(Problem item) {
    return item.given()
        .orElseThrow(() -> new IllegalArgumentException(item.id() + " is no given text"));
  }
}
