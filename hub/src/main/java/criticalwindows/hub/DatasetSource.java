package criticalwindows.hub;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.download.Hub;
import criticalwindows.model.Message;
import criticalwindows.prompt.PromptSet;
import java.util.List;
import java.util.function.Supplier;

/// One data set by name. To add another, write a class like this and name it in [Datasets].
interface DatasetSource {
  /// As many problems as there are.
  int ALL = Integer.MAX_VALUE;

  /// What there is to know of it.
  Card card();

  /// Whether what was given behind the name and a colon means something here.
  default boolean takes(String argument) {
    return true;
  }

  /// Problems of it, each one once.
  ///
  /// @throws criticalwindows.error.UserError if that cannot be, or if it holds no problems
  Dataset draw(Wish wish);

  /// What a model is asked, for people.
  default Examples examples(Wish wish, PromptSet prompts) {
    Dataset drawn = draw(wish);
    List<Example> examples =
        drawn.problems().stream().map(problem -> example(problem, prompts)).toList();
    return new Examples(examples, drawn.provenance(), drawn.notes());
  }

  private static Example example(Problem problem, PromptSet prompts) {
    return new Example(
        problem.id() + ", right: " + problem.answer().orElse("not known"),
        List.of(
            Message.system(prompts.system(problem)),
            Message.user(prompts.reason(problem)),
            Message.assistant(prompts.prefill())));
  }

  /// Which problems are wanted.
  ///
  /// @param name the data set's, as given
  /// @param argument what was given behind it and a colon, such as a path or a seed; may be empty
  /// @param count how many, at least 1; [#ALL] for all there are
  /// @param seed by which they are drawn
  /// @param hub that what is not here is fetched from; made only if it is needed
  record Wish(String name, String argument, int count, long seed, Supplier<Hub> hub) {}
}
