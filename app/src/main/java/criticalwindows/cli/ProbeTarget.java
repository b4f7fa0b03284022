package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.probe.Target;
import criticalwindows.reading.LabelledPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a probe is to forecast, as users ask for it.
sealed interface ProbeTarget {
  /// So many of the continuations from a place came to a class.
  ///
  /// @param follow the class; absent for the one that the run follows
  record Counted(Optional<String> follow) implements ProbeTarget {}

  /// The exact probability of a class, where the run is on the world.
  record Known(Optional<String> follow) implements ProbeTarget {}

  /// Labels of a file.
  record Labels(Path file) implements ProbeTarget {}

  /// What `--target` says.
  ///
  /// @throws UserError if it is none
  static ProbeTarget parse(String word) {
    int colon = word.indexOf(':');
    String name = colon < 0 ? word : word.substring(0, colon);
    Optional<String> rest =
        Optional.of(word.substring(colon < 0 ? word.length() : colon + 1))
            .filter(text -> !text.isBlank());
    return switch (name) {
      case "outcome" -> new Counted(rest);
      case "exact" -> new Known(rest);
      case "labels" ->
          new Labels(
              Path.of(
                  rest.orElseThrow(
                      () ->
                          new UserError(
                              "--target labels without a file",
                              "name a CSV or JSON-lines file with id and label: labels:FILE"))));
      default ->
          throw new UserError(
              "no target called " + word,
              "there is: outcome, outcome:CLASS, exact, exact:CLASS, labels:FILE");
    };
  }

  /// What the labels of a file say of texts. Of two classes yes, true and 1 come first.
  static ProbeTexts labelled(Path file) {
    List<LabelledPlace> places = LabelledPlace.read(file);
    List<String> classes =
        places.stream().map(LabelledPlace::label).distinct().sorted(order()).toList();
    if (classes.size() < 2) {
      throw new UserError(
          "all labels of " + file + " are " + classes.getFirst(),
          "give labels of two classes or more");
    }
    Map<String, Map<Integer, Target>> targets = new LinkedHashMap<>();
    Map<String, Target> whole = new HashMap<>();
    for (LabelledPlace place : places) {
      Target label = Target.label(classes.indexOf(place.label()), classes.size());
      Map<Integer, Target> own = targets.computeIfAbsent(place.id(), id -> new HashMap<>());
      if (place.kept().isPresent()) {
        own.put(place.kept().getAsInt(), label);
      } else {
        whole.put(place.id(), label);
      }
    }
    Map<String, ProbeTexts.Known> known = new LinkedHashMap<>();
    targets.forEach(
        (id, own) ->
            known.put(
                id,
                new ProbeTexts.Known(
                    own, Optional.ofNullable(whole.get(id)), Optional.empty(), Map.of())));
    return new ProbeTexts(classes, known);
  }

  private static Comparator<String> order() {
    List<String> first = new ArrayList<>(List.of("yes", "true", "1"));
    return Comparator.comparing(
            (String name) -> !first.contains(name.toLowerCase(java.util.Locale.ROOT)))
        .thenComparing(Comparator.naturalOrder());
  }
}
