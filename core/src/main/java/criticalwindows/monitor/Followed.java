package criticalwindows.monitor;

import criticalwindows.model.Completion;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A response that a monitor reads.
public final class Followed {
  private final String id;
  private final Tokens prompt;
  private final TokenScore.Following following;
  private Tokens read = Tokens.none();
  private Optional<String> failure = Optional.empty();

  Followed(String id, Tokens prompt, TokenScore.Following following) {
    this.id = id;
    this.prompt = prompt;
    this.following = following;
  }

  /// By which its giver knows it.
  public String id() {
    return id;
  }

  /// The tokens of the response that were read.
  public Tokens read() {
    return read;
  }

  /// Why it cannot be followed any more; absent while it can.
  public Optional<String> failure() {
    return failure;
  }

  /// The score after each token that was read; −∞ where there is none yet.
  public double[] scores() {
    return IntStream.range(0, read.size()).mapToDouble(following::after).toArray();
  }

  /// The score after a token.
  ///
  /// @param token from 0
  public double score(int token) {
    return following.after(token);
  }

  /// Forgets the tokens from there on, because others stand in their place.
  ///
  /// @param kept in [0, tokens read]
  public void rewind(int kept) {
    following.rewind(kept);
    read = read.prefix(kept);
  }

  /// Says that it cannot be followed any more; what was found of it stands.
  public void fail(String reason) {
    failure = Optional.of(reason);
  }

  /// All that stands before the tokens that come next.
  Tokens text() {
    return prompt.plus(read);
  }

  List<Step> steps(Tokens next) {
    return following.steps(next);
  }

  void take(Tokens next, Map<Role, Completion> found) {
    following.take(next, found);
    read = read.plus(next);
  }
}
