package criticalwindows.trace;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Given texts as the items of a run: each is tokenised once, and its ids are kept.
///
/// @param items in the order in which they were given
/// @param notes what people should know: responses whose token ids spell another text
public record Tracing(List<Problem> items, List<String> notes) {
  private static final int LONGEST_ID = 100;

  public Tracing {
    items = List.copyOf(items);
    notes = List.copyOf(notes);
  }

  /// Tokenises them.
  ///
  /// @param source of the texts, for people: a file
  /// @throws UserError if one cannot be used, saying where it stands
  public static Tracing of(Model model, List<Trace> traces, String source) {
    if (traces.isEmpty()) {
      throw new UserError(
          source + " has no texts", "give a JSON object a line; see cw run trace --help");
    }
    Prompter prompter = new Prompter(model, PromptSet.standard());
    List<Problem> items = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    Others others = new Others(model.vocabulary());
    for (Trace trace : traces) {
      Problem item = item(model, prompter, trace, source);
      Optional.ofNullable(places.put(item.id(), trace.place()))
          .ifPresent(
              first -> {
                throw new UserError(
                    source + ", " + trace.place() + ": the same id as " + first + ", " + item.id(),
                    "give each text an id of its own, or leave out what is there twice");
              });
      others.add(trace, item);
      items.add(item);
    }
    return new Tracing(items, others.notes(traces.size()));
  }

  private static Problem item(Model model, Prompter prompter, Trace trace, String source) {
    String place = source + ", " + trace.place();
    Tokens prompt = requireKnown(model, prompt(prompter, trace, place), place);
    Optional<Tokens> response =
        trace.source().response(prompter).map(ids -> requireKnown(model, ids, place));
    if (response.map(Tokens::isEmpty).orElse(false)) {
      throw new UserError(
          place + ": the response is empty", "leave it out, to have the model write one");
    }
    int tokens = prompt.size() + response.map(Tokens::size).orElse(0) + 1;
    if (tokens > model.contextLength()) {
      throw new UserError(
          place
              + ": prompt and response take "
              + tokens
              + " tokens, and the context of "
              + model.name()
              + " is "
              + model.contextLength(),
          "leave that text out, or use a model with a longer context");
    }
    String question = trace.before().show(model.vocabulary());
    return new Problem(
        trace.id().map(id -> requirePlain(id, place)).orElseGet(() -> id(prompt, response)),
        source,
        trace.family().orElseGet(trace.source()::kind),
        question.isBlank() ? "(an empty prompt)" : question,
        List.of(),
        trace.outcome(),
        Optional.of(new GivenText(prompt, response, trace.finish())));
  }

  private static Tokens prompt(Prompter prompter, Trace trace, String place) {
    try {
      return trace.before().prompt(prompter);
    } catch (UserError e) {
      throw new UserError(place + ": " + e.getMessage(), e.hint(), e);
    }
  }

  private static Tokens requireKnown(Model model, Tokens ids, String place) {
    int size = model.vocabulary().size();
    ids.stream()
        .filter(id -> id < 0 || id >= size)
        .findFirst()
        .ifPresent(
            id -> {
              throw new UserError(
                  place + ": " + id + " is no token of " + model.name(),
                  "give ids of this model's own vocabulary, below " + size);
            });
    return ids;
  }

  private static String requirePlain(String id, String place) {
    if (id.isBlank()
        || id.length() > LONGEST_ID
        || id.codePoints().anyMatch(Character::isISOControl)) {
      throw new UserError(
          place + ": the id is empty, longer than " + LONGEST_ID + " letters, or no plain text",
          "give a short name, or leave it out");
    }
    return id;
  }

  private static String id(Tokens prompt, Optional<Tokens> response) {
    return Sha256.name(Sha256.of(prompt + "|" + response.map(Tokens::toString).orElse("")));
  }

  /// Responses whose ids spell another text than was given.
  private static final class Others {
    private final Vocabulary vocabulary;
    private final List<String> places = new ArrayList<>();

    Others(Vocabulary vocabulary) {
      this.vocabulary = vocabulary;
    }

    void add(Trace trace, Problem item) {
      if (trace.source() instanceof Sources.Text text) {
        Tokens ids = item.given().flatMap(GivenText::response).orElseThrow();
        String spelt = spelt(ids);
        if (!spelt.equals(text.text())) {
          places.add(trace.place());
        }
      }
    }

    private String spelt(Tokens ids) {
      StringBuilder text = new StringBuilder();
      int from = 0;
      for (int i = 0; i < ids.size(); i++) {
        String shown = vocabulary.show(ids.at(i));
        if (Sources.MARKERS.contains(shown) && vocabulary.controls().containsKey(shown)) {
          text.append(vocabulary.decode(ids.slice(from, i))).append(shown);
          from = i + 1;
        }
      }
      return text.append(vocabulary.decode(ids.slice(from, ids.size()))).toString();
    }

    List<String> notes(int all) {
      return places.isEmpty()
          ? List.of()
          : List.of(
              places.size()
                  + " of "
                  + all
                  + " responses read differently once tokenised, the first at "
                  + places.getFirst()
                  + ": the ids are what is continued");
    }
  }
}
