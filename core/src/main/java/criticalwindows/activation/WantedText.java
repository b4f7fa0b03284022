package criticalwindows.activation;

import criticalwindows.model.Tokens;
import java.util.List;

/// A text, and the places at which its activations are wanted.
///
/// @param id as its run or file has it
/// @param group what it belongs to, such as a benchmark or a family of attacks
/// @param prompt at least one token
/// @param kept places as [Place#kept] counts them: at least one, ascending, each in [1 − tokens of
///   the prompt, tokens of the response]
public record WantedText(
    String id, String group, Tokens prompt, Tokens response, List<Integer> kept) {
  public WantedText {
    kept = List.copyOf(kept);
    if (prompt.isEmpty() || kept.isEmpty()) {
      throw new IllegalArgumentException(id + " without a prompt or a place");
    }
    int before = -prompt.size();
    for (int each : kept) {
      if (each <= before || each > response.size()) {
        throw new IllegalArgumentException("places " + kept + " of " + id);
      }
      before = each;
    }
  }

  /// What of it has to be read: up to the last place and with it.
  public Tokens read() {
    return prompt.plus(response).prefix(position(kept.getLast()) + 1);
  }

  /// The token of a place, counted from the text's first one, which is 0.
  public int position(int place) {
    return prompt.size() - 1 + place;
  }

  /// As sets of activations know it.
  public ActivationSet.Text text() {
    return new ActivationSet.Text(id, group, prompt.size(), response.size());
  }
}
