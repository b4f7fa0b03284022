package criticalwindows.cot;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import criticalwindows.view.Blur;

/// Findings whose texts cannot be read: what was asked, what was written, and what was likeliest at
/// each token. Counts, classes, places and ids stand.
public final class Blurred {
  private Blurred() {}

  /// A finding. What it came to was read before.
  public static CotFinding of(CotFinding finding) {
    return new CotFinding(
        of(finding.problem()),
        of(finding.original()),
        finding.gold(),
        finding.outcome(),
        finding.fixed(),
        finding.direct(),
        finding.levels().stream().map(Blurred::of).toList(),
        finding.window());
  }

  private static CotLevel of(CotLevel level) {
    return level.with(
        level.resamples().stream()
            .map(
                each ->
                    new Resample(
                        of(each.response()), each.reply().map(Blurred::of), each.outcome()))
            .toList());
  }

  /// What was asked.
  public static Problem of(Problem problem) {
    return new Problem(
        problem.id(),
        problem.dataset(),
        problem.task(),
        Blur.text(problem.question()),
        problem.choices().stream()
            .map(choice -> new Choice(choice.label(), Blur.text(choice.text())))
            .toList(),
        problem.answer(),
        problem.given());
  }

  /// What was written.
  public static Sample of(Sample sample) {
    return new Sample(
        sample.key(),
        sample.turn(),
        sample.tokens(),
        Blur.text(sample.text()),
        sample.ends(),
        sample.finish(),
        sample.logProbs(),
        sample.probs(),
        sample.predictions().stream()
            .map(each -> new Predicted(each.prediction(), Blur.text(each.text())))
            .toList(),
        sample.seed(),
        sample.engine(),
        sample.wave(),
        sample.elapsed());
  }
}
