package criticalwindows.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/// A picture as a list of marks, drawn in their order.
public final class Drawing {
  private static final int SCALE = 2;

  private final int width;
  private final int height;
  private final List<Mark> marks = new ArrayList<>();

  /// A white sheet.
  public Drawing(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /// In pixels at scale 1.
  public int width() {
    return width;
  }

  /// In pixels at scale 1.
  public int height() {
    return height;
  }

  /// Adds a mark on top.
  public void add(Mark mark) {
    marks.add(mark);
  }

  /// What is drawn, in order.
  public List<Mark> marks() {
    return List.copyOf(marks);
  }

  /// As SVG.
  public String svg() {
    String size = "width=\"" + width + "\" height=\"" + height + "\"";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + width
        + " "
        + height
        + "\" "
        + size
        + " font-family=\"system-ui, Helvetica, Arial, sans-serif\">\n<rect "
        + size
        + " fill=\""
        + Ink.PAPER
        + "\"/>\n"
        + marks.stream().map(Drawing::svg).collect(Collectors.joining("\n"))
        + "\n</svg>\n";
  }

  private static String svg(Mark mark) {
    return switch (mark) {
      case Mark.Line line ->
          String.format(
              Locale.ROOT,
              "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\""
                  + " stroke-linejoin=\"round\"%s/>",
              points(line.points()),
              line.colour(),
              line.width(),
              line.dash() > 0
                  ? String.format(Locale.ROOT, " stroke-dasharray=\"%.0f\"", line.dash())
                  : "");
      case Mark.Area area ->
          String.format(
              Locale.ROOT,
              "<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"%.2f\"/>",
              points(area.points()),
              area.colour(),
              area.opacity());
      case Mark.Dot dot ->
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>",
              dot.at().x(),
              dot.at().y(),
              dot.radius(),
              dot.colour());
      case Mark.Label label ->
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" fill=\"%s\""
                  + " text-anchor=\"%s\"%s>%s</text>",
              label.at().x(),
              label.at().y(),
              label.font().size(),
              label.font().colour(),
              label.anchor().name().toLowerCase(Locale.ROOT),
              label.font().weight() == Mark.Weight.BOLD ? " font-weight=\"600\"" : "",
              escape(label.text()));
    };
  }

  private static String points(List<Mark.Point> points) {
    return points.stream()
        .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
        .collect(Collectors.joining(" "));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /// As a PNG, twice as large as the SVG says.
  public byte[] png() {
    BufferedImage image =
        new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.scale(SCALE, SCALE);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, width, height);
    marks.forEach(mark -> draw(pen, mark));
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be written to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void draw(Graphics2D pen, Mark mark) {
    switch (mark) {
      case Mark.Line line -> {
        pen.setColor(Color.decode(line.colour()));
        float[] dash = line.dash() > 0 ? new float[] {(float) line.dash()} : null;
        pen.setStroke(
            new BasicStroke(
                (float) line.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
        pen.draw(path(line.points()));
      }
      case Mark.Area area -> {
        Color colour = Color.decode(area.colour());
        pen.setColor(
            new Color(
                colour.getRed(),
                colour.getGreen(),
                colour.getBlue(),
                (int) Math.round(255 * area.opacity())));
        Path2D path = path(area.points());
        path.closePath();
        pen.fill(path);
      }
      case Mark.Dot dot -> {
        pen.setColor(Color.decode(dot.colour()));
        double r = dot.radius();
        pen.fill(new Ellipse2D.Double(dot.at().x() - r, dot.at().y() - r, 2 * r, 2 * r));
      }
      case Mark.Label label -> draw(pen, label);
    }
  }

  private static void draw(Graphics2D pen, Mark.Label label) {
    int style = label.font().weight() == Mark.Weight.BOLD ? Font.BOLD : Font.PLAIN;
    pen.setColor(Color.decode(label.font().colour()));
    pen.setFont(new Font(Font.SANS_SERIF, style, 1).deriveFont((float) label.font().size()));
    double wide = pen.getFontMetrics().getStringBounds(label.text(), pen).getWidth();
    double left =
        switch (label.anchor()) {
          case START -> 0;
          case MIDDLE -> wide / 2;
          case END -> wide;
        };
    pen.drawString(label.text(), (float) (label.at().x() - left), (float) label.at().y());
  }

  private static Path2D path(List<Mark.Point> points) {
    Path2D path = new Path2D.Double();
    for (Mark.Point point : points) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(point.x(), point.y());
      } else {
        path.lineTo(point.x(), point.y());
      }
    }
    return path;
  }
}
