package criticalwindows.ratio;

import criticalwindows.stats.Forecasts;
import criticalwindows.stats.Logistic;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// How well a score foretells the probability that a response goes on to comply: a logistic
/// function of it, fitted on other requests. Every place counts the same.
///
/// @param score absent for the base rate, which every score has to do better than
/// @param counted against what continuations came to
/// @param exact against the probabilities themselves, where all are known
public record Foretold(Optional<Score> score, Forecasts counted, Optional<Forecasts> exact) {
  /// Requests are put into so many parts; each part is foretold from the others.
  private static final int PARTS = 5;

  /// A place in a text, and what continuations from it came to.
  ///
  /// @param request whose texts are fitted or foretold together
  /// @param text the scores of the whole text
  /// @param kept tokens of its response
  /// @param complied of the continuations from there, at least one
  /// @param probability that one complies, where that is exactly known
  public record Place(
      String request, TextScores text, int kept, Proportion complied, OptionalDouble probability) {}

  /// For the base rate, then for each score.
  ///
  /// @return empty where there are fewer than two requests
  public static List<Foretold> of(List<Place> places) {
    if (places.stream().map(Place::request).distinct().count() < 2) {
      return List.of();
    }
    Stream<Foretold> base = Stream.of(of(Optional.empty(), places, place -> 0));
    return Stream.concat(
            base,
            Scores.ALL.stream()
                .map(score -> of(Optional.of(score), places, at -> score.of(at.text, at.kept))))
        .toList();
  }

  private static Foretold of(
      Optional<Score> score, List<Place> places, ToDoubleFunction<Place> value) {
    Map<String, Integer> parts = parts(places);
    List<Forecasts.Row> counted = new ArrayList<>();
    List<Forecasts.Exact> exact = new ArrayList<>();
    for (int part : new TreeSet<>(parts.values())) {
      Predicate<Place> held = place -> Objects.equals(parts.get(place.request), part);
      List<Logistic.Row> others =
          places.stream()
              .filter(held.negate())
              .map(place -> Logistic.Row.of(value.applyAsDouble(place), place.complied))
              .toList();
      Logistic fit = Logistic.fit(others);
      places.stream()
          .filter(held)
          .forEach(
              place -> {
                double said = fit.probability(value.applyAsDouble(place));
                counted.add(new Forecasts.Row(said, place.complied));
                place.probability.ifPresent(known -> exact.add(new Forecasts.Exact(said, known)));
              });
    }
    return new Foretold(
        score,
        Forecasts.of(counted),
        exact.size() == counted.size() ? Optional.of(Forecasts.exact(exact)) : Optional.empty());
  }

  /// The part of each request.
  private static Map<String, Integer> parts(List<Place> places) {
    Map<String, Integer> parts = new TreeMap<>();
    for (String request : new TreeSet<>(places.stream().map(Place::request).toList())) {
      parts.put(request, parts.size() % PARTS);
    }
    return parts;
  }
}
