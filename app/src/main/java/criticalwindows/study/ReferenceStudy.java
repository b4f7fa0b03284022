package criticalwindows.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// `reference`: whether a model that was trained on texts of one class tells, by a likelihood
/// ratio, how likely that class is at each prefix of a text.
///
/// By Bayes' rule p(prefix | class) ÷ p(prefix) = P(class | prefix) ÷ P(class).
///
/// *Source:* the two references as in "Critical tokens matter", arXiv 2411.19943, which takes that
/// on the right answers less that on the wrong ones.
final class ReferenceStudy implements TrainingStudy {
  /// Of the texts that are measured on.
  static final long HELD_OUT_SEED = 4040;

  /// How much is computed.
  ///
  /// @param heldOut texts of each topic that are measured on
  /// @param measured of these, at how many continuations are sampled
  /// @param cuts of each of them
  /// @param rollouts at each cut
  /// @param drawn texts in a round
  /// @param rounds at least
  /// @param tokens that each reference learns from in an epoch
  record Numbers(
      int heldOut,
      int measured,
      int cuts,
      int rollouts,
      int drawn,
      int rounds,
      int tokens,
      int epochs,
      int batch,
      double rate,
      int rank) {}

  private static final Numbers SMALL = new Numbers(12, 3, 4, 4, 24, 1, 800, 1, 8, 2e-3, 4);
  private static final Numbers PUBLISHED =
      new Numbers(120, 40, 8, 16, 200, 3, 20_000, 2, 8, 1e-3, 16);

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String about() {
    return "does a model trained on one answer tell, by a likelihood ratio, how likely it is?";
  }

  private static Numbers numbers(Size size) {
    return size == Size.SMALL ? SMALL : PUBLISHED;
  }

  @Override
  public Design design(Size size) {
    Numbers numbers = numbers(size);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("held-out texts of each topic", Integer.toString(numbers.heldOut()));
    settings.put("of these with continuations", Integer.toString(numbers.measured()));
    settings.put("cuts", Integer.toString(numbers.cuts()));
    settings.put("continuations at each cut", Integer.toString(numbers.rollouts()));
    settings.put("tokens learnt in an epoch", Integer.toString(numbers.tokens()));
    settings.put("epochs", Integer.toString(numbers.epochs()));
    settings.put("batch", Integer.toString(numbers.batch()));
    settings.put("rate", Double.toString(numbers.rate()));
    settings.put("rank", Integer.toString(numbers.rank()));
    List<Long> seeds = LongStream.rangeClosed(1, size == Size.SMALL ? 2 : 6).boxed().toList();
    return new Design(seeds, Contrast.arms(), settings);
  }

  @Override
  public Repetition repeat(Lab lab, Size size, long seed) {
    return new References(lab, numbers(size), seed);
  }

  @Override
  public Report report(Size size, Results results) {
    return new ReferenceReport(results).report();
  }
}
