package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.localise.Move;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Watch;
import criticalwindows.noise.Rollout;
import criticalwindows.noise.Thinking;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The scripts of the chain-of-thought protocol, each under the [Key] its samples will have.
///
/// *Source:* Li, Karan and Chen, arXiv 2502.00921, section on chain of thought.
public final class CotScripts implements CutScripts {
  /// The most tokens of a follow-up answer; it is decoded greedily.
  public static final int ANSWER_TOKENS = 100;

  /// The most tokens of a response unless asked otherwise, where the context leaves as much.
  public static final int RESPONSE_TOKENS = 2048;

  /// A response shorter than this is no reasoning: a prompt that leaves less does not fit.
  private static final int LEAST_RESPONSE_TOKENS = 16;

  private static final Step.Sample ANSWER = Step.sample(Sampling.GREEDY, ANSWER_TOKENS);

  private final Model model;
  private final Prompter prompter;
  private final CotSettings settings;

  public CotScripts(Model model, PromptSet prompts, CotSettings settings) {
    this(model, new Prompter(model, prompts), settings);
  }

  private CotScripts(Model model, Prompter prompter, CotSettings settings) {
    this.model = model;
    this.prompter = prompter;
    this.settings = settings;
  }

  @Override
  public CotScripts with(CotSettings other) {
    return new CotScripts(model, prompter, other);
  }

  @Override
  public CotSettings settings() {
    return settings;
  }

