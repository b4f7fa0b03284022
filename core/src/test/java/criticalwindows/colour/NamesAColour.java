package criticalwindows.colour;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Cut;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.AfterOriginal;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.ProtocolContractTest;
import criticalwindows.rollout.Task;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A toy experiment, made as CONTRIBUTING says: does the response name a colour, and from where on
/// is that decided? No answer is asked for, and none is right.
public record NamesAColour(Model model, NamesAColour.Settings settings)
    implements Protocol, Scorer {
  private static final Pattern COLOUR = Pattern.compile("\\b(red|green|blue)\\b");

  /// As the contract of protocols runs it.
  public static ProtocolContractTest.Kind kind() {
    Settings settings = new Settings(CutPlan.parse(".2,.5,.7"), 4, 40, 3);
    Problem item = Problem.open("talk", "talk", "What do you see?");
    return new ProtocolContractTest.Kind(
        "colour", List.of(item), () -> model -> new NamesAColour(model, settings));
  }

  /// What is done with each item.
  public record Settings(CutPlan cuts, int samples, int maxTokens, long seed) {}

  /// Whether one is named.
  ///
  /// @param show `a colour` or `none`
  record Named(String show) implements Outcome {
    @Override
    public boolean readable() {
      return true;
    }
  }

  @Override
  public Outcome of(Problem item, Said said) {
    return new Named(COLOUR.matcher(said.response()).find() ? "a colour" : "none");
  }

  @Override
  public int mostTokens(Problem item) {
    return start(item).size() + settings.maxTokens();
  }

  @Override
  public int mostScripts() {
    return 1 + settings.samples() * settings.cuts().cuts(settings.maxTokens()).size();
  }

  @Override
  public Reads reads() {
    return Reads.ORIGINALS;
  }

  @Override
  public Course begin(Problem item) {
    Key original = Key.original(item.id());
    return new AfterOriginal(
        List.of(task(original, start(item), 0)), response -> continuations(item, response));
  }

  private List<Task> continuations(Problem item, Tokens response) {
    return settings.cuts().cuts(response.size()).stream()
        .map(Cut::kept)
        .distinct()
        .flatMap(
            kept ->
                IntStream.range(0, settings.samples())
                    .mapToObj(i -> Key.resample(item.id(), kept, i)))
        .map(key -> task(key, start(item).plus(response.prefix(key.kept())), key.kept()))
        .toList();
  }

  private Task task(Key key, Tokens start, int kept) {
    Step write = Step.sample(Sampling.PLAIN, Math.max(1, settings.maxTokens() - kept));
    return new Task(key, new Script(start, List.of(write), key.seed(settings.seed())));
  }

  private Tokens start(Problem item) {
    return new Prompter(model, PromptSet.standard()).request(item.question());
  }
}
