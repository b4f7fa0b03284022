package criticalwindows.bench;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The bench's numbers as text for people and as JSON for programs.
public final class LocaliseTable {
  private static final List<Replays.Measure> FIRST =
      List.of(
          Replays.Measure.FOUND,
          Replays.Measure.NEAR,
          Replays.Measure.HELD,
          Replays.Measure.ROLLOUTS,
          Replays.Measure.TOKENS);
  private static final List<Replays.Measure> NAMED =
      List.of(
          Replays.Measure.PLACES,
          Replays.Measure.ONE,
          Replays.Measure.STATED,
          Replays.Measure.CHANCE,
          Replays.Measure.RISE,
          Replays.Measure.RISE_CHANCE);

  private final List<String> lines = new ArrayList<>();
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  /// The calibration.
  public void calibration(List<Calibration.Row> rows, double level) {
    lines.add(
        "Simulated curves: how often the "
            + percent(level)
            + " intervals of a claimed window held, and how sure they were");
    lines.add(
        cells("shape", "claimed [95 %]", "number right", "place held/stated", "width", "height"));
    for (Calibration.Row row : rows) {
      ObjectNode node = json.withArray("calibration").addObject();
      node.put("shape", row.shape());
      node.put("misspecified", row.misspecified());
      put(node.putObject("claimed"), row.claimed());
      put(node.putObject("counted"), row.counted());
      List<String> cells = new ArrayList<>();
      cells.add(row.shape() + (row.misspecified() ? " *" : ""));
      cells.add(share(row.claimed()));
      cells.add(row.counted().known() ? digits(row.counted().estimate()) : "–");
      for (Calibration.Quantity quantity : Calibration.Quantity.values()) {
        Optional<Calibration.Coverage> coverage = Optional.ofNullable(row.coverage().get(quantity));
        cells.add(coverage.map(LocaliseTable::coverage).orElse("–"));
        coverage.ifPresent(
            c -> {
              ObjectNode at = node.putObject(quantity.name().toLowerCase(Locale.ROOT));
              put(at, c.held());
              at.put("stated", c.stated());
            });
      }
      lines.add(cells(cells.toArray(String[]::new)));
    }
    lines.add("  * not a curve that the prior can give");
    lines.add("");
  }

  private static String coverage(Calibration.Coverage coverage) {
    return share(coverage.held()) + " / " + digits(coverage.stated());
  }

  /// The replays.
  public void replays(List<Replays.Row> rows) {
    lines.add("Replays: means with 95 % intervals by a bootstrap over curves");
    table(rows, FIRST);
    lines.add("The places that claims name, where there is a window; by chance: as many, anywhere");
    table(rows.stream().filter(row -> row.group().placed()).toList(), NAMED);
    for (Replays.Row row : rows) {
      if (row.curves() > 0) {
        ObjectNode node = json.withArray("replays").addObject();
        node.put("localiser", row.localiser());
        node.put("group", row.group().words());
        node.put("curves", row.curves());
        for (Replays.Measure measure : Replays.Measure.values()) {
          put(node, measure.name().toLowerCase(Locale.ROOT), row.figure(measure));
        }
      }
    }
  }

  private void table(List<Replays.Row> rows, List<Replays.Measure> measures) {
    List<String> head = new ArrayList<>(List.of("localiser, curves"));
    measures.forEach(measure -> head.add(measure.words()));
    lines.add(cells(head.toArray(String[]::new)));
    String before = "";
    for (Replays.Row row : rows) {
      if (row.curves() > 0) {
        if (!row.localiser().equals(before)) {
          lines.add(row.localiser());
          before = row.localiser();
        }
        List<String> cells = new ArrayList<>();
        cells.add("  " + row.group().words() + " (" + row.curves() + ")");
        measures.forEach(measure -> cells.add(figure(row.figure(measure), measure.decimals())));
        lines.add(cells(cells.toArray(String[]::new)));
      }
    }
    lines.add("");
  }

  /// What no search can do about narrow windows: beside each curve its [Rival].
  ///
  /// @param outcomes the most that a search may see
  public void rivals(List<GivenCurve> curves, int outcomes) {
    List<GivenCurve> narrow =
        curves.stream().filter(curve -> curve.kind() == GivenCurve.Kind.NARROW).toList();
    if (narrow.isEmpty()) {
      return;
    }
    lines.add(
        "The place within 5 %: of a narrow curve and its rival, whose window lies elsewhere, no"
            + " search with "
            + outcomes
            + " rollouts is right more often than");
    lines.add(cells("line", "mean over both", "rival differs by", "rollouts that .95 takes"));
    double sum = 0;
    for (GivenCurve curve : narrow) {
      Optional<Rival> rival = Rival.of(curve);
      rival.ifPresent(known -> rival(known, outcomes));
      sum += rival.map(known -> known.right(outcomes)).orElse(1.0);
    }
    double mean = sum / narrow.size();
    lines.add(cells("mean of " + narrow.size(), digits(mean)));
    lines.add("");
    json.put("right", mean);
  }

