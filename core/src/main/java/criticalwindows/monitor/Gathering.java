package criticalwindows.monitor;

import java.util.List;

/// How the forecasts of a probe after several tokens become one score, so that no single token
/// raises an alarm by itself.
public interface Gathering {
  /// Short, as on the command line, with its number behind a colon.
  String name();

  /// What it is, for people.
  String about();

  /// The score now.
  ///
  /// @param odds the log-odds of what is suspected, in nats: before the response, and after each
  ///   token so far; at least one
  /// @param before the score after each of `odds` but the last
  double after(List<Double> odds, List<Double> before);
}
