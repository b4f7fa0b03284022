package criticalwindows.finetune;

import java.util.List;

/// What is learnt from at once.
///
/// @param place where it stands in its file, for people, such as `data.jsonl line 3`
/// @param item what it is about, such as a problem's name: examples of one item are held out
///   together
/// @param passages of [Kind#PAIR] the chosen text and the rejected one, of others one
public record Example(String place, String item, Kind kind, List<Passage> passages) {
  public Example {
    passages = List.copyOf(passages);
    if (passages.size() != (kind == Kind.PAIR ? 2 : 1)) {
      throw new IllegalArgumentException(passages.size() + " passages of " + kind);
    }
  }

  /// What the targets of its passages are.
  public enum Kind {
    /// The tokens of a response, each with its weight.
    WEIGHTED("responses with weights"),
    /// A chosen continuation of a prefix and a rejected one, which begin at the same place.
    PAIR("preference pairs"),
    /// The tokens that name classes, all after the last token of one prefix, each with how often
    /// its class came out.
    COUNTED("prefixes with counts");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// Several of them, for people.
    public String words() {
      return words;
    }
  }

  /// How many tokens a model reads for it.
  public int tokens() {
    return passages.stream().mapToInt(passage -> passage.ids().size()).sum();
  }
}
