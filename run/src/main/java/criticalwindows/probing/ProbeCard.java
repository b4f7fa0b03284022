package criticalwindows.probing;

import criticalwindows.probe.ForecastTable;
import criticalwindows.probe.ProbeSearch;
import criticalwindows.probe.Transfer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to be known of a probe beside its numbers.
///
/// @param target what it forecasts, as it was asked for
/// @param source what it was fitted on, for people
/// @param model whose activations these are: its name and the hash of its file
/// @param fit how it was fitted
/// @param tried the best log score on held-out rows by each hook point, in nats
/// @param table how good it is, beside what is cheaper
/// @param transfers between groups; none where they were not asked for
/// @param made with what: versions, commit
public record ProbeCard(
    String target,
    String source,
    String model,
    Fit fit,
    List<Tried> tried,
    ForecastTable table,
    List<Transfer> transfers,
    Map<String, String> made) {
  public ProbeCard {
    tried = List.copyOf(tried);
    transfers = List.copyOf(transfers);
    made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
  }

  /// How a probe was fitted.
  ///
  /// @param penalty on half the sum of the squares of its weights, in standardised units
  /// @param by what was held out as a whole: `item` or `group`
  /// @param folds so many
  /// @param seed of folds and shuffles
  /// @param items so many
  /// @param rows so many places
  public record Fit(double penalty, String by, int folds, long seed, int items, int rows) {}

  /// A hook point with its best penalty.
  ///
  /// @param log score on held-out rows, in nats
  public record Tried(String hook, double penalty, double log) {
    /// What a search says of a hook point.
    public static Tried of(String hook, ProbeSearch.Tried tried) {
      return new Tried(hook, tried.penalty(), tried.log());
    }
  }
}
