package criticalwindows.pictures;

import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.drawing.Mark.Stroke;
import criticalwindows.drawing.Mark.Weight;
import criticalwindows.drawing.Svg;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import criticalwindows.world.ExactCurve;
import java.util.ArrayList;
import java.util.List;

/// Draws an exact curve over the characters of a reply, and the sampled one beneath it.
final class CurvePicture {
  private static final int LEFT = 52;
  private static final int WIDTH = 900;
  private static final int TOP = 74;
  private static final int HEIGHT = 250;
  private static final Ink EXACT = new Ink("exact", "#d1570a");
  private static final Ink SAMPLED = new Ink("sampled", "#1f6feb");
  private static final Ink STEP = new Ink("step", "#fff1e5");
  private static final Font TICK = new Font(12, Ink.SOFT, Weight.PLAIN);
  private static final Font WORDS = new Font(11, new Ink("words", "#953800"), Weight.PLAIN);

  private final Drawing drawing = new Drawing(LEFT + WIDTH + 24, TOP + HEIGHT + 58);
  private final String reply;

  private CurvePicture(String reply) {
    this.reply = reply;
  }

  /// How often continuations from a cut came to the reply's answer.
  ///
  /// @param kept characters before the cut
  record Sampled(int kept, Proportion same) {}

  /// @param exact at every character of the reply
  static String of(String reply, ExactCurve exact, List<Sampled> sampled) {
    CurvePicture picture = new CurvePicture(reply);
    picture.axes();
    picture.decisions(exact);
    sampled.forEach(picture::point);
    picture.line(exact);
    picture.legend(exact.answer().replace("$", ""), sampled.getFirst().same().trials());
    return Svg.file(picture.drawing);
  }

  private double x(int kept) {
    return LEFT + (double) WIDTH * kept / reply.length();
  }

  private static double y(double probability) {
    return TOP + HEIGHT * (1 - probability);
  }

  private void say(double x, double y, Font font, String text) {
    drawing.add(new Mark.Label(new Point(x, y), text, font, Anchor.MIDDLE));
  }

  private void axes() {
    for (int i = 0; i <= 4; i++) {
      double at = y(i / 4.0);
      drawing.add(Mark.Line.thin(new Point(LEFT, at), new Point(LEFT + WIDTH, at)));
      say(LEFT - 20, at + 4, TICK, Numbers.share(i / 4.0));
    }
    for (int i = 0; i <= 10; i++) {
      say(LEFT + WIDTH * i / 10.0, TOP + HEIGHT + 20, TICK, i * 10 + " %");
    }
    say(LEFT + WIDTH / 2.0, TOP + HEIGHT + 42, TICK, "kept of the reply, in characters");
  }

  /// A band over every step of more than .1, with the words that took it.
  private void decisions(ExactCurve exact) {
    int number = 0;
    for (ExactCurve.Jump jump : exact.decisive(.1)) {
      double from = x(jump.from());
      drawing.add(
          Mark.Area.box(
              new Point(from - 3, TOP), new Point(x(jump.to()) + 3, TOP + HEIGHT), STEP, 1));
      say(from, TOP - 8 - 15 * (number++ % 2), WORDS, "“" + around(jump.from()) + "”");
    }
  }

  /// The words around a place, which is the end of one of them or within it.
  private String around(int place) {
    int from = reply.lastIndexOf(' ', Math.max(0, place - 12)) + 1;
    int to = reply.indexOf(' ', place + 2);
    return "…" + reply.substring(from, to < 0 ? reply.length() : to) + "…";
  }

  private void point(Sampled point) {
    Interval interval = point.same().wilson(.95);
    double at = x(point.kept());
    drawing.add(
        new Mark.Line(
            List.of(new Point(at, y(interval.high())), new Point(at, y(interval.low()))),
            Stroke.of(SAMPLED, 1.2).faint(.7)));
    drawing.add(new Mark.Dot(new Point(at, y(point.same().estimate())), 3.6, SAMPLED));
  }

  private void line(ExactCurve exact) {
    List<Point> line = new ArrayList<>();
    double last = -1;
    for (ExactCurve.Point point : exact.points()) {
      if (point.probability() != last) {
        if (!line.isEmpty()) {
          line.add(new Point(x(point.kept()), line.getLast().y()));
        }
        line.add(new Point(x(point.kept()), y(point.probability())));
        last = point.probability();
      }
    }
    line.add(new Point(x(reply.length()), line.getLast().y()));
    drawing.add(new Mark.Line(line, Stroke.of(EXACT, 2)));
  }

  private void legend(String answer, long samples) {
    drawing.add(
        new Mark.Line(List.of(new Point(LEFT, 22), new Point(LEFT + 26, 22)), Stroke.of(EXACT, 2)));
    legend(LEFT + 34, "exact P(" + answer + " | the text so far)");
    drawing.add(new Mark.Dot(new Point(LEFT + 270, 22), 3.6, SAMPLED));
    legend(
        LEFT + 282,
        "the model: share of " + samples + " continuations that came to it, with 95 % interval");
  }

  private void legend(double x, String text) {
    drawing.add(new Mark.Label(new Point(x, 26), text, Font.PLAIN, Anchor.START));
  }
}
