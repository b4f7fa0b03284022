package criticalwindows.report;

import criticalwindows.cot.MeanShare;
import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.drawing.Mark.Stroke;
import criticalwindows.drawing.Mark.Weight;
import criticalwindows.drawing.Svg;
import criticalwindows.form.Combination;
import criticalwindows.form.FormFinding;
import criticalwindows.form.ScoredForm;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// The staircase three ways over the tokens of the target's text, the generator's beside it, and
/// the window of each choice.
final class StaircaseFigure {
  private static final int WIDTH = 1120;
  private static final int HEIGHT = 430;
  private static final int LEFT = 46;
  private static final int RIGHT = WIDTH - 16;
  private static final int TOP = 16;
  private static final int BOTTOM = HEIGHT - 76;
  private static final Font TICK = new Font(12, Ink.SOFT, Weight.PLAIN);
  private static final Font WORD = new Font(13, Ink.TEXT, Weight.BOLD);

  private final FormView view;
  private final FormFinding finding;
  private final Combination target;
  private final int length;
  private final Drawing drawing = new Drawing(WIDTH, HEIGHT);

  private StaircaseFigure(FormView view, Combination target, int length) {
    this.view = view;
    this.finding = view.finding();
    this.target = target;
    this.length = Math.max(1, length);
  }

  /// @param length tokens of the target's text
  static String of(FormView view, Combination target, int length) {
    StaircaseFigure figure = new StaircaseFigure(view, target, length);
    figure.windows();
    figure.axes();
    view.finding().scored().ifPresent(figure::exact);
    figure.generator();
    figure.sampled();
    return Svg.element(figure.drawing, "P(the text becomes the target) by tokens kept, three ways");
  }

  private double x(double kept) {
    return LEFT + (RIGHT - LEFT) * kept / length;
  }

  private static double y(double share) {
    return BOTTOM - (BOTTOM - TOP) * share;
  }

  private void say(Point at, String text, Font font, Anchor anchor) {
    drawing.add(new Mark.Label(at, text, font, anchor));
  }

  private void axes() {
    for (int quarter = 0; quarter <= 4; quarter++) {
      double at = y(quarter / 4.0);
      drawing.add(Mark.Line.thin(new Point(LEFT, at), new Point(RIGHT, at)));
      say(new Point(LEFT - 8, at + 4), Numbers.share(quarter / 4.0), TICK, Anchor.END);
    }
    int stride = Math.max(1, (length + 11) / 12);
    for (int kept = 0; kept <= length; kept += stride) {
      say(new Point(x(kept), BOTTOM + 18), Integer.toString(kept), TICK, Anchor.MIDDLE);
    }
    say(new Point(RIGHT, HEIGHT - 4), "tokens kept of the target's text", TICK, Anchor.END);
  }

  /// A band from T_before to T_after where there is a window, else where the word stands.
  private void windows() {
    List<String> words = finding.prompt().words(target);
    double reached = 0;
    int line = 0;
    for (int i = 0; i < words.size(); i++) {
      int blank = i;
      double from = finding.before(i);
      double to = finding.behind(i);
      boolean window =
          view.times()
              .map(times -> times.choices().get(blank))
              .map(choice -> choice.before().map(kept -> kept < choice.after()).orElse(false))
              .orElse(false);
      if (window) {
        from = view.times().orElseThrow().choices().get(blank).before().orElseThrow();
        to = view.times().orElseThrow().choices().get(blank).after();
      }
      drawing.add(
          Mark.Area.box(
              new Point(x(from), TOP),
              new Point(x(to), BOTTOM),
              window ? Ink.WINDOW : Ink.GRID,
              window ? .55 : .7));
      String shown = TerminalText.line(words.get(i), 22);
      double middle = Math.clamp(x((from + to) / 2), LEFT + 4.0 * shown.length(), RIGHT - 30);
      // Where words would touch, they stand on two lines in turn.
      line = middle - 4.5 * shown.length() < reached ? 1 - line : 0;
      say(new Point(middle, BOTTOM + 38 + 16 * line), shown, WORD, Anchor.MIDDLE);
      reached = middle + 4.5 * shown.length();
    }
  }

  private void exact(ScoredForm scored) {
    List<Integer> all =
        IntStream.rangeClosed(0, scored.of(target).tokens().size()).boxed().toList();
    List<Point> band =
        new ArrayList<>(steps(all, kept -> scored.value(target, kept).bounds().low()));
    band.addAll(steps(all, kept -> scored.value(target, kept).bounds().high()).reversed());
    drawing.add(new Mark.Area(band, Ink.SAME, .13));
    drawing.add(
        new Mark.Line(
            steps(all, kept -> scored.value(target, kept).share()), Stroke.of(Ink.SAME, 2.2)));
  }

  /// A value holds from its token on to the next.
  private List<Point> steps(List<Integer> kept, ToDoubleFunction<Integer> value) {
    List<Point> points = new ArrayList<>();
    for (int at : kept) {
      if (!points.isEmpty()) {
        points.add(new Point(x(at), points.getLast().y()));
      }
      points.add(new Point(x(at), y(value.applyAsDouble(at))));
    }
    return points;
  }

  private void generator() {
    if (view.generator().isEmpty()) {
      return;
    }
    List<Integer> kept = finding.steps().stream().map(FormFinding.Step::kept).toList();
    List<Point> points = steps(kept, at -> view.generator().get(kept.indexOf(at)));
    drawing.add(new Mark.Line(points, Stroke.of(Ink.EXACT, 1.4).dashed(5)));
  }

  private void sampled() {
    for (FormFinding.Step step : finding.steps()) {
      double at = x(step.kept());
      whisker(at - 4, step.conditioned(), Ink.RIGHT)
          .ifPresent(point -> drawing.add(new Mark.Dot(point, 4, Ink.RIGHT)));
      whisker(at + 4, step.resampled(), Ink.EARLY)
          .ifPresent(
              point ->
                  drawing.add(
                      Mark.Area.box(
                          new Point(point.x() - 3.5, point.y() - 3.5),
                          new Point(point.x() + 3.5, point.y() + 3.5),
                          Ink.EARLY,
                          1)));
    }
  }

  /// @return where the share itself lies
  private Optional<Point> whisker(double x, Proportion share, Ink ink) {
    if (!share.known()) {
      return Optional.empty();
    }
    Interval interval = share.wilson(MeanShare.LEVEL);
    drawing.add(
        new Mark.Line(
            List.of(new Point(x, y(interval.low())), new Point(x, y(interval.high()))),
            Stroke.of(ink, 1.6).faint(.6)));
    return Optional.of(new Point(x, y(share.estimate())));
  }
}
