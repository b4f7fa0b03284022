package criticalwindows.rollout;

import criticalwindows.model.Script;

/// A script and the name of what will come of it.
///
/// @param first turn that is sampled; the others follow it
public record Task(Key key, Script script, Sample.Turn first) {
  /// One that begins with a response.
  public Task(Key key, Script script) {
    this(key, script, Sample.Turn.RESPONSE);
  }

  /// The turn of a text that was sampled for it.
  ///
  /// @param place among all that were, from 0
  Sample.Turn turn(int place) {
    return place == 0 ? first : Sample.Turn.ANSWER;
  }
}
