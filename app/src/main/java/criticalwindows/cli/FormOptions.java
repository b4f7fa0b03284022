package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.form.FormPrompt;
import criticalwindows.form.FormReader;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Sampling;
import criticalwindows.world.FormProgram;
import criticalwindows.world.Forms;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import picocli.CommandLine.Option;

/// What a form run can be told.
final class FormOptions {
  /// Forms made by the world.
  static final String WORLD = "world:forms";

  private static final String STANDARD = "standard";
  private static final int MOST_PROBLEMS = 1000;

  @Option(
      names = "--prompt",
      paramLabel = "FILE",
      description = "A prompt with choices in brackets (default: the built-in one).")
  Optional<Path> prompt = Optional.empty();

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "world:forms, or world:forms:7 for a seed of its own: forms with known probabilities.")
  Optional<String> dataset = Optional.empty();

  @Option(
      names = "--problems",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many forms of the data set (default: ${DEFAULT-VALUE}).")
  int problems = 1;

  @Option(
      names = "--choices",
      paramLabel = "WORDS",
      split = ",",
      description = {
        "The combination whose staircase is wanted, a word for each choice with commas between them"
            + " (default: what the first text that completes the form chose)."
      })
  List<String> choices = List.of();

  @Option(
      names = "--texts",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Whole texts to condition on (default: ${DEFAULT-VALUE}).")
  int texts = 1000;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "100",
      description = "Continuations before and behind each choice (default: ${DEFAULT-VALUE}).")
  int samples = 100;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = {
        "Of all that is sampled. Scores are of the plain distribution, so at any other value than 1"
            + " there are none (default: ${DEFAULT-VALUE})."
      })
  double temperature = 1;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Likewise (default: ${DEFAULT-VALUE}).")
  double topP = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Every draw follows from it (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  /// The forms of a run.
  ///
  /// @param dataset by name
  record Chosen(String dataset, List<FormPrompt> prompts) {
    Chosen {
      prompts = List.copyOf(prompts);
    }

    List<Problem> problems() {
      return prompts.stream().map(form -> FormScripts.problem(dataset, form)).toList();
    }
  }

  /// Reads or makes the forms; what is wrong with these options is said before anything is loaded.
  Chosen choose() {
    least("--texts", texts);
    least("--samples", samples);
    least("--problems", problems);
    sampling();
    if (prompt.isPresent() && dataset.isPresent()) {
      throw new UserError("--prompt and --dataset were both given", "give one of the two");
    }
    Chosen chosen =
        prompt
            .map(FormOptions::read)
            .orElseGet(() -> dataset.map(this::made).orElseGet(FormOptions::standard));
    if (!dataset.isPresent() && problems > 1) {
      throw new UserError(
          "--problems " + problems + " of one prompt", "name a data set of forms: " + WORLD);
    }
    if (!choices.isEmpty()) {
      chosen.prompts().forEach(form -> form.combination(choices));
    }
    return chosen;
  }

  private static void least(String option, int value) {
    if (value < 1) {
      throw new UserError(option + " " + value, "give at least 1");
    }
  }

  private static Chosen standard() {
    return new Chosen(STANDARD, List.of(FormPrompt.parse(FormProgram.STANDARD.request())));
  }

  private static Chosen read(Path file) {
    String name = String.valueOf(file.getFileName());
    return new Chosen(name, List.of(FormReader.readable(OptionWords.text("--prompt", file))));
  }

  private Chosen made(String name) {
    if (!(name + ":").startsWith(WORLD + ":")) {
      throw new UserError(
          "the data set " + name + " holds no forms",
          "there is " + WORLD + "; a form of your own: --prompt FILE");
    }
    if (problems > MOST_PROBLEMS) {
      throw new UserError("--problems " + problems, "ask for at most " + MOST_PROBLEMS + " forms");
    }
    SplittableRandom random = new SplittableRandom(seed(name.substring(WORLD.length())));
    Set<String> requests = new LinkedHashSet<>();
    while (requests.size() < problems) {
      requests.add(Forms.make(random).request());
    }
    return new Chosen(name, requests.stream().map(FormPrompt::parse).toList());
  }

  private long seed(String argument) {
    try {
      return argument.isEmpty() ? seed : Long.parseLong(argument.substring(1));
    } catch (NumberFormatException e) {
      throw new UserError(
          "--dataset " + WORLD + argument, "give the seed as a number: " + WORLD + ":7", e);
    }
  }

  FormSettings settings(int maxTokens, List<FormPrompt> prompts) {
    List<String> target =
        choices.isEmpty()
            ? List.of()
            : prompts.getFirst().words(prompts.getFirst().combination(choices));
    return new FormSettings(texts, samples, sampling(), maxTokens, target, seed);
  }

  private Sampling sampling() {
    try {
      return new Sampling(temperature, topP);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--temperature or --top-p: " + e.getMessage(), "give values in these ranges", e);
    }
  }
}
