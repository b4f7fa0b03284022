package criticalwindows.math;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Values and the words behind them: `5 cm`, `1.5 million dollars`, `5 dozen`.
final class Quantities {
  private static final Map<String, String> MULTIPLIERS =
      Map.ofEntries(
          Map.entry("hundred", "100"),
          Map.entry("thousand", "1000"),
          Map.entry("million", "1000000"),
          Map.entry("billion", "1000000000"),
          Map.entry("trillion", "1000000000000"),
          Map.entry("lakh", "100000"),
          Map.entry("crore", "10000000"),
          Map.entry("dozen", "12"),
          Map.entry("万", "10000"),
          Map.entry("亿", "100000000"));

  private Quantities() {}

  /// Words after a value multiply it or are its unit; after words and single letters they are more
  /// words.
  static Node of(Node value, String words) {
    String rest = words;
    Node product = value;
    Optional<String> first = multiplier(rest);
    while (first.isPresent() && isAmount(product)) {
      product = times(product, MULTIPLIERS.getOrDefault(first.get(), "1"));
      rest = rest.substring(first.get().length()).strip();
      first = multiplier(rest);
    }
    return rest.isEmpty() ? product : joined(product, rest);
  }

  private static Optional<String> multiplier(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    String word = lower.split("[\\s-]", 2)[0];
    if (MULTIPLIERS.containsKey(word)) {
      return Optional.of(word);
    }
    String sign = word.isEmpty() ? "" : word.substring(0, 1);
    return MULTIPLIERS.containsKey(sign) ? Optional.of(sign) : Optional.empty();
  }

  private static boolean isAmount(Node node) {
    return switch (node) {
      case Node.Words words -> false;
      case Node.Sym symbol -> symbol.name().equals("a");
      case Node.Unit unit -> isAmount(unit.of());
      default -> true;
    };
  }

  private static Node times(Node value, String by) {
    return switch (value) {
      case Node.Unit(Node of, String unit) -> new Node.Unit(times(of, by), unit);
      case Node.Sym article -> new Node.Num(by);
      case Node.Num(String digits) when digits.indexOf('(') < 0 ->
          new Node.Num(new BigDecimal(digits).multiply(new BigDecimal(by)).toPlainString());
      default -> new Node.Product(List.of(value, new Node.Num(by)));
    };
  }

  private static Node joined(Node value, String unit) {
    return switch (value) {
      case Node.Words words -> new Node.Words(words.text() + " " + unit);
      case Node.Sym letter when letter.name().length() == 1 ->
          new Node.Words(letter.name() + " " + unit);
      default -> new Node.Unit(value, unit);
    };
  }
}
