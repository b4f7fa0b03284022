package criticalwindows.prompt;

import criticalwindows.dataset.Choice;
import criticalwindows.model.Alternatives;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.model.Watch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Where a reply first names a choice, by its label in parentheses or by its text, as in "The best
/// guess is 44." In its place could stand the name of any other choice, of the same kind.
///
/// @param choices at least two
record ChoiceNaming(Vocabulary vocabulary, List<Choice> choices) implements Watch.Naming {
  /// All texts together; where choices are longer, reading them costs more than it tells.
  private static final int MOST_TOKENS = 64;

  /// A choice that is named.
  ///
  /// @param names of all choices, of the kind that was used
  private record Named(int choice, int from, List<String> names) {
    int to() {
      return from + names.get(choice).length();
    }
  }

  @Override
  public Alternatives in(Tokens written) {
    String reply = vocabulary.decode(written);
    Optional<Named> label = first(reply, names(choice -> "(" + choice.label() + ")"));
    Optional<Named> text = first(reply, names(Choice::text));
    boolean byText =
        text.isPresent() && (label.isEmpty() || text.get().from() < label.get().from());
    return (byText ? text : label)
        .map(named -> alternatives(written, reply, named))
        .orElse(Alternatives.NONE);
  }

  private List<String> names(Function<Choice, String> name) {
    return choices.stream().map(name).toList();
  }

  /// The choice that is named first, the longest of those that begin at the same place.
  private static Optional<Named> first(String reply, List<String> names) {
    Optional<Named> first = Optional.empty();
    for (int i = 0; i < names.size(); i++) {
      int from = find(reply, names.get(i));
      Named named = new Named(i, from, names);
      boolean better =
          first
              .map(best -> from < best.from() || (from == best.from() && named.to() > best.to()))
              .orElse(true);
      first = from >= 0 && better ? Optional.of(named) : first;
    }
    return first;
  }

  /// Where a name stands as words of its own; -1 where it does not.
  private static int find(String reply, String name) {
    int from = name.isBlank() ? -1 : reply.indexOf(name);
    while (from >= 0 && (joined(reply, from) || joined(reply, from + name.length()))) {
      from = reply.indexOf(name, from + 1);
    }
    return from;
  }

  /// Whether a word goes on across a place.
  private static boolean joined(String text, int place) {
    return place > 0
        && place < text.length()
        && Character.isLetterOrDigit(text.charAt(place - 1))
        && Character.isLetterOrDigit(text.charAt(place));
  }

  /// Every name with the token behind it, which tells `4` from `44`.
  private Alternatives alternatives(Tokens written, String reply, Named named) {
    int end = named.to();
    int tokens = 0;
    while (tokens < written.size()
        && vocabulary.decode(written.prefix(tokens)).length() <= named.to()) {
      tokens++;
      end = vocabulary.decode(written.prefix(tokens)).length();
    }
    String before = reply.substring(0, named.from());
    String behind = reply.substring(named.to(), Math.max(end, named.to()));
    List<Tokens> whole =
        named.names().stream().map(name -> vocabulary.encode(before + name + behind)).toList();
    int same =
        IntStream.range(1, whole.size())
            .map(i -> whole.getFirst().commonPrefix(whole.get(i)))
            .min()
            .orElse(0);
    List<Tokens> texts = whole.stream().map(text -> text.slice(same, text.size())).toList();
    return written.startsWith(whole.get(named.choice())) && distinct(texts)
        ? new Alternatives(written.prefix(same), texts)
        : Alternatives.NONE;
  }

  private static boolean distinct(List<Tokens> texts) {
    for (Tokens text : texts) {
      if (texts.stream().filter(other -> other.startsWith(text)).count() > 1) {
        return false;
      }
    }
    return texts.stream().mapToInt(Tokens::size).sum() <= MOST_TOKENS;
  }
}
