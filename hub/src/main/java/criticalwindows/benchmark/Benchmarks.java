package criticalwindows.benchmark;

import java.util.List;
import java.util.Optional;

/// The benchmarks by name. To add another, write a class like [Gsm8k] with its card, and name it
/// here.
public final class Benchmarks {
  private static final List<Benchmark> ALL =
      List.of(
          LogiQa.benchmark(),
          TruthfulQa.benchmark(),
          HendrycksMath.benchmark(),
          Arc.challenge(),
          Arc.easy(),
          Mmlu.benchmark(),
          AquaRat.benchmark(),
          Gsm8k.benchmark());

  private Benchmarks() {}

  /// All there are.
  public static List<Benchmark> all() {
    return ALL;
  }

  /// The one of a name.
  public static Optional<Benchmark> named(String name) {
    return ALL.stream().filter(benchmark -> benchmark.card().name().equals(name)).findFirst();
  }
}
