package criticalwindows.bench;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The bench's numbers as text for people and as JSON for programs.
final class LocaliseTable {
  private static final List<Replays.Measure> FIRST =
      List.of(
          Replays.Measure.FOUND,
          Replays.Measure.STUDY,
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

  /// Shares of curves that a search may claim.
  private static final double[] CLAIMED = {1, .9};

  /// The share of claims that is to be right about the place.
  private static final double ASKED = .95;

  /// More rollouts of a response than anyone takes.
  private static final int MOST = 1_000_000;

  private final List<String> lines = new ArrayList<>();

  /// Rows that are not lines yet.
  private final List<List<String>> block = new ArrayList<>();

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  /// The calibration.
  void calibration(List<Calibration.Row> rows, double level, Calibration.Ends ends) {
    lines.add(
        "Simulated curves, their end "
            + (ends == Calibration.Ends.KNOWN ? "known to be 1" : "sampled like the rest")
            + ": how often the "
            + percent(level)
            + " intervals of a claimed window held, and how sure they were");
    row(
        List.of(
            "rises most",
            "claimed [95 %]",
            "gradual; in vain/stated",
            "place held/stated",
            "width",
            "height"));
    for (Calibration.Row known : rows) {
      row(cells(known, share(known.claimed()), vain(known), known.greatest()));
    }
    row(List.of("their number known", "", "number right", "", "", ""));
    for (Calibration.Row known : rows) {
      String right = known.counted().known() ? digits(known.counted().estimate()) : "–";
      row(cells(known, "", right, known.coverage()));
    }
    align();
    lines.add("  * not a curve that the prior can give");
    lines.add("");
    rows.forEach(row -> put(row, ends));
  }

  /// Claims of something gradual; claims where there is nothing, and their mean chance of it.
  private static String vain(Calibration.Row row) {
    return row.gradual().known()
        ? Numbers.share(row.gradual().estimate())
            + "; "
            + digits(row.nothing().estimate())
            + "/"
            + digits(row.none())
        : "–";
  }

  private static List<String> cells(
      Calibration.Row row,
      String claimed,
      String right,
      Map<Calibration.Quantity, Calibration.Coverage> coverage) {
    String shape = "  " + row.shape() + (row.misspecified() ? " *" : "");
    List<String> cells = new ArrayList<>(List.of(shape, claimed, right));
    for (Calibration.Quantity quantity : Calibration.Quantity.values()) {
      Optional<Calibration.Coverage> known = Optional.ofNullable(coverage.get(quantity));
      cells.add(known.map(LocaliseTable::coverage).orElse("–"));
    }
    return cells;
  }

  private void put(Calibration.Row row, Calibration.Ends ends) {
    ObjectNode node = json.withArray("calibration").addObject();
    node.put("ends", ends.name().toLowerCase(Locale.ROOT));
    node.put("shape", row.shape());
    node.put("misspecified", row.misspecified());
    put(node.putObject("claimed"), row.claimed());
    put(node.putObject("gradual"), row.gradual());
    put(node.putObject("nothing"), row.nothing());
    node.put("none", row.none());
    put(node.putObject("greatest"), row.greatest());
    put(node.putObject("counted"), row.counted());
    put(node, row.coverage());
  }

  private static void put(
      ObjectNode node, Map<Calibration.Quantity, Calibration.Coverage> coverage) {
    coverage.forEach(
        (quantity, known) -> {
          ObjectNode at = node.putObject(quantity.name().toLowerCase(Locale.ROOT));
          put(at, known.held());
          at.put("stated", known.stated());
        });
  }

  private static String coverage(Calibration.Coverage coverage) {
    return share(coverage.held()) + " / " + digits(coverage.stated());
  }

  /// The replays.
  void replays(List<Replays.Row> rows) {
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
    row(head);
    String before = "";
    for (Replays.Row row : rows) {
      if (row.curves() > 0) {
        if (!row.localiser().equals(before)) {
          row(List.of(row.localiser()));
          before = row.localiser();
        }
        List<String> cells = new ArrayList<>();
        cells.add("  " + row.group().words() + " (" + row.curves() + ")");
        measures.forEach(measure -> cells.add(figure(row.figure(measure), measure.decimals())));
        row(cells);
      }
    }
    align();
    lines.add("");
  }

  /// What the adaptive search missed, and why.
  void misses(List<Miss> misses) {
    if (misses.isEmpty()) {
      return;
    }
    lines.add(
        "Narrow windows that the adaptive search took elsewhere; seen: the share that agreed in the"
            + " tenth before, and in the tenth behind");
    row(List.of("line", "missed of claims", "taken", "rise", "seen", "window", "rise", "seen"));
    for (Miss miss : misses) {
      ObjectNode node = json.withArray("misses").addObject();
      node.put("line", miss.line()).put("claims", miss.claims()).put("misses", miss.misses());
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(miss.line()));
      cells.add(miss.misses() + " of " + miss.claims());
      cells.addAll(spot(miss.taken(), node.putObject("taken")));
      cells.addAll(spot(miss.window(), node.putObject("window")));
      row(cells);
    }
    align();
    lines.add("");
  }