  /// The most response tokens that the context leaves beside each of these problems, its follow-up
  /// turn and answer; at most [#RESPONSE_TOKENS].
  ///
  /// @throws UserError if a problem does not fit the model's context
  public static int responseTokens(Model model, PromptSet prompts, List<Problem> problems) {
    Prompter prompter = new Prompter(model, prompts);
    int tokens = RESPONSE_TOKENS;
    for (Problem problem : problems) {
      tokens = Math.min(tokens, model.contextLength() - besides(prompter, problem));
      if (tokens < LEAST_RESPONSE_TOKENS) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "problem %s with its follow-up takes %d tokens, and the context of %s is %d",
                problem.id(),
                besides(prompter, problem),
                model.name(),
                model.contextLength()),
            "leave that problem out, or use a model with a longer context");
      }
    }
    return tokens;
  }

  @Override
  public int mostTokens(Problem problem) {
    int markers = settings.markers().isPresent() ? 2 : 0;
    return besides(prompter, problem) + markers + settings.maxTokens();
  }

  static int besides(Prompter prompter, Problem problem) {
    int followUp = prompter.followUp(problem).size();
    return prompter.reasoning(problem).size() + followUp + ANSWER_TOKENS;
  }

  /// The response that will be cut, and its answer.
  public Task original(Problem problem) {
    Rollout none = rollout(problem, Tokens.none());
    List<Step> steps = new ArrayList<>(writing(none, 0, Step.Sample.Detail.PREDICTIONS));
    steps.add(new Step.Keep());
    steps.add(new Step.Feed(prompter.followUp(problem)));
    steps.add(answer(problem));
    return task(Key.original(problem.id()), none.whole(), steps.toArray(Step[]::new));
  }

  /// The answer without any reasoning.
  public Task direct(Problem problem) {
    return reply(Key.direct(problem.id()), prompter.direct(problem), anywhere(problem));
  }

  @Override
  public List<Task> first(Problem problem) {
    return List.of(direct(problem), original(problem));
  }

  @Override
  public int alone() {
    return 2;
  }

  @Override
  public int atEach() {
    return 1;
  }

  @Override
  public Rollout rollout(Problem problem, Tokens response) {
    return Rollout.of(reasoning(problem), response);
  }

  /// The prompt, with the model's thinking begun where that has a limit.
  private Tokens reasoning(Problem problem) {
    Tokens prompt = prompter.reasoning(problem);
    boolean begins =
        settings.think().isPresent() && thinking(Rollout.of(prompt, Tokens.none())).isEmpty();
    return begins ? prompt.plus(Tokens.of(markers().orElseThrow().open())) : prompt;
  }

  private Optional<Thinking> markers() {
    return settings.markers().flatMap(names -> names.in(model.vocabulary()));
  }

  /// Writes on behind so many kept tokens to the end of the response. Within a thought that has a
  /// limit: what is left of it, the closing marker, and then the rest.
  private List<Step> writing(Rollout response, int kept, Step.Sample.Detail detail) {
    // An original that was cut off fills its limit; a continuation of it still has a token to
    // write.
    int left = Math.max(1, settings.maxTokens() - kept);
    Optional<Thinking.Span> thought = thinking(response).filter(span -> span.holds(kept));
    if (settings.think().isEmpty() || thought.isEmpty()) {
      return List.of(sample(left, Set.of(), detail));
    }
    int more = Math.max(0, settings.think().get() - (kept - thought.get().from()));
    Tokens close = Tokens.of(markers().orElseThrow().close());
    Step.Score closing = new Step.Score(List.of(close));
    boolean predicted = detail == Step.Sample.Detail.PREDICTIONS;
    List<Step> steps = new ArrayList<>();
    if (more > 0) {
      Set<Integer> stops = new HashSet<>(model.vocabulary().stops());
      stops.add(close.at(0));
      steps.add(sample(more, stops, detail));
    }
    steps.add(predicted ? closing.withPredictions(settings.sampling()) : closing);
    steps.add(new Step.Feed(close));
    steps.add(sample(Math.max(1, left - more - 1), Set.of(), detail));
    return steps;
  }

  private Step.Sample sample(int most, Set<Integer> stops, Step.Sample.Detail detail) {
    return new Step.Sample(settings.sampling(), most, stops, Watch.NOTHING, detail);
  }

  /// Continuations from one place of a response, and its early answer with the first of them.
  @Override
  public List<Task> continuations(Problem problem, Rollout response, Move.Draw draw, int from) {
    int kept = draw.position();
    Tokens start = response.noised(kept);
    Step.Feed feed = new Step.Feed(prompter.followUp(problem));
    List<Step> goOn = new ArrayList<>(writing(response, kept, Step.Sample.Detail.LOG_PROBS));
    goOn.add(feed);
    goOn.add(answer(problem));
    Step[] steps = goOn.toArray(Step[]::new);
    List<Task> tasks = new ArrayList<>();
    if (from == 0) {
      Tokens asked = closing(response, kept).plus(feed.tokens());
      tasks.add(
          reply(Key.early(problem.id(), kept), start, new Step.Feed(asked), anywhere(problem)));
    }
    IntStream.range(from, from + draw.count())
        .mapToObj(i -> task(Key.resample(problem.id(), kept, i), start, steps))
        .forEach(tasks::add);
    return tasks;
  }

  /// What closes the thought that a cut leaves open, if it does.
  private Tokens closing(Rollout response, int kept) {
    return thinking(response)
        .filter(span -> span.holds(kept))
        .flatMap(span -> markers())
        .map(thinking -> Tokens.of(thinking.close()))
        .orElse(Tokens.none());
  }

  /// A response whose beginning is given, and its answer.
  @Override
  public Task begun(Key key, Problem problem, Tokens begun) {
    Rollout response = rollout(problem, begun);
    List<Step> steps =
        new ArrayList<>(writing(response, begun.size(), Step.Sample.Detail.LOG_PROBS));
    steps.add(new Step.Feed(prompter.followUp(problem)));
    steps.add(answer(problem));
    return task(key, response.whole(), steps.toArray(Step[]::new));
  }

  /// The answer to a response that has ended.
  @Override
  public Optional<Task> ended(Key key, Problem problem, Tokens response) {
    Tokens start = rollout(problem, response).whole();
    Step.Feed feed = new Step.Feed(prompter.followUp(problem));
    return Optional.of(reply(key, start, feed, answer(problem)));
  }

  /// Writes the reply, and reads the probabilities of the choices on the way.
  private Step answer(Problem problem) {
    return ANSWER.watching(prompter.choices(problem));
  }

  /// Reads them wherever the reply names a choice, and forced: it is asked in the middle of a
  /// thought, and may think on. A response that has ended has its answer, and its reply mostly
  /// names it at once.
  private Step anywhere(Problem problem) {
    return ANSWER.watching(prompter.choicesAnywhere(problem));
  }

  private Task task(Key key, Tokens start, Step... steps) {
    return new Task(key, script(key, start, steps));
  }

  /// One whose only turn is a reply.
  private Task reply(Key key, Tokens start, Step... steps) {
    return new Task(key, script(key, start, steps), Sample.Turn.ANSWER);
  }

  private Script script(Key key, Tokens start, Step... steps) {
    return new Script(start, List.of(steps), key.seed(settings.seed()));
  }

  @Override
  public Model model() {
    return model;
  }
}
