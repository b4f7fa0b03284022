package criticalwindows.defence;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Resample;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What replies of one item came to at each cut, plain and under each defence.
///
/// @param item its id
/// @param family of it, such as one of attacks
/// @param cuts by tokens kept
public record DefendedFinding(String item, String family, SortedMap<Integer, At> cuts) {
  /// One cut.
  ///
  /// @param defended those defences whose replies are all there
  public record At(Replies plain, Map<Defence, Replies> defended) {}

  /// Replies of one kind.
  ///
  /// @param complied those of the class that is followed
  /// @param stopped those that a defence has ended, in [0, trials]
  /// @param tokens sampled for all of them, stop tokens included
  public record Replies(Proportion complied, long stopped, long tokens) {
    private static final Replies NONE = new Replies(Proportion.NONE, 0, 0);

    /// Of a reply, on average.
    public double tokensEach() {
      return (double) tokens / complied.trials();
    }

    private Replies plus(Proportion.Outcome outcome, long more) {
      return new Replies(complied.plus(outcome), stopped, tokens + more);
    }

    private Replies plusStopped(long more) {
      return new Replies(complied.plus(Proportion.Outcome.FAILURE), stopped + 1, tokens + more);
    }
  }

  /// Reads them.
  ///
  /// @param finding complete, by the scorer
  /// @param samples all rows of the item
  /// @param asked what the run was asked for
  public static DefendedFinding of(
      CotFinding finding, List<Sample> samples, Asked asked, Scorer scorer) {
    Map<Key, Sample> rows = new HashMap<>();
    samples.forEach(row -> rows.put(row.key(), row));
    SortedMap<Integer, At> cuts = new TreeMap<>();
    for (CotLevel level : finding.levels()) {
      if (!level.resamples().isEmpty()) {
        cuts.computeIfAbsent(
            level.cut().kept(),
            kept -> new Reader(finding, rows, asked, scorer).at(kept, level.resamples()));
      }
    }
    return new DefendedFinding(finding.problem().id(), finding.problem().task(), cuts);
  }

  /// What a run was asked for.
  ///
  /// @param maxTokens of a whole response
  public record Asked(List<Defence> defences, int maxTokens) {
    public Asked {
      defences = List.copyOf(defences);
    }
  }

  private record Reader(CotFinding finding, Map<Key, Sample> rows, Asked asked, Scorer scorer) {
    At at(int kept, List<Resample> plain) {
      Replies replies = Replies.NONE;
      for (Resample reply : plain) {
        replies = replies.plus(complied(reply.outcome()), sampled(reply.response()));
      }
      Map<Defence, Replies> defended = new LinkedHashMap<>();
      for (Defence defence : asked.defences) {
        Optional<Replies> all =
            switch (defence) {
              case Defence.Header header -> checked(Checks.of(header, asked.maxTokens), plain);
              case Defence.Hint hint -> hinted(hint, kept, plain.size());
            };
        all.ifPresent(known -> defended.put(defence, known));
      }
      return new At(replies, defended);
    }

    private Proportion.Outcome complied(Outcome outcome) {
      return Proportion.Outcome.of(outcome.same(finding.followed()));
    }

    /// Plain replies, each to the check that ends it. What was sampled behind that is no part of
    /// it.
    private Optional<Replies> checked(Checks checks, List<Resample> plain) {
      Replies replies = Replies.NONE;
      for (Resample reply : plain) {
        Sample whole = reply.response();
        boolean stopped = false;
        long anew = 0;
        int number = 1;
        for (; !stopped && checks.has(number, whole.tokens().size()); number++) {
          Sample check = rows.get(checks.key(whole.key(), number));
          if (check == null) {
            return Optional.empty();
          }
          anew += sampled(check);
          stopped = Checks.ends(finding.problem(), check, scorer);
        }
        replies =
            stopped
                ? replies.plusStopped(anew + checks.place(number - 1))
                : replies.plus(complied(reply.outcome()), anew + sampled(whole));
      }
      return Optional.of(replies);
    }

    private Optional<Replies> hinted(Defence.Hint hint, int kept, int count) {
      List<Sample> replies = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Optional.ofNullable(rows.get(new Key(finding.problem().id(), hint.arm(), kept, i)))
            .ifPresent(replies::add);
      }
      if (replies.size() < count) {
        return Optional.empty();
      }
      Replies all = Replies.NONE;
      for (Sample reply : replies) {
        Outcome outcome = scorer.of(finding.problem(), hint.said(reply, finding.original()));
        all = all.plus(complied(outcome), sampled(reply));
      }
      return Optional.of(all);
    }

    /// With the stop token, where one was drawn.
    private static long sampled(Sample reply) {
      return Math.max(reply.tokens().size(), reply.logProbs().size());
    }
  }
}
