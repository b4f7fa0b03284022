package criticalwindows.explain;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Resample;
import criticalwindows.window.WindowFinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What there is to say about one problem's window.
///
/// @param window what the window model says
/// @param text the tokens of the window
/// @param before the last cut with continuations that is not after the window's first token
/// @param after the first that is not before its last one
public record Explanation(
    CotFinding finding,
    WindowFinding window,
    WindowText text,
    Optional<CotLevel> before,
    Optional<CotLevel> after) {
  /// So many continuations bear a contradiction.
  private static final int FEWEST = 2;

  /// The explanation of a problem's window.
  ///
  /// @param finding with its original and continuations as they were sampled
  /// @return absent where the window model has nothing to say, or a window is unlikely
  public static Optional<Explanation> of(CotFinding finding) {
    return WindowFinding.of(finding)
        .filter(window -> window.verdict().shown())
        .flatMap(window -> of(finding, window));
  }

  /// The explanation of this window of a problem.
  ///
  /// @return absent where the ledger does not tell which text each token brings
  public static Optional<Explanation> of(CotFinding finding, WindowFinding window) {
    return WindowText.of(finding, window).map(text -> of(finding, window, text));
  }

  private static Explanation of(CotFinding finding, WindowFinding window, WindowText text) {
    List<CotLevel> sampled =
        finding.levels().stream().filter(level -> !level.resamples().isEmpty()).toList();
    return new Explanation(
        finding,
        window,
        text,
        sampled.stream().filter(level -> level.cut().kept() <= text.from()).reduce((a, b) -> b),
        sampled.stream().filter(level -> level.cut().kept() >= text.to()).findFirst());
  }

  /// Continuations from just before the window that came to what changes there: to another answer
  /// where the curve rises, to the same where it falls. Those of which it is known what they wrote.
  public List<Parting> strays() {
    return changed()
        .filter(Resample::told)
        .map(resample -> Parting.of(resample, finding.original()))
        .toList();
  }

  /// Whether it is known what the continuations around the window wrote.
  public boolean told() {
    return Stream.concat(before.stream(), after.stream())
        .flatMap(level -> level.resamples().stream())
        .allMatch(Resample::told);
  }

  /// How many of these there are, whether what they wrote is known or not.
  public long strayed() {
    return changed().count();
  }

  private Stream<Resample> changed() {
    boolean rises = window.window().rise().mean() >= 0;
    return before.stream()
        .flatMap(level -> level.resamples().stream())
        .filter(resample -> resample.outcome().same(finding.followed()) != rises);
  }

  /// Whether its own continuations contradict the window: several that came to another answer from
  /// before it wrote the response's words up to it and within it, and none left them there.
  public boolean contradicted() {
    List<Parting> reached = strays().stream().filter(each -> each.at() >= text.from()).toList();
    return reached.size() >= FEWEST
        && reached.stream().noneMatch(parting -> text.holds(parting.at()));
  }

  /// Continuations from just after it, where what they wrote is known.
  public List<Parting> followers() {
    return after.stream()
        .flatMap(level -> level.resamples().stream())
        .filter(Resample::told)
        .map(resample -> Parting.of(resample, finding.original()))
        .toList();
  }

  /// The text of the response after a cut.
  ///
  /// @param kept tokens, at most the response's
  public String rest(int kept) {
    return finding.original().text().substring(start(kept));
  }

  private int start(int token) {
    return token == 0 ? 0 : finding.original().ends().get(token - 1);
  }

  /// The text of a token.
  ///
  /// @param token counted from 0
  public String token(int token) {
    return finding
        .original()
        .text()
        .substring(start(token), Math.max(start(token), start(token + 1)));
  }
}
