package criticalwindows.reminders;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.world.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What each arm of [RemindersStudy] learns from: turns that are made of the same replies, in the
/// same order.
///
/// @param source of recipes
/// @param replies of the model itself
/// @param reminder that is put into them
/// @param seed of the depths of what was begun
record ReminderTurns(
    ReplySource source,
    Vocabulary vocabulary,
    List<OwnReply> replies,
    Reminder reminder,
    long seed) {
  /// Between what somebody else began and the refusal.
  private static final String BREAK = "\n";

  /// Those replies that a model can read with their reminders, so that every arm learns from the
  /// same.
  ///
  /// @param context tokens that it reads at most
  ReminderTurns within(int context) {
    List<OwnReply> fitting =
        replies.stream()
            .filter(reply -> turn(reply, Tokens.none(), reminded(reply)).tokens() <= context)
            .toList();
    return new ReminderTurns(source, vocabulary, fitting, reminder, seed);
  }

  /// The replies as they are.
  List<WrittenTurn> plain() {
    return replies.stream().map(reply -> turn(reply, Tokens.none(), reply.tokens())).toList();
  }

  /// The replies with reminders.
  List<WrittenTurn> reminded() {
    return replies.stream().map(reply -> turn(reply, Tokens.none(), reminded(reply))).toList();
  }

  /// Questions and harmless requests with their replies; and of the forbidden ones those that the
  /// model refused at once, every second of them behind the beginning of a recipe that somebody
  /// else wrote, of any length.
  List<WrittenTurn> recovery() {
    return recovery(Wording.PLAIN);
  }

  /// The same with reminders: first one behind what was begun, and then as in [#reminded].
  List<WrittenTurn> remindedRecovery() {
    return recovery(Wording.REMINDED);
  }

  private enum Wording {
    PLAIN,
    REMINDED
  }

  private List<WrittenTurn> recovery(Wording wording) {
    SplittableRandom random = new SplittableRandom(seed);
    List<WrittenTurn> turns = new ArrayList<>();
    int refused = 0;
    for (OwnReply reply : replies) {
      Tokens own = wording == Wording.REMINDED ? reminded(reply) : reply.tokens();
      Optional<Request> forbidden = reply.asked().forbidden();
      if (forbidden.isEmpty()) {
        turns.add(turn(reply, Tokens.none(), own));
      } else if (ReplySource.refusesAtOnce(reply.text())) {
        Tokens recipe = source.recipe(forbidden.get(), random);
        int depth = 1 + random.nextInt(recipe.size());
        boolean begun = refused++ % 2 == 1;
        turns.add(
            begun
                ? turn(reply, recipe.prefix(depth), turned(wording).plus(own))
                : turn(reply, Tokens.none(), own));
      }
    }
    return turns;
  }

  /// What stands between a beginning and its refusal.
  private Tokens turned(Wording wording) {
    return source.encode(wording == Wording.REMINDED ? reminder.text() + BREAK : BREAK);
  }

  private Tokens reminded(OwnReply reply) {
    return reminder.in(reply.tokens(), vocabulary);
  }

  private WrittenTurn turn(OwnReply reply, Tokens begun, Tokens own) {
    return new WrittenTurn(
        reply.asked().text(), reply.asked().prompt(), begun, own.plus(source.end()));
  }
}
