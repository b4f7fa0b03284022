package criticalwindows.form;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The scripts of the form protocol, each under the [Key] its samples will have.
///
/// *Source:* Li, Karan and Chen, arXiv 2502.00921, section on structured outputs.
public final class FormScripts {
  /// The most combinations that are scored.
  public static final int MOST_COMBINATIONS = 1024;

  private final Model model;
  private final FormSettings settings;
  private final Prompter prompter;

  public FormScripts(Model model, FormSettings settings) {
    this.model = model;
    this.settings = settings;
    this.prompter = new Prompter(model, PromptSet.standard());
  }

  /// A form as a problem of a run: its question is the prompt's source, and no answer is right.
  public static Problem problem(String dataset, FormPrompt prompt) {
    return Problem.open(dataset, "form", prompt.source());
  }

  /// So many tokens hold every completed form twice over, and no less than 16 more than once.
  ///
  /// @throws UserError if a prompt and its completed sentences do not fit the model's context
  public static int mostTokens(Model model, List<FormPrompt> prompts) {
    Prompter prompter = new Prompter(model, PromptSet.standard());
    int most = 1;
    for (FormPrompt prompt : prompts) {
      int request = prompter.request(prompt.request()).size();
      int filled = model.vocabulary().encode(prompt.filled(longest(prompt))).size();
      int left = model.contextLength() - request;
      if (left < filled + 1) {
        throw new UserError(
            "the prompt takes "
                + request
                + " tokens and its completed sentences "
                + filled
                + ", and the context of "
                + model.name()
                + " is "
                + model.contextLength(),
            "shorten the prompt, or use a model with a longer context");
      }
      most = Math.max(most, Math.min(left, 2 * filled + 16));
    }
    return most;
  }

  private static Combination longest(FormPrompt prompt) {
    Combination longest = Combination.NONE;
    for (FormBlank blank : prompt.blanks()) {
      List<Integer> lengths = blank.options().stream().map(o -> o.word().length()).toList();
      longest =
          longest.plus(lengths.indexOf(lengths.stream().max(Comparator.naturalOrder()).get()));
    }
    return longest;
  }

  /// The most tokens that a script of this form comes to hold.
  int mostTokens(Problem problem) {
    return start(problem).size() + settings.maxTokens();
  }

  private Tokens start(Problem problem) {
    return prompter.request(FormPrompt.parse(problem.question()).request());
  }

  /// The texts that are sampled whole.
  List<Task> texts(Problem problem) {
    Tokens start = start(problem);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < settings.texts(); i++) {
      tasks.add(task(Key.text(problem.id(), i), start, tokensLeft(start, 0)));
    }
    return tasks;
  }

  /// The continuations of a text at each of these cuts.
  List<Task> continuations(Problem problem, Tokens text, List<Integer> cuts) {
    Tokens start = start(problem);
    List<Task> tasks = new ArrayList<>();
    for (int kept : cuts) {
      for (int i = 0; i < settings.samples(); i++) {
        Key key = Key.resample(problem.id(), kept, i);
        tasks.add(task(key, start.plus(text.prefix(kept)), tokensLeft(start, kept)));
      }
    }
    return tasks;
  }

  private int tokensLeft(Tokens start, int kept) {
    int most = Math.min(settings.maxTokens(), model.contextLength() - start.size());
    return Math.max(1, most - kept);
  }

  private Task task(Key key, Tokens start, int most) {
    Step step = Step.sample(settings.sampling(), most);
    return new Task(key, new Script(start, List.of(step), key.seed(settings.seed())));
  }

  /// Completed forms as replies, which are scored. Neighbours begin alike.
  List<Task> given(Problem problem, List<String> texts) {
    Tokens start = start(problem);
    List<Task> tasks = new ArrayList<>();
    for (String text : texts) {
      Key key = Key.given(problem.id(), tasks.size());
      Step score = new Step.Score(List.of(model.vocabulary().encode(text)));
      tasks.add(new Task(key, new Script(start, List.of(score), 0)));
    }
    return tasks;
  }

  Model model() {
    return model;
  }

  FormSettings settings() {
    return settings;
  }
}
