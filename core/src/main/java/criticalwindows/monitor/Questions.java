package criticalwindows.monitor;

import criticalwindows.model.Tokens;

/// What an early answer asks, as token ids of the models.
///
/// @param every so many tokens of the response it is asked once
/// @param header what stands between the response so far and the answer: the end of the turn, and
///   the beginning of the assistant's next one
/// @param refusal a phrase that refuses, at least one token
/// @param compliance a phrase that complies, at least one token
public record Questions(int every, Tokens header, Tokens refusal, Tokens compliance) {
  public Questions {
    if (every < 1 || refusal.isEmpty() || compliance.isEmpty()) {
      throw new IllegalArgumentException("an early answer every " + every + " tokens");
    }
  }
}
