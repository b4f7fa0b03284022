package criticalwindows.pictures;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.world.ExactCurve;
import java.util.List;
import java.util.Locale;

/// Draws an exact curve over the characters of a reply, and the sampled one beneath it.
final class CurvePicture {
  private static final int LEFT = 52;
  private static final int WIDTH = 900;
  private static final int TOP = 74;
  private static final int HEIGHT = 250;
  private static final String EXACT = "#d1570a";
  private static final String SAMPLED = "#1f6feb";

  private final Svg svg = new Svg(LEFT + WIDTH + 24, TOP + HEIGHT + 58);
  private final String reply;

  private CurvePicture(String reply) {
    this.reply = reply;
  }

  /// How often continuations from a cut came to the reply's answer.
  ///
  /// @param kept characters before the cut
  record Point(int kept, Proportion same) {}

  /// @param exact at every character of the reply
  static String of(String reply, ExactCurve exact, List<Point> sampled) {
    CurvePicture picture = new CurvePicture(reply);
    picture.axes();
    picture.decisions(exact);
    sampled.forEach(picture::point);
    picture.line(exact);
    picture.legend(exact.answer().replace("$", ""), sampled.getFirst().same().trials());
    return picture.svg.toString();
  }

  private double x(int kept) {
    return LEFT + (double) WIDTH * kept / reply.length();
  }

  private static double y(double probability) {
    return TOP + HEIGHT * (1 - probability);
  }

  private void axes() {
    for (int i = 0; i <= 4; i++) {
      double value = i / 4.0;
      svg.add(
          String.format(
              Locale.ROOT,
              "<path d=\"M%d %.1f H%d\" stroke=\"#e6e9ec\"/>",
              LEFT,
              y(value),
              LEFT + WIDTH));
      String label = String.format(Locale.ROOT, "%.2f", value).replaceFirst("^0(?=\\.)", "");
      svg.text(LEFT - 34, y(value) + 4, "fill=\"#57606a\"", label);
    }
    for (int i = 0; i <= 10; i++) {
      double at = LEFT + WIDTH * i / 10.0;
      svg.text(at, TOP + HEIGHT + 20, "fill=\"#57606a\" text-anchor=\"middle\"", i * 10 + " %");
    }
    svg.text(
        LEFT + WIDTH / 2.0,
        TOP + HEIGHT + 42,
        "fill=\"#57606a\" text-anchor=\"middle\"",
        "kept of the reply, in characters");
  }

  /// A band over every step of more than .1, with the words that took it.
  private void decisions(ExactCurve exact) {
    int number = 0;
    for (ExactCurve.Jump jump : exact.decisive(.1)) {
      double from = x(jump.from());
      svg.add(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#fff1e5\"/>",
              from - 3,
              TOP,
              x(jump.to()) - from + 6,
              HEIGHT));
      String place = "text-anchor=\"middle\" font-size=\"11\" fill=\"#953800\"";
      svg.text(from, TOP - 8 - 15 * (number++ % 2), place, "“" + around(jump.from()) + "”");
    }
  }

  /// The words around a place, which is the end of one of them or within it.
  private String around(int place) {
    int from = reply.lastIndexOf(' ', Math.max(0, place - 12)) + 1;
    int to = reply.indexOf(' ', place + 2);
    return "…" + reply.substring(from, to < 0 ? reply.length() : to) + "…";
  }

  private void point(Point point) {
    Interval interval = point.same().wilson(.95);
    svg.add(
        String.format(
            Locale.ROOT,
            "<path d=\"M%.1f %.1f V%.1f\" stroke=\"%s\" stroke-width=\"1.2\" opacity=\".7\"/>",
            x(point.kept()),
            y(interval.high()),
            y(interval.low()),
            SAMPLED));
    svg.add(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.6\" fill=\"%s\"/>",
            x(point.kept()),
            y(point.same().estimate()),
            SAMPLED));
  }

  private void line(ExactCurve exact) {
    StringBuilder path = new StringBuilder();
    double last = -1;
    for (ExactCurve.Point point : exact.points()) {
      if (point.probability() != last) {
        path.append(
            String.format(
                Locale.ROOT,
                path.isEmpty() ? "M%.1f %.1f" : " H%.1f V%.1f",
                x(point.kept()),
                y(point.probability())));
        last = point.probability();
      }
    }
    path.append(String.format(Locale.ROOT, " H%.1f", x(reply.length())));
    svg.add(
        String.format(
            Locale.ROOT,
            "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
            path,
            EXACT));
  }

  private void legend(String answer, long samples) {
    svg.add(
        String.format(
            Locale.ROOT, "<path d=\"M%d 22 h26\" stroke=\"%s\" stroke-width=\"2\"/>", LEFT, EXACT));
    svg.text(LEFT + 34, 26, "", "exact P(" + answer + " | the text so far)");
    svg.add(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%d\" cy=\"22\" r=\"3.6\" fill=\"%s\"/>",
            LEFT + 270,
            SAMPLED));
    svg.text(
        LEFT + 282,
        26,
        "",
        "the model: share of " + samples + " continuations that came to it, with 95 % interval");
  }
}
