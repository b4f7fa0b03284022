package criticalwindows.intervene;

import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.TwoProportions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What became of an edit. All continuations are sampled anew: none has helped to find the place.
///
/// @param original what the response itself came to
/// @param kept what continuations came to from after the stretch as it was
/// @param edited what they came to from after what stands there instead
/// @param wanted continuations of the edited response: as many as are asked for, or fewer where no
///   more draws differ
/// @param draws of the token, where it was drawn anew; else 0
public record EditFinding(
    Edit edit, Outcome original, List<Outcome> kept, List<Edited> edited, int wanted, int draws) {
  public EditFinding {
    kept = List.copyOf(kept);
    edited = List.copyOf(edited);
  }

  /// A continuation of the edited response.
  ///
  /// @param text that stands in the stretch's place; empty where the response ended there
  public record Edited(String text, Outcome outcome) {}

  /// What there is so far.
  ///
  /// @param samples all of the item after the run
  /// @param original what the response came to
  static EditFinding of(Edit edit, List<Sample> samples, Outcome original, Scorer scorer) {
    Map<Key, List<Sample>> rows = samples.stream().collect(Collectors.groupingBy(Sample::key));
    Reading reading = new Reading(edit, rows, scorer);
    return switch (edit.change()) {
      case Edit.Change.Replaced replaced ->
          new EditFinding(
              edit, original, reading.kept(), reading.replaced(replaced.text()), edit.samples(), 0);
      case Edit.Change.Redrawn redrawn ->
          new EditFinding(
              edit,
              original,
              reading.kept(),
              reading.redrawn(),
              reading.wanted(),
              reading.draws().size());
    };
  }

  /// Whether all is there that was asked for, or that could be had.
  public boolean complete() {
    return kept.size() == edit.samples() && edited.size() == wanted;
  }

  /// The share of continuations of an outcome, with the stretch as it was.
  public Proportion kept(Predicate<Outcome> which) {
    return new Proportion(kept.stream().filter(which).count(), kept.size());
  }

  /// The same of the edited response.
  public Proportion edited(Predicate<Outcome> which) {
    return new Proportion(
        edited.stream().map(Edited::outcome).filter(which).count(), edited.size());
  }

  /// Continuations that come to the original's outcome with the stretch as it was: the share less
  /// that of the edited response, in [−1, 1].
  ///
  /// @throws IllegalStateException if there are none of one kind
  public double difference() {
    return kept(original::same).estimate() - edited(original::same).estimate();
  }

  /// Its interval.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval difference(double level) {
    return TwoProportions.difference(kept(original::same), edited(original::same), level);
  }

  /// Whether there are continuations of both kinds.
  public boolean known() {
    return !kept.isEmpty() && !edited.isEmpty();
  }

  /// Reads the rows of one item.
  private record Reading(Edit edit, Map<Key, List<Sample>> rows, Scorer scorer) {
    List<Outcome> kept() {
      String before = edit.original().beginning(edit.to());
      return outcomes(edit.samples(), i -> outcome(edit.kept(i), before));
    }

    List<Edited> replaced(String text) {
      String before = edit.original().beginning(edit.from()) + text;
      return outcomes(edit.samples(), i -> outcome(edit.replaced(i), before)).stream()
          .map(outcome -> new Edited(text, outcome))
          .toList();
    }

    /// Of the first draws that differ, as many as are asked for.
    List<Edited> redrawn() {
      List<Sample> draws = draws();
      List<Edited> edited = new ArrayList<>();
      IntStream.range(0, draws.size())
          .filter(i -> edit.differs(draws.get(i)))
          .limit(edit.samples())
          .forEach(
              i ->
                  redrawn(i, draws.get(i))
                      .map(outcome -> new Edited(draws.get(i).text(), outcome))
                      .ifPresent(edited::add));
      return edited;
    }

    /// How many are wanted, by the draws that there are.
    int wanted() {
      List<Sample> draws = draws();
      long others = draws.stream().filter(edit::differs).count();
      return draws.size() < edit.tries() ? edit.samples() : (int) Math.min(edit.samples(), others);
    }

    private Optional<Outcome> redrawn(int index, Sample draw) {
      String before = edit.original().beginning(edit.from()) + draw.text();
      Optional<Outcome> outcome = outcome(edit.redrawn(index), before);
      return outcome.isPresent() || !draw.tokens().isEmpty() || asked()
          ? outcome
          : Optional.of(scorer.of(edit.problem(), Said.response(draw.finish(), before)));
    }

    /// Whether anybody is asked for an answer: then a response that ended at once has one too.
    private boolean asked() {
      return rows.values().stream()
          .flatMap(List::stream)
          .anyMatch(row -> row.turn() == Sample.Turn.ANSWER);
    }

    /// The draws of a token, in order, up to the first that is missing.
    List<Sample> draws() {
      List<Sample> draws = new ArrayList<>();
      for (List<Sample> row = rows.get(edit.drawn(0)); row != null; ) {
        draws.add(row.getFirst());
        row = rows.get(edit.drawn(draws.size()));
      }
      return draws;
    }

    private static List<Outcome> outcomes(int samples, IntFunction<Optional<Outcome>> of) {
      return IntStream.range(0, samples).mapToObj(of).flatMap(Optional::stream).toList();
    }

    private Optional<Outcome> outcome(Key key, String before) {
      return Optional.ofNullable(rows.get(key))
          .map(found -> scorer.of(edit.problem(), Said.of(found, before)));
    }
  }
}
