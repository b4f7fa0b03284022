package criticalwindows.compare;

import criticalwindows.model.Tokens;
import criticalwindows.rollout.Sample;
import java.util.List;

/// The text that was cut, and how it is made of tokens.
///
/// @param ends for each token, how many characters of the text there are once it is written; empty
///   where that is not known
public record Response(Tokens tokens, String text, List<Integer> ends) {
  public Response {
    ends = List.copyOf(ends);
  }

  static Response of(Sample original) {
    return new Response(original.tokens(), original.text(), original.ends());
  }

  /// Whether both are the same text.
  boolean sameText(Response other) {
    return !ends.isEmpty() && !other.ends.isEmpty() && text.equals(other.text);
  }

  /// Whether both are the same text in the same tokens.
  boolean sameTokens(Response other) {
    return sameText(other) && tokens.equals(other.tokens) && ends.equals(other.ends);
  }

  /// A place in tokens as one in characters.
  ///
  /// @param place in [0, tokens]
  double characters(double place) {
    double kept = Math.clamp(place, 0, ends.size());
    int whole = (int) kept;
    int before = whole == 0 ? 0 : ends.get(whole - 1);
    return whole == ends.size() ? before : before + (kept - whole) * (ends.get(whole) - before);
  }
}
