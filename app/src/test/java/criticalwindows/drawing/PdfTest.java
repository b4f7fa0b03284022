package criticalwindows.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.drawing.Mark.Stroke;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the locale is of the whole process")
class PdfTest {
  private static Drawing drawing() {
    Drawing drawing = new Drawing(200, 100);
    drawing.add(new Mark.Line(List.of(new Point(1, 2), new Point(30, 40)), Stroke.of(Ink.TEXT, 2)));
    drawing.add(Mark.Area.box(new Point(10, 10), new Point(50, 30), Ink.SAME, .25));
    drawing.add(new Mark.Dot(new Point(100, 50), 5, Ink.RIGHT));
    drawing.add(new Mark.Label(new Point(20, 90), "π ≥ ½ (x)", Font.PLAIN, Anchor.START));
    drawing.add(new Mark.Label(new Point(20, 90), " ", Font.PLAIN, Anchor.START));
    return drawing;
  }

  @Test
  void itsTableOfObjectsPointsAtThem() {
    String pdf = new String(Pdf.file(drawing()), StandardCharsets.ISO_8859_1);
    assertThat(pdf)
        .startsWith("%PDF-1.4\n")
        .endsWith("%%EOF\n")
        .contains("/MediaBox [0 0 150 75 ]");
    Matcher table = Pattern.compile("startxref\n(\\d+)\n").matcher(pdf);
    assertThat(table.find()).isTrue();
    assertThat(pdf.startsWith("xref\n0 5\n", Integer.parseInt(table.group(1)))).isTrue();
    Matcher rows = Pattern.compile("(\\d{10}) 00000 n \n").matcher(pdf);
    for (int object = 1; object <= 4; object++) {
      assertThat(rows.find()).isTrue();
      assertThat(pdf.startsWith(object + " 0 obj\n", Integer.parseInt(rows.group(1)))).isTrue();
    }
  }

  @Test
  void everyMarkIsAFilledShapeInItsColour() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      String content = content(Pdf.file(drawing()));
      assertThat(content.lines().filter(line -> line.endsWith(" rg"))).hasSize(4);
      assertThat(content.lines().filter(line -> line.startsWith("f"))).hasSize(4);
      assertThat(content)
          .startsWith("0.75 0 0 -0.75 0 75 cm\n")
          .contains("/o0 gs 0.184 0.373 0.816 rg\n10 10 m\n50 10 l\n50 30 l\n10 30 l\nh\nf")
          .doesNotContain("π", "Tj");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theSameDrawingGivesTheSameBytes() {
    assertThat(Pdf.file(drawing())).isEqualTo(Pdf.file(drawing()));
  }

  private static String content(byte[] pdf) throws IOException {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    int from = text.indexOf("stream\n") + "stream\n".length();
    int to = text.indexOf("\nendstream");
    byte[] small = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
    try (InflaterInputStream whole = new InflaterInputStream(new ByteArrayInputStream(small))) {
      return new String(whole.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
