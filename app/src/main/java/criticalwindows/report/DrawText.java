package criticalwindows.report;

import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.window.DecidingDraw;

/// How open a choice was, in words.
final class DrawText {
  private static final int WIDTH = 14;

  private DrawText() {}

  /// Such as `token 4 “it”: undecided; its probability was 0.500, that of “is” 0.607; entropy 0.500
  /// nats`.
  static String sentence(DecidingDraw draw) {
    return "token "
        + Numbers.count(draw.token() + 1L)
        + " "
        + quoted(draw.text())
        + ": "
        + draw.kind().show()
        + "; its probability was "
        + Numbers.fine(draw.drawn())
        + (draw.drawn() < draw.likeliest() ? ", that of " + mostOften(draw) : ", the highest there")
        + "; entropy "
        + Numbers.fine(draw.entropy())
        + " nats";
  }

  /// The likeliest token and its probability.
  static String mostOften(DecidingDraw draw) {
    return quoted(draw.mostOften()) + " " + Numbers.fine(draw.likeliest());
  }

  /// The text of a token.
  static String quoted(String piece) {
    String text = TerminalText.line(piece, WIDTH);
    return text.isEmpty() ? "space" : "“" + text + "”";
  }
}
