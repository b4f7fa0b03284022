package criticalwindows.explain;

import criticalwindows.cot.Resample;
import criticalwindows.rollout.Sample;

/// A continuation, and where it leaves the words of the response it was cut from.
///
/// @param same tokens of the response it repeats after the cut
public record Parting(Resample resample, int same) {
  /// How a continuation of a response parts from it.
  public static Parting of(Resample resample, Sample original) {
    int kept = resample.response().key().kept();
    int length = original.tokens().size();
    return new Parting(
        resample,
        original
            .tokens()
            .slice(Math.min(kept, length), length)
            .commonPrefix(resample.response().tokens()));
  }

  /// The first token that differs, counted from 0 at the beginning of the response.
  public int at() {
    return resample.response().key().kept() + same;
  }

  /// What it wrote from there: what of its text is not the response's own.
  ///
  /// @param rest the text of the response after the cut
  public String words(String rest) {
    String text = resample.response().text();
    int first = 0;
    while (first < Math.min(text.length(), rest.length())
        && text.charAt(first) == rest.charAt(first)) {
      first++;
    }
    while (first > 0 && first < text.length() && !Character.isWhitespace(text.charAt(first - 1))) {
      first--;
    }
    return text.substring(first);
  }
}
