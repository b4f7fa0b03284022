package criticalwindows.cli;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.Place;
import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.Target;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of texts, which a probe is fitted to.
///
/// @param classes at least two; the first is the one whose curve is followed
/// @param byText what is known of each text, by its id
record ProbeTexts(List<String> classes, Map<String, Known> byText) {
  /// What is known of a text.
  ///
  /// @param targets by tokens kept
  /// @param whole the target at all places that have none of their own; absent where there is none
  /// @param window from the last tokens kept before it to the first after it; absent where none is
  ///   claimed
  /// @param columns what else is known, by name and tokens kept
  record Known(
      Map<Integer, Target> targets,
      Optional<Target> whole,
      Optional<Interval> window,
      Map<String, Map<Integer, Double>> columns) {
    Optional<Target> at(int kept) {
      return Optional.ofNullable(targets.get(kept)).or(() -> whole);
    }
  }

  /// These and others of the same classes.
  ProbeTexts plus(ProbeTexts more) {
    Map<String, Known> all = new LinkedHashMap<>(byText);
    all.putAll(more.byText);
    return new ProbeTexts(classes, all);
  }

  /// The windows that are known, by text.
  Map<String, Interval> windows() {
    Map<String, Interval> windows = new HashMap<>();
    byText.forEach((id, known) -> known.window.ifPresent(window -> windows.put(id, window)));
    return windows;
  }

  /// The places of activations at which something is known.
  ///
  /// @throws UserError if there are none, or all came to one class
  ProbeInput input(ActivationSet set, Map<String, Tokens> responses) {
    List<ProbeRow> rows = new ArrayList<>();
    List<Place> places = set.places();
    for (int i = 0; i < places.size(); i++) {
      ActivationSet.Text text = set.texts().get(places.get(i).text());
      int kept = places.get(i).kept();
      int index = i;
      if (kept >= 0) {
        Optional.ofNullable(byText.get(text.id()))
            .flatMap(known -> known.at(kept))
            .ifPresent(target -> rows.add(row(text, index, kept, target)));
      }
    }
    requireBoth(rows);
    return new ProbeInput(set, classes, rows, responses, columns(rows));
  }

  private static ProbeRow row(ActivationSet.Text text, int place, int kept, Target target) {
    return new ProbeRow(place, item(text), text.group(), text.id(), kept, text.length(), target);
  }

  /// The request where a family of attacks made the text of it, so that one request is one item in
  /// all families; else the text itself.
  static String item(ActivationSet.Text text) {
    int slash = text.id().indexOf('/');
    boolean attack = slash > 0 && text.group().startsWith(text.id().substring(0, slash));
    return attack ? text.id().substring(slash + 1).replaceFirst("#[0-9]+$", "") : text.id();
  }

  private void requireBoth(List<ProbeRow> rows) {
    if (rows.isEmpty()) {
      throw new UserError(
          "nothing is known at any place of these activations",
          "take the run or the labels of the same texts; the places of a run are read with cw"
              + " activations RUN --at cuts");
    }
    List<String> met =
        classes.stream()
            .filter(
                name ->
                    rows.stream().anyMatch(row -> row.target().share(classes.indexOf(name)) > 0))
            .toList();
    if (met.size() < 2) {
      throw new UserError(
          "all "
              + rows.size()
              + " places came to "
              + met.getFirst()
              + " of "
              + String.join(", ", classes),
          "follow a class that some of the continuations come to, such as --target"
              + " outcome:refused");
    }
  }

  /// Those that are known at every row.
  private Map<String, List<Double>> columns(List<ProbeRow> rows) {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (String name : known(rows.getFirst()).columns.keySet()) {
      List<Double> values = new ArrayList<>();
      for (ProbeRow row : rows) {
        Double value = known(row).columns.getOrDefault(name, Map.of()).get(row.kept());
        if (value != null) {
          values.add(value);
        }
      }
      if (values.size() == rows.size()) {
        columns.put(name, values);
      }
    }
    return columns;
  }

  private Known known(ProbeRow row) {
    return Optional.ofNullable(byText.get(row.text())).orElseThrow();
  }
}
