package criticalwindows.reminders;

import criticalwindows.model.Tokens;

/// What a model replied.
///
/// @param asked what it was asked
/// @param tokens of the reply, without the one that ends the turn
/// @param text of the reply
record OwnReply(Prompted asked, Tokens tokens, String text) {}
