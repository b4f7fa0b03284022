package criticalwindows.monitor;

import criticalwindows.model.Completion;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.Role;
import java.util.List;
import java.util.Map;

/// A number that a monitor follows along a response, token by token. Each is made so that more of
/// it means suspicion.
public interface TokenScore {
  /// Short, as on the command line.
  String name();

  /// What it is, for people.
  String about();

  /// The models that it asks, in this order.
  List<Role> asks();

  /// A response that begins.
  ///
  /// @param prompt all that stands before it, at least one token
  Following begin(Questions questions, Tokens prompt);

  /// One response, as it is written.
  interface Following {
    /// What its models are asked of the tokens that come next. The steps end with all of these
    /// read, and compute none of them twice.
    ///
    /// @param next at least one token
    List<Step> steps(Tokens next);

    /// Reads what came of the steps.
    ///
    /// @param found of each model
    /// @throws criticalwindows.error.UserError if a token has no probability
    /// @throws InterruptedException if the thread is interrupted
    void take(Tokens next, Map<Role, Completion> found) throws InterruptedException;

    /// The score after each token so far; −∞ where there is none yet.
    ///
    /// @param token from 0
    double after(int token);

    /// Forgets the tokens from there on, because others stand in their place.
    ///
    /// @param kept in [0, tokens so far]
    void rewind(int kept);
  }
}
