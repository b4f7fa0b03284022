package criticalwindows.drawing;

import java.awt.Color;
import java.awt.geom.PathIterator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;

/// Drawings as PDF, of filled outlines alone: no font is needed to show it. The same drawing gives
/// the same bytes, with the same fonts.
///
/// *Source:* ISO 32000-1:2008, sections 7.3 to 7.5 (objects, streams, file structure), 8.4.5
/// (graphics state parameters) and 8.5 (paths).
public final class Pdf {
  /// Points for a pixel.
  private static final double SCALE = .75;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> places = new ArrayList<>();

  private Pdf() {}

  /// One page, as large as the drawing.
  public static byte[] file(Drawing drawing) {
    Pdf pdf = new Pdf();
    List<Double> opacities =
        drawing.marks().stream().map(mark -> Pen.of(mark).opacity()).distinct().sorted().toList();
    byte[] content = deflated(content(drawing, opacities).getBytes(StandardCharsets.US_ASCII));
    pdf.text("%PDF-1.4\n");
    pdf.object("<< /Type /Catalog /Pages 2 0 R >>");
    pdf.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    pdf.object(
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 "
            + number(SCALE * drawing.width())
            + number(SCALE * drawing.height())
            + "] /Resources << /ExtGState << "
            + states(opacities)
            + ">> >> >>");
    pdf.stream(content);
    pdf.end();
    return pdf.bytes.toByteArray();
  }

  private static String states(List<Double> opacities) {
    StringBuilder states = new StringBuilder();
    for (int i = 0; i < opacities.size(); i++) {
      states.append("/o" + i + " << /ca " + number(opacities.get(i)) + ">> ");
    }
    return states.toString();
  }

  private static String content(Drawing drawing, List<Double> opacities) {
    StringBuilder content = new StringBuilder();
    // From pixels with y down to points with y up.
    content.append(number(SCALE) + "0 0 " + number(-SCALE) + "0 ");
    content.append(number(SCALE * drawing.height()) + "cm\n");
    for (Mark mark : drawing.marks()) {
      Pen.Filled filled = Pen.of(mark);
      PathIterator path = filled.shape().getPathIterator(null);
      if (path.isDone()) {
        continue;
      }
      Color colour = Color.decode(filled.ink().colour());
      content.append("/o" + opacities.indexOf(filled.opacity()) + " gs ");
      content.append(number(colour.getRed() / 255.0) + number(colour.getGreen() / 255.0));
      content.append(number(colour.getBlue() / 255.0) + "rg\n");
      String rule = path.getWindingRule() == PathIterator.WIND_NON_ZERO ? "f\n" : "f*\n";
      append(content, path);
      content.append(rule);
    }
    return content.toString();
  }

  private static void append(StringBuilder content, PathIterator path) {
    double[] at = new double[6];
    double x = 0;
    double y = 0;
    for (; !path.isDone(); path.next()) {
      int kind = path.currentSegment(at);
      switch (kind) {
        case PathIterator.SEG_MOVETO -> content.append(numbers(at, 2)).append("m\n");
        case PathIterator.SEG_LINETO -> content.append(numbers(at, 2)).append("l\n");
        case PathIterator.SEG_QUADTO -> {
          // A quadratic curve as a cubic one.
          double[] cubic = {
            (x + 2 * at[0]) / 3,
            (y + 2 * at[1]) / 3,
            (at[2] + 2 * at[0]) / 3,
            (at[3] + 2 * at[1]) / 3,
            at[2],
            at[3]
          };
          content.append(numbers(cubic, 6)).append("c\n");
        }
        case PathIterator.SEG_CUBICTO -> content.append(numbers(at, 6)).append("c\n");
        default -> content.append("h\n");
      }
      int last =
          switch (kind) {
            case PathIterator.SEG_QUADTO -> 2;
            case PathIterator.SEG_CUBICTO -> 4;
            default -> 0;
          };
      x = kind == PathIterator.SEG_CLOSE ? x : at[last];
      y = kind == PathIterator.SEG_CLOSE ? y : at[last + 1];
    }
  }

  private static String numbers(double[] values, int count) {
    StringBuilder numbers = new StringBuilder();
    for (int i = 0; i < count; i++) {
      numbers.append(number(values[i]));
    }
    return numbers.toString();
  }

  /// With a space behind.
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "") + " ";
  }

  private void object(String content) {
    places.add(bytes.size());
    text(places.size() + " 0 obj\n" + content + "\nendobj\n");
  }

  private void stream(byte[] content) {
    places.add(bytes.size());
    text(places.size() + " 0 obj\n<< /Filter /FlateDecode /Length " + content.length + " >>\n");
    text("stream\n");
    bytes.writeBytes(content);
    text("\nendstream\nendobj\n");
  }

  private void end() {
    int table = bytes.size();
    text("xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n");
    places.forEach(place -> text(String.format(Locale.ROOT, "%010d 00000 n \n", place)));
    text("trailer\n<< /Size " + (places.size() + 1) + " /Root 1 0 R >>\n");
    text("startxref\n" + table + "\n%%EOF\n");
  }

  private void text(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    while (!deflater.finished()) {
      small.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    return small.toByteArray();
  }
}
