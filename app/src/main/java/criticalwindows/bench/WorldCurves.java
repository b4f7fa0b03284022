package criticalwindows.bench;

import criticalwindows.error.UserError;
import criticalwindows.world.ExactCurve;
import criticalwindows.world.Question;
import criticalwindows.world.Worlds;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Exact curves to search on, as many as anybody likes: a program of the world writes a text, and
/// P(the text's answer | its first characters) is known. No search was ever set on them.
final class WorldCurves {
  private static final double SAME = 1e-9;

  private WorldCurves() {}

  /// The curves of one text for each problem, in characters. A curve is given at both ends and on
  /// both sides of every step.
  ///
  /// @param dataset the world or a part of it, such as `world:method`
  /// @param problems how many
  /// @param seed of the problems and of their texts
  /// @param lines which of them, counted from 1
  /// @throws UserError if there is no such part, or no curve on these lines
  static List<GivenCurve> draw(String dataset, int problems, long seed, GivenCurves.Lines lines) {
    List<Question> questions = Worlds.read(dataset, problems, seed).questions();
    List<GivenCurve> curves =
        IntStream.rangeClosed(1, questions.size())
            .filter(lines::holds)
            .mapToObj(
                line -> curve(questions.get(line - 1), line, new SplittableRandom(seed + line)))
            .toList();
    if (curves.isEmpty()) {
      throw new UserError(
          "no line of " + problems + " is " + lines.name().toLowerCase(Locale.ROOT),
          "ask for more with --problems, or for all --lines");
    }
    return curves;
  }

  private static GivenCurve curve(Question question, int line, SplittableRandom random) {
    WrittenReply reply = WrittenReply.sample(question, random);
    int length = reply.text().length();
    List<Integer> all = IntStream.rangeClosed(0, length).boxed().toList();
    double[] exact =
        ExactCurve.of(question, reply.text(), reply.answer(), all).points().stream()
            // Sums in another order can exceed 1 by their last bits.
            .mapToDouble(point -> StrictMath.min(1, point.probability()))
            .toArray();
    List<Integer> told = new ArrayList<>();
    for (int kept : all) {
      if (kept == 0 || kept == length || steps(exact, kept) || steps(exact, kept + 1)) {
        told.add(kept);
      }
    }
    int[] kept = told.stream().mapToInt(Integer::intValue).toArray();
    return new GivenCurve(
        "world/" + line,
        line,
        length,
        kept,
        told.stream().mapToDouble(position -> exact[position]).toArray(),
        told.stream().mapToDouble(position -> length - position).toArray());
  }

  /// Whether this character moves the probability.
  private static boolean steps(double[] exact, int kept) {
    return StrictMath.abs(exact[kept] - exact[kept - 1]) > SAME;
  }
}
