package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// The answers of one problem's rows.
///
/// @param original the response that was cut
/// @param alone the answers that follow no continuation, by key: the original's, the direct one,
///   and the early answers
/// @param byCut the continuations by tokens kept, in order of their index
/// @param probs of the choices, all replies of one role and cut together under the first key
/// @param forced those that were forced, by the key of their reply
record CotRows(
    Sample original,
    Map<Key, Answer> alone,
    Map<Integer, List<Resample>> byCut,
    Map<Key, ChoiceProbs> probs,
    Map<Key, ChoiceProbs> forced) {
  private CotRows(Sample original) {
    this(original, new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
  }

  /// Reads all rows of a problem; absent while the original is not sampled.
  static Optional<CotRows> of(Problem problem, List<Sample> samples, Grader grader) {
    Map<Key, Map<Sample.Turn, Sample>> scripts = new HashMap<>();
    for (Sample sample : samples) {
      scripts.computeIfAbsent(sample.key(), key -> new HashMap<>()).put(sample.turn(), sample);
    }
    return Optional.ofNullable(scripts.get(Key.original(problem.id())))
        .map(original -> of(problem, scripts, turn(original, Sample.Turn.RESPONSE), grader));
  }

  private static CotRows of(
      Problem problem, Map<Key, Map<Sample.Turn, Sample>> scripts, Sample original, Grader grader) {
    CotRows rows = new CotRows(original);
    boolean probs =
        scripts.values().stream()
            .anyMatch(
                turns ->
                    ChoiceProbs.of(turn(turns, Sample.Turn.ANSWER).probs().written()).read() > 0);
    scripts.forEach(
        (key, turns) -> {
          Sample reply = turn(turns, Sample.Turn.ANSWER);
          // Without a response before it, a reply stands for itself.
          FinishReason finish =
              Optional.ofNullable(turns.get(Sample.Turn.RESPONSE))
                  .map(Sample::finish)
                  .orElse(FinishReason.STOP);
          Answer answer = grader.of(problem, finish, reply.text()).answer();
          if (key.is(Arm.RESAMPLE)) {
            Sample response = turn(turns, Sample.Turn.RESPONSE);
            rows.at(key.kept()).add(new Resample(response, reply, answer));
          } else {
            rows.alone.put(key, answer);
          }
          if (probs) {
            rows.weigh(problem, new Said(key, answer, 1), ChoiceProbs.of(reply.probs().written()));
          }
          rows.forced.put(key, ChoiceProbs.of(reply.probs().forced()));
        });
    rows.byCut
        .values()
        .forEach(list -> list.sort(Comparator.comparing(resample -> resample.response().key())));
    return rows;
  }

  private static Sample turn(Map<Sample.Turn, Sample> turns, Sample.Turn turn) {
    return Objects.requireNonNull(turns.get(turn), () -> "a script's " + turn + " is missing");
  }

  /// Equal replies, and the first of their keys.
  private record Said(Key key, Answer answer, int count) {}

  /// Takes the probabilities of replies that say a choice and hold it for the likeliest. Any other
  /// reply is what it says, with certainty.
  private void weigh(Problem problem, Said said, ChoiceProbs read) {
    if (problem.choices().isEmpty()) {
      return;
    }
    OptionalInt choice = said.answer().among(problem);
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
  static Optional<CotRows> of(Problem problem, Replies replies, Grader grader) {
    return replies.original().map(original -> of(problem, replies, original, grader));
  }

  private static CotRows of(
      Problem problem, Replies replies, Replies.Original original, Grader grader) {
    Sample cut = untold(Key.original(problem.id()), original);
    CotRows rows = new CotRows(cut);
    rows.forced.putAll(replies.forced());
    Sample untold =
        untold(Key.resample(problem.id(), 0, 0), new Replies.Original(FinishReason.STOP, 0));
    Map<String, Resample> stopped = new HashMap<>();
    Resample cutOff = new Resample(untold, untold, new Answer.CutOff());
    boolean probs = replies.replies().stream().anyMatch(reply -> reply.probs().read() > 0);
    for (Replies.Reply reply : replies.replies()) {
      Resample read =
          switch (reply.finish()) {
            case LENGTH -> cutOff;
            case STOP ->
                stopped.computeIfAbsent(
                    reply.text(),
                    text ->
                        new Resample(
                            untold, untold, grader.of(problem, FinishReason.STOP, text).answer()));
          };
      if (reply.first().is(Arm.RESAMPLE)) {
        rows.at(reply.first().kept()).addAll(Collections.nCopies(reply.count(), read));
      } else {
        rows.alone.put(reply.first(), read.answer());
      }
      if (probs) {
        rows.weigh(problem, new Said(reply.first(), read.answer(), reply.count()), reply.probs());
      }
    }
    return rows;
  }

  private static Sample untold(Key key, Replies.Original response) {
    return new Sample(
        key,
        Sample.Turn.RESPONSE,
        Tokens.of(new int[response.tokens()]),
        "",
        List.of(),
        response.finish(),
        LogProbs.of(),
        0,
        "",
        1,
        Duration.ZERO);
  }
}
