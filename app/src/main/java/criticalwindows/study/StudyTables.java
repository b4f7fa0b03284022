package criticalwindows.study;

import criticalwindows.stats.CrossedMean;
import criticalwindows.stats.Interval;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;

/// The tables of pages, as Markdown, each column of which is explained below.
public final class StudyTables {
  private static final double LEVEL = .95;
  private static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private StudyTables() {}

  /// A measure as a table has it.
  ///
  /// @param name of it in the results
  /// @param head of its column
  /// @param meaning in a few words, with its unit
  /// @param possible what it can be
  public record Measure(String name, String head, String meaning, Interval possible) {
    /// One that can be any number.
    public Measure(String name, String head, String meaning) {
      this(name, head, meaning, ANY);
    }
  }

  /// A row for each arm, a column for each measure: its mean and 95 % interval.
  ///
  /// @param about what each arm is, in the order of the design
  public static String means(Results results, List<Measure> measures, List<Arm> about) {
    List<Column<Arm>> columns = new ArrayList<>();
    columns.add(new Column<>("arm", "how the model was trained", Arm::name));
    for (Measure measure : measures) {
      columns.add(
          new Column<>(
              measure.head(),
              measure.meaning() + ", with its 95 % interval over items and repetitions",
              arm -> mean(results, arm.name(), measure)));
    }
    columns.add(new Column<>("", "what was done", Arm::about));
    return markdown(new View<>(columns, about));
  }

  /// An arm, and what it is.
  public record Arm(String name, String about) {}

  private static String mean(Results results, String arm, Measure measure) {
    if (!results.has(arm, measure.name())) {
      return "–";
    }
    CrossedMean mean = results.mean(arm, measure.name());
    return Numbers.fine(mean.estimate(), interval(mean).within(measure.possible()));
  }

  /// What a design says of itself, a line each.
  public static String settings(Design design) {
    List<String> lines = new ArrayList<>();
    lines.add("- repetitions: " + design.seeds().size());
    design.settings().forEach((name, value) -> lines.add("- " + name + ": " + value));
    return String.join("\n", lines);
  }

  /// A row for each comparison.
  public static String comparisons(List<Comparison> comparisons, Measure measure) {
    return markdown(
        new View<>(
            List.of(
                new Column<Comparison>("arm", "the arm", row -> row.pair().arm()),
                new Column<>("against", "its control", row -> row.pair().control()),
                new Column<>(
                    "difference",
                    measure.meaning()
                        + ": the arm's less the control's, paired by item, with the 95 % interval",
                    row -> shown(row.difference())),
                new Column<>(
                    "p",
                    "how often chance alone gives as much, after Holm's correction for all rows",
                    row -> Numbers.of(row.p(), 3)),
                new Column<>(
                    "n",
                    "items × repetitions",
                    row -> row.difference().items() + " × " + row.difference().repetitions())),
            comparisons));
  }

  /// A number with its interval.
  public static String shown(CrossedMean mean) {
    return Numbers.fine(mean.estimate(), interval(mean));
  }

  public static Interval interval(CrossedMean mean) {
    return mean.interval(LEVEL);
  }

  /// A table, and below it what its columns mean.
  public static <R> String markdown(View<R> view) {
    StringBuilder text = new StringBuilder();
    line(text, view.names());
    line(text, view.names().stream().map(name -> "---").toList());
    view.cells().forEach(cells -> line(text, cells));
    List<String> meanings = new ArrayList<>();
    view.columns().stream()
        .filter(column -> !column.name().isEmpty())
        .forEach(column -> meanings.add("*" + column.name() + "*: " + column.meaning()));
    return text + "\n" + String.join("; ", meanings) + ".";
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
