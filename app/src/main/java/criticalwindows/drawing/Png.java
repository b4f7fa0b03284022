package criticalwindows.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// Drawings as PNG.
public final class Png {
  private static final int SCALE = 2;

  private Png() {}

  /// On white paper, twice as large as the drawing says.
  public static byte[] file(Drawing drawing) {
    BufferedImage image =
        new BufferedImage(
            drawing.width() * SCALE, drawing.height() * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.scale(SCALE, SCALE);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, drawing.width(), drawing.height());
    for (Mark mark : drawing.marks()) {
      Pen.Filled filled = Pen.of(mark);
      Color colour = Color.decode(filled.ink().colour());
      int opacity = (int) Math.round(255 * filled.opacity());
      pen.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity));
      pen.fill(filled.shape());
    }
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be written to memory", e);
    }
    return bytes.toByteArray();
  }
}
