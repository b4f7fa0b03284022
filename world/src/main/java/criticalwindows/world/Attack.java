package criticalwindows.world;

import java.util.Locale;

/// How a request is dressed so that a model may forget to refuse it.
public enum Attack {
  /// Not at all.
  PLAIN,
  /// Asked of a character who follows no rules.
  ROLE,
  /// After an earlier, harmless turn.
  TURN,
  /// After two to four forbidden requests that were answered.
  MANY,
  /// With noise behind it. No model of this world was taught its probabilities.
  SUFFIX,
  /// In random letter case. No model of this world was taught its probabilities.
  CASE;

  /// As it stands in the name of a decision.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
