package criticalwindows.bench;

import criticalwindows.ratio.Foretold;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.Score;
import criticalwindows.stats.Beta;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Roc;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.List;

/// What scores of two models tell, as text.
final class RatioTables {
  private static final double LEVEL = .95;

  private static final List<Column<RatioStudy.Told>> APART =
      List.of(
          new Column<>("family", "of the attacks", RatioStudy.Told::family),
          new Column<>("score", "high is suspicious", told -> told.score().name()),
          new Column<>("texts", "of the family", told -> Numbers.count(told.texts())),
          new Column<>(
              "area",
              "of the ROC curve, with its 95 % interval",
              told -> Numbers.share(told.area()) + " " + Numbers.interval(told.interval())),
          new Column<>(
              "1 %",
              "of them flagged where 1 % of the benign are, with the exact binomial interval at"
                  + " that threshold",
              told -> caught(.01, told.one())),
          new Column<>(
              "whole at 1 %",
              "95 % interval with the threshold's own uncertainty",
              told -> Numbers.interval(told.one().whole())),
          new Column<>("5 %", "the same at 5 %", told -> caught(.05, told.five())),
          new Column<>("whole at 5 %", "the same", told -> Numbers.interval(told.five().whole())));

  private static final List<Column<Foretold>> FORETOLD =
      List.of(
          new Column<>(
              "score",
              "put to a probability by a logistic function fitted on other requests",
              told -> told.score().map(Score::name).orElse("(base rate)")),
          new Column<>(
              "Brier",
              "against the exact probability, what chance does included",
              told -> Numbers.fine(told.exact().orElseThrow().brier())),
          new Column<>(
              "beyond",
              "the part that a perfect forecast would not have: mean (said − exact)²",
              told -> Numbers.fine(told.exact().orElseThrow().beyond().orElseThrow())),
          new Column<>(
              "log",
              "log score in nats, against the exact probability",
              told -> Numbers.fine(told.exact().orElseThrow().log())),
          new Column<>(
              "Brier, seen",
              "against what became of each reply",
              told -> Numbers.fine(told.counted().brier())),
          new Column<>("places", "so many", told -> Numbers.count(told.counted().items())));

  private RatioTables() {}

  /// Nothing where so low a share is less than one of the benign texts.
  private static String caught(double share, Roc.Caught caught) {
    if (share * caught.raised().trials() < 1) {
      return "–";
    }
    Proportion found = caught.found();
    return Numbers.share(found.estimate()) + " " + Numbers.interval(Beta.exact(found, LEVEL));
  }

  /// How well each score tells each family from benign texts.
  static List<String> apart(RatioStudy study) {
    return new View<>(APART, study.told()).lines();
  }

  /// How well each score foretells P(complied).
  static List<String> foretold(List<Foretold> all) {
    return new View<>(FORETOLD, all).lines();
  }
}
