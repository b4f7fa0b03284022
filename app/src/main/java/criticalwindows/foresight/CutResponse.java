package criticalwindows.foresight;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A response of the model's, cut at some places.
///
/// @param prefixes by their length, strictly growing; the last one is the whole response
record CutResponse(ChoiceProblem problem, List<Prefix> prefixes) {
  CutResponse {
    prefixes = List.copyOf(prefixes);
  }

  /// Where a response is cut.
  @FunctionalInterface
  interface Cuts {
    /// @param length of the response in tokens, at least 1
    /// @return tokens kept, strictly growing, the last being all of them
    List<Integer> of(int length, RandomGenerator random);

    /// Before the response, every so many tokens, and at its end. No place depends on how the
    /// response goes on, so what is right at each of them is a martingale along them.
    static Cuts every(int tokens) {
      return (length, random) -> {
        List<Integer> kept = new ArrayList<>();
        for (int at = 0; at < length; at += tokens) {
          kept.add(at);
        }
        kept.add(length);
        return kept;
      };
    }

    /// Before the response, at a random place of each of so many parts of it, and at its end.
    static Cuts inParts(int parts) {
      return (length, random) -> {
        List<Integer> kept = new ArrayList<>();
        kept.add(0);
        for (int part = 0; part < parts; part++) {
          int from = Math.max(kept.getLast() + 1, part * length / parts);
          int to = (part + 1) * length / parts;
          if (from < to) {
            kept.add(random.nextInt(from, to));
          }
        }
        kept.add(length);
        return kept;
      };
    }
  }

  /// All of them but the whole response.
  List<Prefix> cut() {
    return prefixes.subList(0, prefixes.size() - 1);
  }
}
