package criticalwindows.trace;

import criticalwindows.cot.CotSettings;
import criticalwindows.rollout.Settings;
import java.util.List;

/// What an experiment on given texts is to do with each of them.
///
/// @param cuts where and how it is cut and continued; the limit of tokens is of a whole response
/// @param stopAt names of control tokens at which a continuation ends, beside the model's own, such
///   as `</tool_call>`
/// @param defences by their names; what each one is, others know
public record TraceSettings(CotSettings cuts, List<String> stopAt, List<String> defences) {
  /// The experiment's name in a run.
  public static final String EXPERIMENT = "trace";

  private static final String DEFENCES = "defences";

  public TraceSettings {
    stopAt = List.copyOf(stopAt);
    defences = List.copyOf(defences);
  }

  /// Without defences.
  public TraceSettings(CotSettings cuts, List<String> stopAt) {
    this(cuts, stopAt, List.of());
  }

  /// What [#asData] was made of.
  ///
  /// @throws IllegalArgumentException if these are no such settings
  public static TraceSettings of(Settings data) {
    return new TraceSettings(CotSettings.of(data), data.texts("stopAt"), defences(data));
  }

  /// The defences in plain data, none where it names none.
  public static List<String> defences(Settings data) {
    return data.has(DEFENCES) ? data.texts(DEFENCES) : List.of();
  }

  /// These as plain data.
  public Settings asData() {
    Settings data = cuts.asData().with("stopAt", stopAt);
    return defences.isEmpty() ? data : data.with(DEFENCES, defences);
  }
}
