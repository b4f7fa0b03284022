package criticalwindows.compare;

import criticalwindows.stats.PairedMeans.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Something that is measured of the same item in several runs.
///
/// @param name in a few words
/// @param meaning unit, range, and of which items it is
/// @param scale of its values
/// @param values of an item in each run; absent where it cannot be told in one of them
public record Quantity(
    String name,
    String meaning,
    Scale scale,
    Function<List<Measured>, Optional<List<Double>>> values) {
  /// Fractions at which curves are compared.
  private static final List<String> FRACTIONS = List.of("0", "0.25", "0.5", "0.75");

  /// All of them, in the order in which they are shown.
  public static final List<Quantity> ALL = all();

  private static List<Quantity> all() {
    List<Quantity> all = new ArrayList<>();
    all.add(
        new Quantity(
            "original right",
            "share of the originals that are right, where that is known",
            Scale.SHARE,
            each(item -> flag(item.right()))));
    all.add(
        new Quantity(
            "right from the start",
            "share of right continuations with nothing kept",
            Scale.SHARE,
            each(
                item ->
                    item.fromStart().known()
                        ? OptionalDouble.of(item.fromStart().estimate())
                        : OptionalDouble.empty())));
    for (String fraction : FRACTIONS) {
      all.add(
          new Quantity(
              "consistent at " + fraction,
              "share of continuations with the original's outcome after that fraction of the"
                  + " response, on the straight line between the cuts beside it",
              Scale.SHARE,
              each(item -> item.curve().at(Double.parseDouble(fraction)))));
    }
    all.add(
        new Quantity(
            "area under the curve",
            "mean height of that curve, in [0, 1], over the fractions that all runs compared know"
                + " of the item",
            Scale.SHARE,
            Quantity::areas));
    all.add(
        new Quantity(
            "window claimed",
            "share of items whose window is claimed, of those of which the window model says"
                + " something",
            Scale.SHARE,
            each(item -> flag(item.claimed()))));
    all.addAll(ofWindows());
    return List.copyOf(all);
  }

  private static List<Quantity> ofWindows() {
    return List.of(
        new Quantity(
            "window's place",
            "centre of the window, as fraction of the response, where all runs compared claim one",
            Scale.PLACE,
            each(item -> of(item, Measured.Place::fraction))),
        new Quantity(
            "window's place in tokens",
            "the same in tokens kept, where the texts are the same in the same tokens",
            Scale.LENGTH,
            items ->
                items.stream().allMatch(item -> item.response().sameTokens(first(items)))
                    ? each(items, item -> of(item, Measured.Place::tokens))
                    : Optional.empty()),
        new Quantity(
            "window's place in characters",
            "the same in characters, where the texts are the same and their tokens are not",
            Scale.LENGTH,
            items ->
                items.stream().allMatch(item -> item.response().sameText(first(items)))
                        && !items.stream().allMatch(i -> i.response().sameTokens(first(items)))
                    ? each(
                        items,
                        item -> of(item, place -> item.response().characters(place.tokens())))
                    : Optional.empty()),
        new Quantity(
            "window's height",
            "rise of the curve in the window, in [−1, 1], where all runs compared claim one",
            Scale.RISE,
            each(item -> of(item, Measured.Place::rise))));
  }

  private static Response first(List<Measured> items) {
    return items.getFirst().response();
  }

  private static OptionalDouble of(Measured item, Function<Measured.Place, Double> value) {
    return item.window().map(value).map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble flag(Optional<Boolean> flag) {
    return flag.map(yes -> OptionalDouble.of(yes ? 1 : 0)).orElse(OptionalDouble.empty());
  }

  private static Function<List<Measured>, Optional<List<Double>>> each(
      Function<Measured, OptionalDouble> value) {
    return items -> each(items, value);
  }

  private static Optional<List<Double>> each(
      List<Measured> items, Function<Measured, OptionalDouble> value) {
    List<OptionalDouble> values = items.stream().map(value).toList();
    return values.stream().allMatch(OptionalDouble::isPresent)
        ? Optional.of(values.stream().map(OptionalDouble::getAsDouble).toList())
        : Optional.empty();
  }

  private static Optional<List<Double>> areas(List<Measured> items) {
    double from = items.stream().mapToDouble(item -> item.curve().from().orElse(1)).max().orElse(1);
    double to = items.stream().mapToDouble(item -> item.curve().to().orElse(0)).min().orElse(0);
    return each(items, item -> item.curve().mean(from, to));
  }
}
