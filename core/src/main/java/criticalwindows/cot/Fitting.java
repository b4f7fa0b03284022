package criticalwindows.cot;

import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Problems that fit a model's context.
///
/// One that leaves too little for a response is left out, and the next one of the draw takes its
/// place. That is told, and recorded: results then speak of the shorter problems alone.
public final class Fitting {
  /// In a data set's provenance: what was left out.
  public static final String TOO_LONG = "too long";

  private static final int SHOWN = 5;

  private final Model model;
  private final Prompter prompter;
  private final int response;
  private final List<Problem> fitting = new ArrayList<>();
  private final List<String> tooLong = new ArrayList<>();

  private Fitting(Model model, PromptSet prompts, int response) {
    this.model = model;
    this.prompter = new Prompter(model, prompts);
    this.response = response;
  }

  /// The fewest tokens that a response needs unless asked otherwise: a quarter of the context.
  public static int leastResponse(Model model) {
    return Math.min(CotScripts.RESPONSE_TOKENS, model.contextLength() / 4);
  }

  /// The data set without the problems after which no response fits.
  ///
  /// @param response its tokens, at least 1
  /// @throws UserError if no problem is left
  public static Dataset of(Model model, PromptSet prompts, Dataset dataset, int response) {
    Fitting found = new Fitting(model, prompts, response);
    dataset.problems().forEach(found::take);
    int wanted = dataset.problems().size();
    for (Problem spare : dataset.spare()) {
      if (found.fitting.size() == wanted) {
        break;
      }
      found.take(spare);
    }
    return found.dataset(dataset, wanted);
  }

  private void take(Problem problem) {
    int besides = CotScripts.besides(prompter, problem);
    if (besides + response <= model.contextLength()) {
      fitting.add(problem);
    } else {
      tooLong.add(problem.id() + " (" + (besides + response) + ")");
    }
  }

  private Dataset dataset(Dataset drawn, int wanted) {
    if (tooLong.isEmpty()) {
      return drawn;
    }
    if (fitting.isEmpty()) {
      throw new UserError(
          "no problem of " + drawn.name() + " fits: " + what(),
          "use a model with a longer context, or give --max-tokens below " + response);
    }
    String left =
        fitting.size() == wanted
            ? "the next ones of the draw take their places"
            : fitting.size() + " of " + wanted + " are left";
    List<String> notes = new ArrayList<>(drawn.notes());
    notes.add(what() + "; " + left);
    Map<String, String> provenance = new TreeMap<>(drawn.provenance());
    provenance.put(TOO_LONG, what());
    return new Dataset(drawn.card(), fitting, provenance, List.of(), notes);
  }

  private String what() {
    String first = String.join(", ", tooLong.subList(0, Math.min(SHOWN, tooLong.size())));
    return String.format(
        Locale.ROOT,
        "%d of %d problems are left out, which with a response of %d tokens are longer than the"
            + " context of %s, %d tokens: %s%s",
        tooLong.size(),
        tooLong.size() + fitting.size(),
        response,
        model.name(),
        model.contextLength(),
        first,
        tooLong.size() > SHOWN ? ", …" : "");
  }
}
