package criticalwindows.outcome;

import criticalwindows.model.FinishReason;
import criticalwindows.rollout.Sample;
import java.util.List;
import java.util.Optional;

/// What there is to read of a response.
///
/// @param finish why the response ended
/// @param response its whole text, with what was kept of the original before a cut; empty where
///   nothing but a reply was written
/// @param reply to the question for the answer; absent where none was asked
public record Said(FinishReason finish, String response, Optional<String> reply) {
  /// A reply alone.
  public static Said reply(FinishReason finish, String reply) {
    return new Said(finish, "", Optional.of(reply));
  }

  /// A response alone.
  public static Said response(FinishReason finish, String response) {
    return new Said(finish, response, Optional.empty());
  }

  /// What a script wrote.
  ///
  /// @param rows of the script, in the order of their turns
  /// @param original the response that was cut; of which a continuation has a beginning
  /// @throws IllegalArgumentException if it is shorter than what was kept of it
  public static Said of(List<Sample> rows, Sample original) {
    Sample first = rows.getFirst();
    boolean asked = first.turn() == Sample.Turn.ANSWER;
    return of(rows, asked ? "" : original.beginning(first.key().kept()));
  }

  /// What a script wrote, without what was kept before it: where the original is not known.
  public static Said alone(List<Sample> rows) {
    return of(rows, "");
  }

  /// What a script wrote behind a text that is known.
  ///
  /// @param before of the response; a reply alone leaves it as it is
  public static Said of(List<Sample> rows, String before) {
    Sample first = rows.getFirst();
    Optional<String> reply =
        Optional.of(rows.getLast())
            .filter(row -> row.turn() == Sample.Turn.ANSWER)
            .map(Sample::text);
    return first.turn() == Sample.Turn.ANSWER
        ? new Said(FinishReason.STOP, before, reply)
        : new Said(first.finish(), before + first.text(), reply);
  }

  /// The last turn: the reply where one was asked for, or else the response.
  public String last() {
    return reply.orElse(response);
  }
}