  private static List<String> spot(Miss.Spot spot, ObjectNode node) {
    node.put("at", spot.at()).put("rise", spot.rise());
    put(node.putObject("before"), spot.before());
    put(node.putObject("after"), spot.after());
    return List.of(
        Numbers.share(spot.at()),
        Numbers.share(spot.rise()),
        seen(spot.before()) + ", " + seen(spot.after()));
  }

  private static String seen(Proportion counts) {
    return counts.known() ? Numbers.share(counts.estimate()) + " of " + counts.trials() : "nothing";
  }

  /// What no search can do about narrow windows.
  ///
  /// @param outcomes the most that a search may see
  void rivals(Rivals rivals, int outcomes) {
    if (rivals.curves() == 0) {
      return;
    }
    lines.add(
        "The place within 5 %: on narrow curves and a rival of each, whose window lies elsewhere,"
            + " no search with "
            + outcomes
            + " rollouts is right about more of its claims than");
    row(
        List.of(
            "line",
            "rival differs by",
            "all claimed",
            "0.9 claimed",
            "rollouts for 0.95: all",
            "0.9 claimed"));
    for (Rival rival : rivals.known()) {
      ObjectNode node = json.withArray("rivals").addObject();
      node.put("line", rival.line()).put("moved", rival.moved()).put("affinity", rival.affinity());
      Rivals one = new Rivals(1, List.of(rival));
      bound(Integer.toString(rival.line()), digits(rival.moved()), one, outcomes, node);
    }
    bound("all " + rivals.curves(), "", rivals, outcomes, json.putObject("bound"));
    align();
    lines.add("");
  }

  private void bound(String name, String moved, Rivals rivals, int outcomes, ObjectNode node) {
    List<String> right = new ArrayList<>();
    List<String> needed = new ArrayList<>();
    for (double claimed : CLAIMED) {
      double most = rivals.right(outcomes, claimed);
      Optional<Integer> fewest = rivals.needed(ASKED, claimed, MOST);
      right.add(digits(most));
      needed.add(fewest.map(String::valueOf).orElse("more than " + MOST));
      ObjectNode at = node.withArray("bounds").addObject();
      at.put("claimed", claimed).put("right", most).put("needed", fewest.orElse(null));
    }
    List<String> row = new ArrayList<>(List.of(name, moved));
    row.addAll(right);
    row.addAll(needed);
    row(row);
  }

  /// What every given position, measured anew, says of narrow windows.
  void again(List<Again> rows) {
    if (rows.isEmpty()) {
      return;
    }
    lines.add(
        "Narrow windows ("
            + rows.getFirst().curves()
            + ") by brute force: every given position is measured, and the window read off");
    row(List.of("rollouts at each", "of a response", "found", "within 5 % of place"));
    for (Again row : rows) {
      row(
          List.of(
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
    align();
    lines.add("");
  }

  /// The corpus.
  void corpus(Discoveries corpus) {
    lines.add("The corpus, all lines");
    lines.add(
        "  adjacent differences: "
            + corpus.tests()
            + " tests, "
            + corpus.nominal()
            + " with p < 0.05, "
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
    align();
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
  void search(KnownSteps steps) {
    lines.add("Adaptive searches on a model of the world, by the rise of the exact decisive step");
    row(List.of("rise", "claimed [95 %]", "claims", "step in interval/stated", "rollouts"));
    List<KnownSteps.Row> rows = new ArrayList<>(steps.rows());
    rows.add(steps.row(TextSearch.LEAST, 1.01));
    for (KnownSteps.Row row : rows) {
      String range =
          Numbers.share(row.from()) + " to " + Numbers.share(StrictMath.min(1, row.to()));
      row(
          List.of(
              range,
              share(row.claimed()) + " of " + row.claimed().trials(),
              Long.toString(row.held().trials()),
              row.held().known() ? share(row.held()) + " / " + digits(row.stated()) : "–",
              Numbers.tenth(row.rollouts())));
      ObjectNode node = json.withArray("search").addObject();
      node.put("from", row.from()).put("to", row.to());
      put(node.putObject("claimed"), row.claimed());
      put(node.putObject("held"), row.held());
      node.put("stated", row.stated()).put("rollouts", row.rollouts());
    }
    align();
    lines.add("");
  }

  /// The text so far.
  String text() {
    return String.join("\n", lines);
  }

  /// All of it as JSON.
  String json() {
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
                Numbers.of(known.value(), decimals)
                    + " "
                    + Numbers.interval(known.interval(), decimals))
        .orElse("");
  }

  private static String percent(double level) {
    return StrictMath.round(100 * level) + " %";
  }

  private static String digits(double value) {
    return Numbers.fine(value);
  }

  private void row(List<String> cells) {
    block.add(List.copyOf(cells));
  }

  /// Puts the rows since the last line one below the other. What stands alone is as wide as it is.
  private void align() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> cells : block) {
      for (int i = 0; i < cells.size() && cells.size() > 1; i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, StrictMath.max(widths.get(i), width(cells.get(i))));
      }
    }
    for (List<String> cells : block) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        int wide = cells.size() > 1 ? widths.get(i) : 0;
        row.append(cells.get(i)).repeat(' ', StrictMath.max(0, wide - width(cells.get(i))) + 3);
      }
      lines.add(row.toString().stripTrailing());
    }
    block.clear();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
