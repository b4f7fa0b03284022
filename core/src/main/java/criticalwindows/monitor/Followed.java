package criticalwindows.monitor;

import criticalwindows.model.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A response that a monitor reads.
public final class Followed {
  private final String id;
  private final Tokens prompt;
  private final MixedScore mixture;
  private final List<TokenScore.Following> parts;
  private Tokens read = Tokens.none();
  private Optional<String> failure = Optional.empty();

  Followed(String id, Tokens prompt, MixedScore mixture, Questions questions) {
    this.id = id;
    this.prompt = prompt;
    this.mixture = mixture;
    parts = mixture.parts().stream().map(p -> p.score().begin(questions, prompt)).toList();
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
    return IntStream.range(0, read.size()).mapToDouble(this::score).toArray();
  }

  /// The same of one score alone, as it is before it is mixed.
  ///
  /// @param part of the mixture, from 0
  public double[] scores(int part) {
    return IntStream.range(0, read.size()).mapToDouble(parts.get(part)::after).toArray();
  }

  /// The score after a token.
  ///
  /// @param token from 0
  public double score(int token) {
    return mixture.of(parts.stream().mapToDouble(part -> part.after(token)).toArray());
  }

  /// Forgets the tokens from there on, because others stand in their place.
  ///
  /// @param kept in [0, tokens read]
  public void rewind(int kept) {
    parts.forEach(part -> part.rewind(kept));
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

  /// By score of the mixture.
  TokenScore.Following part(int part) {
    return parts.get(part);
  }

  void read(Tokens next) {
    read = read.plus(next);
  }
}
