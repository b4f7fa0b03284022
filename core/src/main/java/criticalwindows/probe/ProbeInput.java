package criticalwindows.probe;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.model.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// All that forecasts may go by.
///
/// @param set the activations
/// @param classes at least two
/// @param rows places of `set` with their targets, texts one after the other, ascending in kept
/// @param responses whole responses by the text's id, as far as they are known
/// @param columns what else is known at each row, by name: one finite number for each row
public record ProbeInput(
    ActivationSet set,
    List<String> classes,
    List<ProbeRow> rows,
    Map<String, Tokens> responses,
    Map<String, List<Double>> columns) {
  public ProbeInput {
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
    responses = Map.copyOf(responses);
    columns = Map.copyOf(columns);
    for (List<Double> column : columns.values()) {
      if (column.size() != rows.size() || !column.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(columns.keySet() + " of " + rows.size() + " rows");
      }
    }
    for (ProbeRow row : rows) {
      if (row.target().classes() != classes.size()) {
        throw new IllegalArgumentException(row + " for " + classes);
      }
    }
  }

  /// The same with other rows of the same places.
  ProbeInput with(List<ProbeRow> other) {
    return new ProbeInput(set, classes, other, responses, columns);
  }

  /// What a kind of probe goes by: one piece of evidence for each hook point.
  ///
  /// @throws criticalwindows.error.UserError if it reads every token and some were not read
  public List<Evidence> evidence(ProbeKind kind) {
    PlaceIndex index = new PlaceIndex(set);
    boolean last = kind.reads() == Probe.Reads.LAST_TOKEN;
    List<Evidence.Span> spans =
        rows.stream()
            .map(row -> last ? new Evidence.Span(row.place(), row.place()) : index.every(row))
            .toList();
    return hooks(kind, spans);
  }

  /// The same spans at each hook point.
  List<Evidence> hooks(ProbeKind kind, List<Evidence.Span> spans) {
    List<HookPoint> hooks = set.hooks();
    return hooks.stream()
        .map(hook -> new Evidence(hook.word(), kind, () -> set.at(hook), spans))
        .toList();
  }

  /// Evidence of a vector for each row.
  ///
  /// @param vectors of shape [rows, any width]
  Evidence plain(String name, float[][] vectors) {
    return new Evidence(
        name,
        ProbeKinds.plain(classes.size()),
        () -> vectors,
        IntStream.range(0, rows.size()).mapToObj(row -> new Evidence.Span(row, row)).toList());
  }
}
