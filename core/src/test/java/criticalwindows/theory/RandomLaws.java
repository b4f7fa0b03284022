package criticalwindows.theory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Random trees of texts: every node has one to three children of random probabilities, branches
/// end at any depth, and every leaf has a random meaning.
final class RandomLaws {
  private RandomLaws() {}

  static FiniteLaw of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int meanings = 2 + random.nextInt(3);
    List<FiniteLaw.Text> texts = new ArrayList<>();
    int deepest = 2 + random.nextInt(4);
    do {
      texts.clear();
      grow(random, new Branch(List.of(), 1, deepest, meanings), texts);
    } while (texts.stream().map(FiniteLaw.Text::meaning).distinct().count() < 2);
    return new FiniteLaw(texts);
  }

  private record Branch(List<Integer> written, double probability, int deepest, int meanings) {
    Branch next(int token, double probs) {
      List<Integer> more = new ArrayList<>(written);
      more.add(token);
      return new Branch(more, probability * probs, deepest, meanings);
    }
  }

  private static void grow(RandomGenerator random, Branch at, List<FiniteLaw.Text> texts) {
    int depth = at.written.size();
    if (depth == at.deepest || (depth > 0 && random.nextDouble() < .1)) {
      String meaning = "m" + random.nextInt(at.meanings);
      texts.add(new FiniteLaw.Text(at.written, at.probability, meaning));
      return;
    }
    int children = 1 + random.nextInt(3);
    double[] probs = random.doubles(children).map(u -> Math.pow(u, 3) + 1e-4).toArray();
    double sum = java.util.Arrays.stream(probs).sum();
    for (int i = 0; i < children; i++) {
      grow(random, at.next(i, probs[i] / sum), texts);
    }
  }

  /// All sets of some of them, but for the empty one.
  static List<Set<String>> subsets(Set<String> of) {
    List<String> names = List.copyOf(of);
    List<Set<String>> subsets = new ArrayList<>();
    for (int bits = 1; bits < 1 << names.size(); bits++) {
      Set<String> subset = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if ((bits >> i & 1) == 1) {
          subset.add(names.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }
}
