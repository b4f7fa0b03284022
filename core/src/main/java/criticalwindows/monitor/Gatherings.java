package criticalwindows.monitor;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/// The ways to gather evidence, by their names.
public final class Gatherings {
  /// Unless asked otherwise.
  public static final String STANDARD = MeanOfLast.NAME + ":8";

  private static final List<Way> ALL =
      List.of(
          new Way(MeanOfLast.NAME, 8, window -> new MeanOfLast(tokens(window))),
          new Way(CumulativeSum.NAME, 0, CumulativeSum::new),
          new Way(HighestMean.NAME, 8, window -> new HighestMean(new MeanOfLast(tokens(window)))));

  private Gatherings() {}

  /// @param usual number where none is named
  private record Way(String name, double usual, DoubleFunction<Gathering> make) {}

  /// The way of a name, perhaps with a number behind a colon, such as `mean:8`.
  ///
  /// @throws UserError if there is none, or the number is none of its
  public static Gathering named(String words) {
    List<String> parts = new ArrayList<>(Arrays.asList(words.split(":", 2)));
    Way way =
        ALL.stream()
            .filter(each -> each.name.equals(parts.getFirst()))
            .findFirst()
            .orElseThrow(
                () ->
                    UserError.unknown(
                        "way to gather evidence",
                        parts.getFirst(),
                        ALL.stream().map(Way::name).toList()));
    try {
      double number = parts.size() == 1 ? way.usual : Double.parseDouble(parts.getLast());
      if (Double.isFinite(number)) {
        return way.make.apply(number);
      }
    } catch (IllegalArgumentException e) {
      // Said below, as where the number is none.
    }
    throw new UserError(
        "the evidence " + words,
        "write mean:8, highest:8 with a number of tokens from 1 on, or cusum:0 with nats");
  }

  private static int tokens(double number) {
    if (number < 1 || number > 1e6 || number != Math.rint(number)) {
      throw new IllegalArgumentException(number + " tokens");
    }
    return (int) number;
  }
}
