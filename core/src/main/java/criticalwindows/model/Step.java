package criticalwindows.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One thing asked of a model in a [Script].
public sealed interface Step {
  /// Read these ids as if they had been written.
  record Feed(Tokens tokens) implements Step {
    public Feed {
      if (tokens.isEmpty()) {
        throw new IllegalArgumentException("nothing to feed");
      }
    }
  }

  /// Write until a stop token or `maxTokens` tokens. The stop token is not part of what was
  /// written, and is not read back: a following [Feed] brings its own end of turn.
  ///
  /// @param maxTokens at least 1; stop token not counted
  /// @param stops ids that end the writing; empty: the model's own ([Vocabulary#stops])
  /// @param watch whose [Sampled#probs] are wanted
  /// @param detail what is wanted of each token
  record Sample(Sampling sampling, int maxTokens, Set<Integer> stops, Watch watch, Detail detail)
      implements Step {
    /// What is wanted of each token.
    public enum Detail {
      /// Its log-probability.
      LOG_PROBS,
      /// What was predicted where it stands too: [Sampled#predictions].
      PREDICTIONS
    }

    public Sample {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("at least one token to sample, not " + maxTokens);
      }
      stops = Set.copyOf(stops);
    }

    /// A step that watches nothing.
    public Sample(Sampling sampling, int maxTokens, Set<Integer> stops) {
      this(sampling, maxTokens, stops, Watch.NOTHING, Detail.LOG_PROBS);
    }

    /// The most tokens that stand in the text meanwhile, what is read for probabilities included.
    public int mostTokens() {
      return watch.everywhere() ? Math.max(maxTokens, watch.here().mostTokens()) : maxTokens;
    }

    /// Where what was written names what is watched for in other words.
    ///
    /// @return nothing where it does not, or where that is longer than this step may write
    public Optional<Alternatives> named(Tokens written, Vocabulary vocabulary) {
      return watch
          .naming()
          .flatMap(naming -> naming.in(written, vocabulary))
          .filter(found -> found.mostTokens() <= mostTokens());
    }

    /// The same step, and what was predicted at each token.
    public Sample withPredictions() {
      return new Sample(sampling, maxTokens, stops, watch, Detail.PREDICTIONS);
    }

    /// The same step, and an eye on this.
    public Sample watching(Watch what) {
      return new Sample(sampling, maxTokens, stops, what, detail);
    }
  }

  /// Find how likely each of some texts would be if it stood here: [Completion#scores]. What is
  /// written stays as it is. Where texts begin alike, an engine computes that once.
  ///
  /// @param sampling where what was predicted at each token is wanted too, [Scored#predictions]:
  ///   the sampling that the texts are held against
  record Score(Alternatives alternatives, Optional<Sampling> sampling) implements Step {
    /// No predictions are wanted.
    public Score(Alternatives alternatives) {
      this(alternatives, Optional.empty());
    }

    /// The texts stand here at once.
    public Score(List<Tokens> texts) {
      this(new Alternatives(Tokens.none(), texts));
    }

    /// The same texts, and what was predicted at each token.
    public Score withPredictions(Sampling against) {
      return new Score(alternatives, Optional.of(against));
    }
  }

  /// A hint without effect on any result: scripts to come will start from what is written so far,
  /// or from a prefix of it, so an engine does well to keep its state.
  record Keep() implements Step {}

  /// [Sample] to the model's own stop tokens.
  static Sample sample(Sampling sampling, int maxTokens) {
    return new Sample(sampling, maxTokens, Set.of());
  }
}
