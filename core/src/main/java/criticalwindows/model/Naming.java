package criticalwindows.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How a text names one of some things: by words of its own, as in "The best guess is 44." In the
/// place of the first name could stand that of any other thing, of the same kind.
///
/// @param kinds of names, such as labels in parentheses, or what the labels stand for; each kind
///   has a name for each thing, in one order, for at least two things; where names of two kinds
///   begin at the same place, the first kind counts
public record Naming(List<List<String>> kinds) {
  /// All texts together; where names are longer, reading them costs more than it tells.
  private static final int MOST_TOKENS = 64;

  public Naming {
    kinds = kinds.stream().map(List::copyOf).toList();
    if (kinds.stream().mapToInt(List::size).distinct().count() != 1
        || kinds.getFirst().size() < 2) {
      throw new IllegalArgumentException("not the same two things or more in each of " + kinds);
    }
  }

  /// A thing that is named.
  ///
  /// @param names of all things, of the kind that was used
  private record Named(int thing, int from, List<String> names) {
    int to() {
      return from + names.get(thing).length();
    }
  }

  /// What could stand in the place of the first name, one text for each thing, in their order.
  ///
  /// @param written all that was written, without the stop token
  /// @return nothing where no thing is named
  public Optional<Alternatives> in(Tokens written, Vocabulary vocabulary) {
    String reply = vocabulary.decode(written);
    Optional<Named> first = Optional.empty();
    for (List<String> names : kinds) {
      Optional<Named> named = first(reply, names);
      boolean before =
          first.isEmpty() || (named.isPresent() && named.get().from() < first.get().from());
      first = before ? named : first;
    }
    return first.flatMap(named -> instead(written, named, vocabulary));
  }

  /// The thing that is named first, the longest of those that begin at the same place.
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
  private static Optional<Alternatives> instead(
      Tokens written, Named named, Vocabulary vocabulary) {
    String reply = vocabulary.decode(written);
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
    return written.startsWith(whole.get(named.thing())) && distinct(texts)
        ? Optional.of(new Alternatives(written.prefix(same), texts))
        : Optional.empty();
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
