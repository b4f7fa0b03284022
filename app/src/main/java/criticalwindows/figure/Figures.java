package criticalwindows.figure;

import java.util.ArrayList;
import java.util.List;

/// All figures of some runs, side by side.
public final class Figures {
  private Figures() {}

  /// The figures.
  ///
  /// @param studies at least one, none without problems
  public static List<Figure> of(List<Study> studies) {
    List<Figure> figures = new ArrayList<>();
    figures.add(CurveFigures.curves(studies));
    figures.add(CurveFigures.earlyAnswers(studies));
    figures.add(BarFigures.direct(studies));
    figures.add(BarFigures.windows(studies));
    figures.add(BarFigures.strata(studies));
    for (int i = 0; i < studies.size(); i++) {
      int number = i + 1;
      Study study = studies.get(i);
      study.depths().ifPresent(depths -> figures.add(DepthFigure.of(study, depths, number)));
      figures.add(ProblemFigure.of(study, number));
    }
    return figures;
  }
}
