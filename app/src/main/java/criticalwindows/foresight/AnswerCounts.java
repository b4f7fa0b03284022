package criticalwindows.foresight;

import java.util.List;

/// How often continuations of a prefix came to each option of a problem.
///
/// @param of the options, in their order, at least two; each at least 0. Exact probabilities times
///   a number of continuations are counts too, and then not whole
record AnswerCounts(List<Double> of) {
  AnswerCounts {
    of = List.copyOf(of);
    if (of.size() < 2 || of.stream().anyMatch(count -> !(count >= 0))) {
      throw new IllegalArgumentException("counts of " + of);
    }
  }

  /// Continuations that came to any option.
  double total() {
    return of.stream().mapToDouble(count -> count).sum();
  }

  int options() {
    return of.size();
  }

  double of(int option) {
    return of.get(option);
  }

  /// As many as came out in all, parted as these probabilities say.
  AnswerCounts expected(Forecast exact) {
    double total = total();
    return new AnswerCounts(exact.probabilities().stream().map(p -> p * total).toList());
  }

  /// Their shares, with one more continuation that is parted evenly.
  Forecast smoothed() {
    return Forecast.of(of.stream().mapToDouble(count -> count + 1.0 / options()).toArray());
  }
}
