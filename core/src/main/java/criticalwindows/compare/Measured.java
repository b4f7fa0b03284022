package criticalwindows.compare;

import criticalwindows.cot.CotFinding;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Verdict;
import criticalwindows.stats.Proportion;
import criticalwindows.window.WindowStudy;
import java.util.List;
import java.util.Optional;

/// What one run says of one item, as far as it can be compared.
///
/// @param item its id
/// @param question that it is about: items about the same one are not independent
/// @param answer the right one, as it was recorded; empty where there is none
/// @param right whether the original is right; absent where nothing right is known
/// @param readable whether the original has an outcome to be consistent with
/// @param fromStart right continuations of those with nothing kept
/// @param curve of consistency; of no points where the original cannot be read
/// @param claimed whether its window is; absent where the window model says nothing
/// @param window where it is claimed
public record Measured(
    String item,
    String question,
    String answer,
    Optional<Boolean> right,
    boolean readable,
    Proportion fromStart,
    FractionCurve curve,
    Optional<Boolean> claimed,
    Optional<Place> window,
    Response response) {
  /// Where a window lies, and how high it is.
  ///
  /// @param tokens kept, in [0, length]
  /// @param fraction of the response, in [0, 1]
  /// @param rise of the curve, in [−1, 1]
  public record Place(double tokens, double fraction, double rise) {}

  static Measured of(CotFinding finding, WindowStudy windows) {
    Optional<Verdict> verdict = windows.verdict(finding);
    boolean claimed = verdict.equals(Optional.of(Verdict.CLAIMED));
    return new Measured(
        finding.problem().id(),
        finding.problem().text(),
        finding.problem().answer().orElse(""),
        finding.right(finding.outcome()),
        finding.readable(),
        finding.levels().stream()
            .filter(level -> level.cut().kept() == 0)
            .map(level -> level.right())
            .findFirst()
            .orElse(Proportion.NONE),
        finding.readable() ? FractionCurve.of(finding) : new FractionCurve(List.of()),
        verdict.map(said -> claimed),
        windows
            .of(finding)
            .filter(known -> claimed)
            .map(known -> place(known.window(), finding.length())),
        Response.of(finding.original()));
  }

  private static Place place(Episode window, int length) {
    double tokens = Math.clamp(window.place().mean(), 0, length);
    return new Place(tokens, tokens / length, window.rise().mean());
  }
}
