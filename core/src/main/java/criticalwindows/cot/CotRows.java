package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Replies;
import criticalwindows.rollout.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The outcomes of one problem's rows.
///
/// @param original the response that was cut
/// @param alone the outcomes that follow no continuation, by key: the original's, the direct
///   answer, and the early answers
/// @param byCut the continuations by tokens kept, in order of their index
/// @param probs of the choices, all replies of one role and cut together under the first key
/// @param forced those that were forced, by the key of their reply
record CotRows(
    Sample original,
    Map<Key, Outcome> alone,
    Map<Integer, List<Resample>> byCut,
    Map<Key, ChoiceProbs> probs,
    Map<Key, ChoiceProbs> forced) {
  private CotRows(Sample original) {
    this(original, new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
  }

  /// Reads all rows of a problem; absent while the original is not sampled.
  static Optional<CotRows> of(Problem problem, List<Sample> samples, Scorer scorer) {
    Map<Key, List<Sample>> scripts = new HashMap<>();
    for (Sample sample : samples.stream().filter(row -> row.key().arm().ofCuts()).toList()) {
      scripts.computeIfAbsent(sample.key(), key -> new ArrayList<>(2)).add(sample);
    }
    scripts.values().forEach(rows -> rows.sort(Comparator.comparing(Sample::turn)));
    return Optional.ofNullable(scripts.get(Key.original(problem.id())))
        .map(original -> of(problem, scripts, original.getFirst(), scorer));
  }

  private static CotRows of(
      Problem problem, Map<Key, List<Sample>> scripts, Sample original, Scorer scorer) {
    CotRows rows = new CotRows(original);
    boolean probs =
        scripts.values().stream()
            .anyMatch(turns -> ChoiceProbs.of(turns.getLast().probs().written()).read() > 0);
    scripts.forEach(
        (key, turns) -> {
          Outcome outcome = scorer.of(problem, Said.of(turns, original));
          Sample last = turns.getLast();
          if (key.is(Arm.RESAMPLE)) {
            Optional<Sample> reply =
                Optional.of(last).filter(row -> row.turn() == Sample.Turn.ANSWER);
            rows.at(key.kept()).add(new Resample(turns.getFirst(), reply, outcome));
          } else {
            rows.alone.put(key, outcome);
          }
          if (probs) {
            ChoiceProbs read = ChoiceProbs.of(last.probs().written());
            rows.weigh(problem, new Same(key, outcome, 1), read);
          }
          rows.forced.put(key, ChoiceProbs.of(last.probs().forced()));
        });
    rows.byCut
        .values()
        .forEach(list -> list.sort(Comparator.comparing(resample -> resample.response().key())));
    return rows;
  }

  /// Equal outcomes, and the first of their keys.
  private record Same(Key key, Outcome outcome, int count) {}

  /// Takes the probabilities of replies that say a choice and hold it for the likeliest. Any other
  /// reply is what it says, with certainty.
  private void weigh(Problem problem, Same said, ChoiceProbs read) {
    if (problem.choices().isEmpty()) {
      return;
    }
    OptionalInt choice = said.outcome().among(problem);
    boolean likeliest = choice.isPresent() && read.likeliest().equals(choice);
    ChoiceProbs trusted = likeliest ? read : ChoiceProbs.NONE;
    long rest = said.count() - trusted.read();
    Key place = new Key(problem.id(), said.key().arm(), said.key().kept(), 0);
    probs.merge(place, trusted, ChoiceProbs::plus);
    probs.merge(
        place, ChoiceProbs.certain(problem.choices().size(), choice, rest), ChoiceProbs::plus);
  }

  /// The probabilities of the choices at a place; [ChoiceProbs#NONE] where there is no reply.
  ChoiceProbs probs(Key first) {
    return probs.getOrDefault(first, ChoiceProbs.NONE);
  }

  /// What a reply would say at once; [ChoiceProbs#NONE] where that was not read.
  ChoiceProbs forced(Key key) {
    return forced.getOrDefault(key, ChoiceProbs.NONE);
  }

  private List<Resample> at(int kept) {
    return byCut.computeIfAbsent(kept, cut -> new ArrayList<>());
  }

  /// Reads replies, each different text of a problem once. Of every sample there is as much as a
  /// reply tells: of the original how many tokens it has, all of them 0.
  static Optional<CotRows> of(Problem problem, Replies replies, Scorer scorer) {
    return replies.original().map(original -> of(problem, replies, original, scorer));
  }

  private static CotRows of(
      Problem problem, Replies replies, Replies.Original original, Scorer scorer) {
    Sample cut = untold(Key.original(problem.id()), original.finish(), original.tokens());
    CotRows rows = new CotRows(cut);
    rows.forced.putAll(replies.forced());
    Sample untold = untold(Key.resample(problem.id(), 0, 0), FinishReason.STOP, 0);
    Map<Said, Resample> read = new HashMap<>();
    boolean probs = replies.replies().stream().anyMatch(reply -> reply.probs().read() > 0);
    for (Replies.Reply reply : replies.replies()) {
      Resample resample =
          read.computeIfAbsent(
              Said.reply(reply.finish(), reply.text()),
              said -> new Resample(untold, Optional.of(untold), scorer.of(problem, said)));
      Outcome outcome = resample.outcome();
      if (reply.first().is(Arm.RESAMPLE)) {
        rows.at(reply.first().kept()).addAll(Collections.nCopies(reply.count(), resample));
      } else {
        rows.alone.put(reply.first(), outcome);
      }
      if (probs) {
        rows.weigh(problem, new Same(reply.first(), outcome, reply.count()), reply.probs());
      }
    }
    return rows;
  }

  /// A response of which nothing but its length is told.
  static Sample untold(Key key, FinishReason finish, int tokens) {
    return new Sample(
        key,
        Sample.Turn.RESPONSE,
        Tokens.of(new int[tokens]),
        "",
        List.of(),
        finish,
        LogProbs.of(),
        0,
        "",
        1,
        Duration.ZERO);
  }
}
