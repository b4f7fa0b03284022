package criticalwindows.figure;

import criticalwindows.cot.MeanShare;
import criticalwindows.drawing.Ink;
import criticalwindows.probe.AlongText;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// What probes forecast along the responses of a run, on the axis of the measured curves, with
/// entropy and likelihood ratio of each token where they are known.
public final class ProbeFigure {
  private static final int MOST = 12;
  private static final int ACROSS = 3;

  /// Names side by side in the legend.
  private static final int LEGEND = 2;

  private static final String CURVE = "continuations";
  private static final String ENTROPY = "entropy";
  private static final String RATIO = "ratio";
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.PROBLEM,
          FigureColumn.SERIES,
          FigureColumn.X,
          FigureColumn.VALUE,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private final Study study;
  private final List<String> names = new ArrayList<>(List.of(CURVE));
  private final List<List<String>> rows = new ArrayList<>();

  private ProbeFigure(Study study, Collection<AlongText> along) {
    this.study = study;
    names.addAll(AlongText.names(along.stream()));
    if (along.stream().anyMatch(text -> !text.entropy().isEmpty())) {
      names.add(ENTROPY);
    }
    if (along.stream().anyMatch(text -> !text.ratio().isEmpty())) {
      names.add(RATIO);
    }
  }

  /// The figure.
  ///
  /// @param along by problem, of at least one of the study's
  /// @param number of the run, from 1, for the name of its files
  public static Figure of(Study study, Map<String, AlongText> along, int number) {
    List<Study.Traced> all =
        study.problems().stream().filter(problem -> along.containsKey(problem.id())).toList();
    Sheet.Head head =
        new Sheet.Head(
            "Probes along responses: " + Sheet.brief(study.label(), 60),
            "Blue, on Wilson's 95 % band: "
                + study.share("continuations with the original's answer")
                + ". Dashed: what probes forecast, then entropy as a share of its largest value and"
                + " the likelihood ratio put to [0, 1], 0.5 where it is 0. The CSV has them in"
                + " nats, by tokens kept.");
    int panels = Math.min(MOST, all.size());
    int across = Math.clamp(panels, 1, ACROSS);
    Sheet sheet = Sheet.of(head, across, Math.max(1, Math.ceilDiv(panels, across)), 250);
    ProbeFigure figure = new ProbeFigure(study, along.values());
    for (int i = 0; i < all.size(); i++) {
      AlongText text = along.getOrDefault(all.get(i).id(), along.values().iterator().next());
      if (i < panels) {
        Panel panel = sheet.panel(i);
        panel.frame(Sheet.brief(all.get(i).id(), 24));
        panel.fractions("fraction of the response kept");
        figure.draw(panel, all.get(i), text);
        if (i == 0) {
          List<String> brief = figure.names.stream().map(name -> Sheet.brief(name, 20)).toList();
          sheet.legend(panel, brief, LEGEND);
        }
      }
      figure.tell(all.get(i), text);
    }
    return new Figure("probes-" + number, sheet.drawing(), COLUMNS, figure.rows);
  }

  /// The last place at which anything is known of a text.
  private static double length(AlongText text) {
    int probed = text.probes().stream().mapToInt(p -> p.kept().getLast()).max().orElse(1);
    return Math.max(1, Math.max(probed, Math.max(text.entropy().size(), text.ratio().size())));
  }

  private void draw(Panel panel, Study.Traced problem, AlongText text) {
    panel.curve(measured(problem), Ink.of(0));
    double length = length(text);
    for (ProbeCurve curve : text.probes()) {
      List<Panel.Value> values = new ArrayList<>();
      for (int i = 0; i < curve.kept().size(); i++) {
        values.add(value(curve.kept().get(i) / length, curve.probability().get(i)));
      }
      panel.dashes(values, Ink.of(names.indexOf(curve.probe())));
    }
    double most = largest(text.entropy());
    tokens(panel, text.entropy(), x -> x / most, ENTROPY);
    double far = largest(text.ratio());
    tokens(panel, text.ratio(), x -> .5 + x / (2 * far), RATIO);
  }

  private void tokens(Panel panel, List<Double> each, DoubleUnaryOperator scaled, String name) {
    List<Panel.Value> values = new ArrayList<>();
    for (int token = 0; token < each.size(); token++) {
      double place = (token + .5) / each.size();
      values.add(value(place, scaled.applyAsDouble(each.get(token))));
    }
    panel.dashes(values, Ink.of(Math.max(0, names.indexOf(name))));
  }

  private static double largest(List<Double> values) {
    return Math.max(1e-9, values.stream().mapToDouble(Math::abs).max().orElse(1));
  }

  private static Panel.Value value(double x, double y) {
    return new Panel.Value(Math.clamp(x, 0, 1), Math.clamp(y, 0, 1), new Interval(y, y));
  }

  private static List<Panel.Value> measured(Study.Traced problem) {
    return problem.levels().stream()
        .filter(level -> level.consistent().known())
        .map(
            level ->
                new Panel.Value(
                    level.fraction(),
                    level.consistent().estimate(),
                    level.consistent().wilson(MeanShare.LEVEL)))
        .toList();
  }

  private void tell(Study.Traced problem, AlongText text) {
    double length = length(text);
    for (Panel.Value value : measured(problem)) {
      row(problem, CURVE, new Panel.Value(value.x() * length, value.y(), value.interval()));
    }
    for (ProbeCurve curve : text.probes()) {
      for (int i = 0; i < curve.kept().size(); i++) {
        double p = curve.probability().get(i);
        row(problem, curve.probe(), exactly(curve.kept().get(i), p));
      }
    }
    for (int token = 0; token < text.entropy().size(); token++) {
      row(problem, ENTROPY, exactly(token, text.entropy().get(token)));
    }
    for (int token = 0; token < text.ratio().size(); token++) {
      row(problem, RATIO, exactly(token, text.ratio().get(token)));
    }
  }

  private static Panel.Value exactly(double kept, double value) {
    return new Panel.Value(kept, value, new Interval(value, value));
  }

  private void row(Study.Traced problem, String series, Panel.Value value) {
    rows.add(
        List.of(
            study.dataset(),
            study.label(),
            problem.id(),
            series,
            Sheet.number(value.x()),
            Sheet.number(value.y()),
            Sheet.number(value.interval().low()),
            Sheet.number(value.interval().high())));
  }
}
