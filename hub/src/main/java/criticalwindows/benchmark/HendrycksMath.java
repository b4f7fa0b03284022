package criticalwindows.benchmark;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Problem;
import criticalwindows.download.HubFile;
import java.util.List;
import java.util.stream.Stream;

/// MATH: problems of competitions, whose answers are expressions.
///
/// *Source:* Hendrycks et al., arXiv 2103.03874.
final class HendrycksMath implements Layout {
  private static final String NAME = "math";
  private static final String REPOSITORY = "EleutherAI/hendrycks_math";
  private static final List<String> TYPES =
      List.of(
          "algebra",
          "counting_and_probability",
          "geometry",
          "intermediate_algebra",
          "number_theory",
          "prealgebra",
          "precalculus");

  static Benchmark benchmark() {
    Stream<HubFile> tests =
        TYPES.stream()
            .map(type -> type + "/test-00000-of-00001.parquet")
            .map(path -> new HubFile(REPOSITORY, HubFile.MAIN, path));
    Card card =
        new Card(NAME, "problems of mathematics contests", "5,000", REPOSITORY + ", test", "MIT");
    return new Benchmark(card, tests.toList(), "test", new HendrycksMath());
  }

  /// The same in both layouts: `problem` and `solution`; the answer is in the boxes of the
  /// solution, or in a field `answer`, where there is one.
  @Override
  public Problem read(Row row) throws NotAProblem {
    if (!(row instanceof Row.Fields fields)) {
      throw new NotAProblem("is no object with problem and solution");
    }
    String answer =
        fields.has("answer") ? fields.text("answer") : Boxed.answer(fields.text("solution"));
    return Problem.of(NAME, "math", fields.text("problem"), List.of(), answer);
  }
}
