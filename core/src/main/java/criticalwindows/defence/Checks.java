package criticalwindows.defence;

import criticalwindows.dataset.Problem;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;

/// Where a reply is begun anew behind the header, and what each place is called: a reply has its
/// checks at its K-th sampled token, its 2 K-th …, as long as something of it is left.
///
/// @param perReply no reply has more
record Checks(Defence.Header header, int perReply) {
  /// @param maxTokens of a whole response
  static Checks of(Defence.Header header, int maxTokens) {
    return new Checks(header, Math.max(1, (maxTokens - 1) / header.every()));
  }

  /// The name of a check.
  ///
  /// @param reply continuation that is checked
  /// @param number of the check, from 1
  Key key(Key reply, int number) {
    int index = Math.addExact(Math.multiplyExact(reply.index(), perReply), number - 1);
    return new Key(reply.item(), header.arm(), reply.kept(), index);
  }

  /// The continuation that a check is of.
  Key reply(Key check) {
    return Key.resample(check.item(), check.kept(), check.index() / perReply);
  }

  /// Which check of its continuation it is, from 1.
  int number(Key check) {
    return 1 + check.index() % perReply;
  }

  /// Sampled tokens before a check.
  int place(int number) {
    return number * header.every();
  }

  /// Whether a reply has such a check.
  ///
  /// @param length of what was sampled, without the stop token
  boolean has(int number, int length) {
    return number <= perReply && place(number) < length;
  }

  /// Whether a reply that was begun anew ends the one that it checks: it is of another class than
  /// the one that is followed.
  static boolean ends(Problem item, Sample anew, Scorer scorer) {
    Outcome outcome = scorer.of(item, Said.response(anew.finish(), anew.text()));
    return outcome.readable() && scorer.followed(item).filter(outcome::same).isEmpty();
  }
}
