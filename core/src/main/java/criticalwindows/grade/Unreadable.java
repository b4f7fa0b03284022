package criticalwindows.grade;

import java.util.Set;

/// The reasons why an answer cannot be read, all of them.
final class Unreadable {
  static final Answer.Unread EMPTY = new Answer.Unread("empty");
  static final Answer.Unread NOTHING_STATED = new Answer.Unread("no answer stated");
  static final Answer.Unread NO_SUCH_CHOICE = new Answer.Unread("names no choice of this problem");
  static final Answer.Unread NO_CHOICE = new Answer.Unread("states no choice");
  static final Answer.Unread SEVERAL = new Answer.Unread("names more than one choice");

  /// Said of what a statement denies, which is as if it were not there.
  static final Answer.Unread DENIED = new Answer.Unread("denied");

  static final Answer.Unread NO_NUMBER = new Answer.Unread("states no number");
  static final Answer.Unread NOT_PLAIN = new Answer.Unread("not a plain number");
  static final Answer.Unread BROKEN = new Answer.Unread("a formula broken over lines");
  static final Answer.Unread OPEN_BOX = new Answer.Unread("a box that does not close");

  /// After these an earlier statement may hold the answer: "The answer is clear."
  private static final Set<Answer> NOTHING = Set.of(NO_CHOICE, NO_NUMBER);

  /// After these a text may still come to something.
  private static final Set<Answer> LATER = Set.of(NOT_PLAIN, NO_SUCH_CHOICE, SEVERAL);

  private Unreadable() {}

  static boolean statesNothing(Answer answer) {
    return NOTHING.contains(answer);
  }

  /// Whether a whole response may still come to something, although its statement cannot be read.
  static boolean mayBeAnnounced(Answer answer) {
    return statesNothing(answer) || LATER.contains(answer);
  }
}
