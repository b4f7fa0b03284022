package criticalwindows.world;

import java.util.Locale;

/// The word in a question that hints at one of two methods.
public enum Cue {
  FENCE(.85),
  EDGE(.70),
  SIZE(.50),
  GRASS(.20),
  GROW(.60),
  PATTERN(.45),
  JUMP(.75),
  OUTFITS(.80),
  SETS(.55),
  CHOICES(.65);

  private final double first;

  Cue(double first) {
    this.first = first;
  }

  /// P(the first of the two methods is taken).
  public double first() {
    return first;
  }

  /// As it stands in the text.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