  private void rival(Rival rival, int outcomes) {
    lines.add(
        cells(
            Integer.toString(rival.line()),
            digits(rival.right(outcomes)),
            digits(rival.moved()),
            digits(rival.needed(), 0)));
    json.withArray("rivals")
        .addObject()
        .put("line", rival.line())
        .put("right", rival.right(outcomes))
        .put("moved", rival.moved())
        .put("nats", rival.nats())
        .put("needed", rival.needed());
  }

  /// What every given position, measured anew, says of narrow windows.
  public void again(List<Again> rows) {
    if (rows.isEmpty()) {
      return;
    }
    lines.add(
        "Narrow windows ("
            + rows.getFirst().curves()
            + ") by brute force: every given position is measured, and the window read off");
    lines.add(cells("rollouts at each", "of a response", "found", "within 5 % of place"));
    for (Again row : rows) {
      lines.add(
          cells(
              Integer.toString(row.each()),
              figure(Optional.of(row.rollouts()), 0),
              figure(Optional.of(row.found()), 3),
              figure(Optional.of(row.near()), 3)));
      ObjectNode node = json.withArray("again").addObject();
      node.put("each", row.each()).put("curves", row.curves());
      put(node, "rollouts", Optional.of(row.rollouts()));
      put(node, "found", Optional.of(row.found()));
      put(node, "near", Optional.of(row.near()));
    }
    lines.add("");
  }

  /// The corpus.
  public void corpus(Corpus corpus) {
    lines.add("The corpus, all lines");
    lines.add(
        "  adjacent differences: "
            + corpus.tests()
            + " tests, "
            + corpus.nominal()
            + " with p < .05, "
            + corpus.survive()
            + " at a false discovery rate of 5 % (Benjamini-Hochberg)");
    lines.add(
        "  window model: "
            + corpus.windows()
            + " of "
            + corpus.curves()
            + " curves have a window at a Bayesian false discovery rate of 5 %; "
            + corpus.episodes()
            + " rises or falls, "
            + corpus.sharp()
            + " of them likelier sharp than broad");
    lines.add("");
    ObjectNode node = json.putObject("corpus");
    node.put("tests", corpus.tests());
    node.put("nominal", corpus.nominal());
    node.put("survive", corpus.survive());
    node.put("curves", corpus.curves());
    node.put("windows", corpus.windows());
    node.put("episodes", corpus.episodes());
    node.put("sharp", corpus.sharp());
  }

  /// Searches for steps that are known.
  public void search(KnownSteps steps) {
    lines.add("Adaptive searches on a model of the world, by the rise of the exact decisive step");
    lines.add(cells("rise", "claimed [95 %]", "claims", "step in interval/stated", "rollouts"));
    for (KnownSteps.Row row : steps.rows()) {
      String range = digits(row.from(), 2) + " to " + digits(StrictMath.min(1, row.to()), 2);
      lines.add(
          cells(
              range,
              share(row.claimed()) + " of " + row.claimed().trials(),
              Long.toString(row.held().trials()),
              row.held().known() ? share(row.held()) + " / " + digits(row.stated()) : "–",
              digits(row.rollouts(), 1)));
      ObjectNode node = json.withArray("search").addObject();
      node.put("from", row.from()).put("to", row.to());
      put(node.putObject("claimed"), row.claimed());
      put(node.putObject("held"), row.held());
      node.put("stated", row.stated()).put("rollouts", row.rollouts());
    }
    lines.add("");
  }

  /// The text so far.
  public String text() {
    return String.join("\n", lines);
  }

  /// All of it as JSON.
  public String json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  private static void put(ObjectNode node, Proportion proportion) {
    node.put("successes", proportion.successes());
    node.put("trials", proportion.trials());
    if (proportion.known()) {
      Interval interval = proportion.wilson(.95);
      node.put("share", proportion.estimate());
      node.putArray("interval").add(interval.low()).add(interval.high());
    }
  }

  private static void put(ObjectNode node, String name, Optional<Replays.Figure> figure) {
    figure.ifPresent(
        known -> {
          ObjectNode at = node.putObject(name);
          at.put("value", known.value());
          at.putArray("interval").add(known.interval().low()).add(known.interval().high());
        });
  }

  private static String share(Proportion proportion) {
    if (!proportion.known()) {
      return "–";
    }
    Interval interval = proportion.wilson(.95);
    return digits(proportion.estimate())
        + " ["
        + digits(interval.low())
        + ", "
        + digits(interval.high())
        + "]";
  }

  private static String figure(Optional<Replays.Figure> figure, int decimals) {
    return figure
        .map(
            known ->
                digits(known.value(), decimals)
                    + " ["
                    + digits(known.interval().low(), decimals)
                    + ", "
                    + digits(known.interval().high(), decimals)
                    + "]")
        .orElse("");
  }

  private static String percent(double level) {
    return StrictMath.round(100 * level) + " %";
  }

  private static String digits(double value) {
    return digits(value, 3);
  }

  private static String digits(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value).replaceFirst("^0\\.", ".");
  }

  private static String cells(String... cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      int width = i == 0 ? 22 : i == 2 && cells[i].length() < 12 ? 14 : 26;
      row.append(cells[i])
          .repeat(' ', Math.max(2, width - cells[i].codePointCount(0, cells[i].length())));
    }
    return row.toString().stripTrailing();
  }
}
