package criticalwindows.report;

import criticalwindows.cot.CotSummary;
import criticalwindows.form.Combination;
import criticalwindows.form.FormFinding;
import criticalwindows.form.ScoredForm;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.List;
import java.util.Locale;

/// The staircase three ways over the tokens of the target's text, the generator's beside it, and
/// the window of each choice.
final class StaircaseFigure {
  private static final int WIDTH = 1120;
  private static final int HEIGHT = 430;
  private static final int LEFT = 46;
  private static final int RIGHT = WIDTH - 16;
  private static final int TOP = 16;
  private static final int BOTTOM = HEIGHT - 76;

  private final FormView view;
  private final FormFinding finding;
  private final Combination target;
  private final int length;
  private final Drawing drawing;

  private StaircaseFigure(FormView view, Combination target, int length) {
    this.view = view;
    this.finding = view.finding();
    this.target = target;
    this.length = Math.max(1, length);
    this.drawing =
        new Drawing(WIDTH, HEIGHT, "P(the text becomes the target) by tokens kept, three ways");
  }

  /// @param length tokens of the target's text
  static String of(FormView view, Combination target, int length) {
    StaircaseFigure figure = new StaircaseFigure(view, target, length);
    figure.windows();
    figure.axes();
    view.finding().scored().ifPresent(figure::exact);
    figure.generator();
    figure.sampled();
    return figure.drawing.toString();
  }

  private double x(double kept) {
    return LEFT + (RIGHT - LEFT) * kept / length;
  }

  private static double y(double share) {
    return BOTTOM - (BOTTOM - TOP) * share;
  }

  private void axes() {
    for (int quarter = 0; quarter <= 4; quarter++) {
      double at = y(quarter / 4.0);
      drawing.add(
          String.format(
              Locale.ROOT,
              "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
              LEFT,
              RIGHT,
              at,
              at));
      drawing.text(LEFT - 8, at + 4, "tick", "end", Numbers.share(quarter / 4.0));
    }
    int stride = Math.max(1, (length + 11) / 12);
    for (int kept = 0; kept <= length; kept += stride) {
      drawing.text(x(kept), BOTTOM + 18, "tick", "middle", Integer.toString(kept));
    }
    drawing.text(RIGHT, HEIGHT - 4, "tick", "end", "tokens kept of the target's text");
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
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
              window ? "windowband" : "wordband",
              x(from),
              TOP,
              x(to) - x(from),
              BOTTOM - TOP));
      String shown = TerminalText.line(words.get(i), 22);
      double middle = Math.clamp(x((from + to) / 2), LEFT + 4.0 * shown.length(), RIGHT - 30);
      // Where words would touch, they stand on two lines in turn.
      line = middle - 4.5 * shown.length() < reached ? 1 - line : 0;
      drawing.text(middle, BOTTOM + 38 + 16 * line, "word", "middle", shown);
      reached = middle + 4.5 * shown.length();
    }
  }

  private void exact(ScoredForm scored) {
    StringBuilder line = new StringBuilder();
    StringBuilder low = new StringBuilder();
    StringBuilder high = new StringBuilder();
    int last = scored.of(target).tokens().size();
    for (int kept = 0; kept <= last; kept++) {
      ScoredForm.Value value = scored.value(target, kept);
      step(line, kept, value.share());
      step(low, kept, value.bounds().low());
      high.insert(0, back(kept, value.bounds().high(), last));
    }
    drawing.add(
        String.format(
            Locale.ROOT, "<path class=\"band f-same\" d=\"%s L%s Z\"/>", low, high.substring(1)));
    drawing.add(String.format(Locale.ROOT, "<path class=\"line s-same\" d=\"%s\"/>", line));
  }

  /// A value holds from its token on to the next.
  private void step(StringBuilder path, int kept, double value) {
    path.append(path.isEmpty() ? "M" : "H").append(number(x(kept)));
    path.append(path.length() > 1 && path.indexOf(" ") > 0 ? " V" : " ").append(number(y(value)));
  }

  private String back(int kept, double value, int last) {
    String corner = "L" + number(x(kept)) + " " + number(y(value)) + " ";
    return kept == last
        ? corner
        : "L" + number(x(kept + 1)) + " " + number(y(value)) + " " + corner;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private void generator() {
    if (view.generator().isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < view.generator().size(); i++) {
      step(path, finding.steps().get(i).kept(), view.generator().get(i));
    }
    drawing.add(String.format(Locale.ROOT, "<path class=\"line s-exact dash\" d=\"%s\"/>", path));
  }

  private void sampled() {
    for (FormFinding.Step step : finding.steps()) {
      whisker(x(step.kept()) - 4, step.conditioned(), "right");
      whisker(x(step.kept()) + 4, step.resampled(), "early");
    }
  }

  private void whisker(double x, Proportion share, String kind) {
    if (!share.known()) {
      return;
    }
    Interval interval = share.wilson(CotSummary.LEVEL);
    drawing.add(
        String.format(
            Locale.ROOT,
            "<line class=\"whisker s-%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
            kind,
            x,
            x,
            y(interval.low()),
            y(interval.high())));
    String mark =
        kind.equals("right")
            ? "<circle class=\"f-%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>"
            : "<rect class=\"f-%s\" x=\"%.1f\" y=\"%.1f\" width=\"7\" height=\"7\"/>";
    double half = kind.equals("right") ? 0 : 3.5;
    drawing.add(String.format(Locale.ROOT, mark, kind, x - half, y(share.estimate()) - half));
  }
}
