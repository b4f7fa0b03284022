package criticalwindows.reminders;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;

/// A sentence of one's purpose that is put into one's own reply again and again.
///
/// @param text with a space at its beginning; the same in every reply, so that nothing of what was
///   asked can be read from it
/// @param every so many tokens of the reply, at least 1
record Reminder(String text, int every) {
  Reminder {
    if (text.isBlank() || every < 1) {
      throw new IllegalArgumentException("\"" + text + "\" after every " + every + " tokens");
    }
  }

  /// A reply with the sentence after each so many of its own tokens, where more of them follow.
  Tokens in(Tokens reply, Vocabulary vocabulary) {
    Tokens sentence = vocabulary.encode(text);
    Tokens reminded = Tokens.none();
    for (int from = 0; from < reply.size(); from += every) {
      int to = Math.min(from + every, reply.size());
      reminded = reminded.plus(reply.slice(from, to));
      reminded = to < reply.size() ? reminded.plus(sentence) : reminded;
    }
    return reminded;
  }

  /// What a reply says besides.
  String without(String reply) {
    return reply.replace(text, "");
  }

  /// Whether a reply has the sentence in it.
  boolean isIn(String reply) {
    return reply.contains(text);
  }
}
