package criticalwindows.report;

import criticalwindows.compare.Comparison;
import criticalwindows.compare.Comparison.Row;
import criticalwindows.compare.Quantity;
import criticalwindows.stats.Interval;
import criticalwindows.stats.PairedMeans.Scale;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Runs compared, as text.
///
/// @param names of the runs
/// @param differing how they were made, where not all the same way: a value of each run by name
/// @param at where each stands in a series, where that was said; empty otherwise
public record ComparisonTable(
    List<String> names,
    Map<String, List<String>> differing,
    List<Double> at,
    Comparison comparison) {
  /// Runs that can be told apart by a letter.
  public static final int MOST_RUNS = 26;

  private static final int NAMED = 5;
  private static final int WIDTH = 40;

  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("quantity", "what is compared, below", row -> row.quantity().name()),
          new Column<>(
              "runs",
              "one less the first; or the trend over all, which is the slope of each item's"
                  + " least-squares line times the span from the first place to the last",
              ComparisonTable::runs),
          new Column<>("n", "items, paired; each question counts once", ComparisonTable::count),
          new Column<>(
              "from", "mean in the first", row -> value(row.quantity(), row.means().getFirst())),
          new Column<>(
              "to",
              "mean in the other, or in the last",
              r -> value(r.quantity(), r.means().getLast())),
          new Column<>(
              "change",
              "mean of the paired changes, with its 95 % interval; none: one question, or all"
                  + " changes of places or heights the same",
              ComparisonTable::change),
          new Column<>(
              "p",
              "permutation test: how often the mean is as far from 0 if the runs are exchanged"
                  + " within items; exact (of yes and no McNemar's) unless ± says that it is drawn",
              ComparisonTable::p),
          new Column<>("Holm", "p adjusted for all tests here", row -> chance(row.adjusted())));

  /// The runs by letter, what differs, and the table.
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("Compared: " + comparison.items() + " items in " + names.size() + " runs");
    List<List<String>> facts = new ArrayList<>();
    for (int run = 0; run < names.size(); run++) {
      String place = at.isEmpty() ? "" : ", at " + Numbers.bare(at.get(run));
      facts.add(List.of(letter(run), TerminalText.line(names.get(run)) + place));
    }
    facts.add(List.of("items", items()));
    if (comparison.lacks().stream().anyMatch(lack -> lack.unread() > 0)) {
      facts.add(List.of("unread", unread()));
    }
    differing.forEach((name, values) -> facts.add(List.of("differs", differs(name, values))));
    facts.add(List.of("tests", Numbers.count(comparison.rows().size())));
    lines.addAll(View.aligned(facts));
    lines.add("");
    lines.addAll(new View<>(COLUMNS, comparison.rows()).lines(meanings()));
    List<String> none = none();
    if (!none.isEmpty()) {
      lines.add("");
      lines.addAll(View.wrapped("nothing to compare of: " + String.join(", ", none)));
    }
    return String.join("\n", lines) + "\n";
  }

  /// What a run is called in the table.
  ///
  /// @param run its place, from 0
  public static String letter(int run) {
    return String.valueOf((char) ('A' + run));
  }

  /// A row's runs: `B − A`, or `trend`.
  public static String runs(Row row) {
    return row.trend()
        ? "trend"
        : letter(row.runs().getLast()) + " − " + letter(row.runs().getFirst());
  }

  private String items() {
    List<String> parts = new ArrayList<>();
    parts.add(
        Numbers.count(comparison.items())
            + " in all runs, about "
            + Numbers.count(comparison.questions())
            + (comparison.questions() == 1 ? " question" : " questions"));
    for (int run = 0; run < names.size(); run++) {
      List<String> missing = comparison.lacks().get(run).missing();
      if (!missing.isEmpty()) {
        parts.add("not in " + letter(run) + ": " + named(missing));
      }
    }
    if (!comparison.unlike().isEmpty()) {
      parts.add(
          "left out, as another question or right answer has the same id: "
              + named(comparison.unlike()));
    }
    return String.join("; ", parts);
  }

  private String unread() {
    String counts =
        IntStream.range(0, names.size())
            .mapToObj(run -> letter(run) + " " + comparison.lacks().get(run).unread())
            .collect(Collectors.joining(", "));
    return "originals without a readable outcome: "
        + counts
        + "; nothing is said of their consistency and windows";
  }

  private static String named(List<String> ids) {
    String first =
        ids.stream()
            .limit(NAMED)
            .map(id -> TerminalText.line(id, WIDTH))
            .collect(Collectors.joining(", "));
    String more = ids.size() > NAMED ? ", …" : "";
    return Numbers.count(ids.size()) + " (" + first + more + ")";
  }

  private static String differs(String name, List<String> values) {
    return name
        + ": "
        + IntStream.range(0, values.size())
            .mapToObj(run -> letter(run) + " " + shown(values.get(run)))
            .collect(Collectors.joining(", "));
  }

  private static String shown(String value) {
    return value.isBlank() ? "–" : TerminalText.line(value, WIDTH);
  }

  /// What each quantity in the table is; what has the same meaning together.
  private String[] meanings() {
    Map<String, List<String>> names =
        comparison.rows().stream()
            .map(Row::quantity)
            .distinct()
            .collect(
                Collectors.groupingBy(
                    Quantity::meaning,
                    LinkedHashMap::new,
                    Collectors.mapping(Quantity::name, Collectors.toList())));
    return names.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .toArray(String[]::new);
  }

  /// Quantities of which no item has a value in all the runs.
  private List<String> none() {
    List<Quantity> shown = comparison.rows().stream().map(Row::quantity).distinct().toList();
    return Quantity.ALL.stream()
        .filter(quantity -> !shown.contains(quantity))
        .map(Quantity::name)
        .toList();
  }

  private static String count(Row row) {
    String questions =
        row.items() == row.questions() ? "" : " of " + Numbers.count(row.questions());
    return Numbers.count(row.items()) + questions;
  }

  private static String value(Quantity quantity, double value) {
    return quantity.scale() == Scale.LENGTH ? Numbers.tenth(value) : Numbers.share(value);
  }

  private static String change(Row row) {
    boolean length = row.quantity().scale() == Scale.LENGTH;
    String change = length ? signedTenth(row.change()) : Numbers.signed(row.change());
    return change + " " + row.interval().map(known -> interval(known, length)).orElse("none");
  }

  private static String interval(Interval known, boolean length) {
    return length ? Numbers.interval(known, 1) : Numbers.interval(known);
  }

  private static String signedTenth(double value) {
    String shown = Numbers.tenth(value);
    return value > 0 && !shown.startsWith("<") && !shown.equals("0.0") ? "+" + shown : shown;
  }

  private static String p(Row row) {
    return chance(row.p().value())
        + (row.p().error().isPresent() ? " ± " + Numbers.fine(row.p().error().getAsDouble()) : "");
  }

  private static String chance(double p) {
    return Numbers.fine(p);
  }
}
