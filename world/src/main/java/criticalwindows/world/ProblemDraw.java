package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// The draws that a maker of problems needs, from a generator that was passed in.
///
/// @param random the only chance there is
record ProblemDraw(RandomGenerator random) {
  /// One of several, each as likely as the others; one given twice is twice as likely.
  @SafeVarargs
  final <T> T pick(T... items) {
    return items[random.nextInt(items.length)];
  }

  /// One of a list, each as likely as the others.
  <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /// A whole number, both ends included.
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /// True with probability `probabilities`.
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// The items in random order.
  <T> List<T> shuffled(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      T last = shuffled.get(i);
      int other = random.nextInt(i + 1);
      shuffled.set(i, shuffled.get(other));
      shuffled.set(other, last);
    }
    return shuffled;
  }

  /// Some different items in random order.
  <T> List<T> sample(List<T> items, int count) {
    return shuffled(items).subList(0, count);
  }

  /// One of several things, by their shares, which sum to 1.
  <T> T weighted(List<T> items, ToDoubleFunction<T> share) {
    return items.get(index(random, items, share));
  }

  /// The index of one of several options, by their probabilities.
  static int option(RandomGenerator random, List<Option> options) {
    return index(random, options, Option::probability);
  }

  private static <T> int index(RandomGenerator random, List<T> items, ToDoubleFunction<T> share) {
    double mass = random.nextDouble();
    int last = 0;
    for (int i = 0; i < items.size(); i++) {
      double part = share.applyAsDouble(items.get(i));
      if (part > 0) {
        last = i;
        mass -= part;
        if (mass < 0) {
          return i;
        }
      }
    }
    // Only rounding brings us here.
    return last;
  }
}
