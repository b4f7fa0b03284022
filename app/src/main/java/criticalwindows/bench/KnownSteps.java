package criticalwindows.bench;

import criticalwindows.localise.Credible;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;

/// How often a search finds a step whose place is known exactly.
///
/// @param trials one for each response with an exact curve
record KnownSteps(List<Trial> trials) {
  KnownSteps {
    trials = List.copyOf(trials);
  }

  /// One response.
  ///
  /// @param rise of the exact curve at its decisive step, the largest, in [0, 1]; 0 where it is
  ///   certain from the beginning
  /// @param at the middle of that step, in tokens kept
  /// @param claimed whether a window is claimed
  /// @param place of the window that rises most, given that there is one
  /// @param rollouts of the search
  record Trial(double rise, double at, boolean claimed, Credible place, long rollouts) {
    /// Whether the interval of the place holds the step.
    boolean held() {
      return place.interval().holds(at);
    }
  }

  /// Steps of about the same rise.
  ///
  /// @param from least rise
  /// @param to a greater rise than any
  /// @param claimed responses of them with a window
  /// @param held claims whose interval holds the step
  /// @param stated the mean of the probabilities that these intervals gave themselves
  /// @param rollouts mean over responses
  record Row(
      double from,
      double to,
      Proportion claimed,
      Proportion held,
      double stated,
      double rollouts) {}

  /// A row for each range of rises: none to speak of, too small for the model's windows, and three
  /// that it should find.
  List<Row> rows() {
    double[] bounds = {0, .05, .2, .35, .5, 1.01};
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < bounds.length; i++) {
      rows.add(row(bounds[i - 1], bounds[i]));
    }
    return rows;
  }

  /// All steps with a rise from one number to below another.
  Row row(double from, double to) {
    List<Trial> these =
        trials.stream().filter(trial -> trial.rise() >= from && trial.rise() < to).toList();
    List<Trial> claims = these.stream().filter(Trial::claimed).toList();
    return new Row(
        from,
        to,
        new Proportion(claims.size(), these.size()),
        new Proportion(claims.stream().filter(Trial::held).count(), claims.size()),
        claims.stream().mapToDouble(trial -> trial.place().probability()).average().orElse(0),
        these.stream().mapToLong(Trial::rollouts).average().orElse(0));
  }
}
