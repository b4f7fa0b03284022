package criticalwindows.bench;

import criticalwindows.error.UserError;
import criticalwindows.stats.Interval;
import criticalwindows.testbed.Consistency;
import criticalwindows.testbed.Estimate;
import criticalwindows.testbed.Measurement;
import criticalwindows.testbed.Measurement.Verdict;
import criticalwindows.testbed.SampledCurve;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.world.Policy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The table of `cw bench organism`, printed line by line and written to a file as it grows.
final class OrganismTable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final PrintStream out;
  private final double slack;
  private final Optional<Path> file;
  private final ObjectNode root = JSON.objectNode();
  private final ArrayNode lines;
  private String part = "";
  private int met;
  private int missed;

  /// @param slack in standard errors, added to every bar
  OrganismTable(PrintStream out, double slack, Optional<Path> file) {
    this.out = out;
    this.slack = slack;
    this.file = file;
    root.put("complete", false);
    lines = root.putArray("lines");
  }

  void facts(String model, Policy policy, long seed) {
    root.put("model", model);
    root.put("policy", policy.name().toLowerCase(Locale.ROOT));
    root.put("seed", seed);
    root.put("slack", slack);
    root.put("level", Estimate.LEVEL);
    out.println(
        "model "
            + TerminalText.line(model)
            + " against the world, temperature 1, seed "
            + seed
            + "; intervals at 95 %"
            + (slack == 0 ? "" : "; bars widened by " + (int) slack + " standard errors"));
    write();
  }

  /// Prints some lines of one part.
  void say(List<Measurement> measurements) {
    for (Measurement each : measurements) {
      if (!each.label().part().equals(part)) {
        part = each.label().part();
        out.println();
        out.println(heading());
      }
      Verdict verdict = each.verdict(slack);
      met += verdict == Verdict.MET ? 1 : 0;
      missed += verdict == Verdict.MISSED ? 1 : 0;
      out.println(shown(each, verdict));
      lines.add(json(each));
    }
    out.flush();
    write();
  }

  /// Keeps what a long part knows before it ends, in the file alone.
  void partly(Consistency consistency) {
    ArrayNode partial = root.putArray("unfinished");
    consistency.measurements().forEach(each -> partial.add(json(each)));
    curves(consistency);
    write();
  }

  /// Keeps the curves themselves, in the file alone.
  void curves(Consistency consistency) {
    ArrayNode curves = root.putArray("curves");
    for (SampledCurve curve : consistency.curves()) {
      ObjectNode node = curves.addObject();
      node.put("family", curve.family());
      node.put("reply", curve.reply());
      node.put("answer", curve.answer());
      node.put("samples", curve.samples());
      ArrayNode kept = node.putArray("characters");
      ArrayNode exact = node.putArray("exact");
      for (SampledCurve.Exact each : curve.exact()) {
        kept.add(each.kept());
        exact.add(each.probability());
      }
      ArrayNode same = node.putArray("same");
      curve.same().forEach(same::add);
    }
  }

  /// Says what the part took that was measured last.
  void took(String cost) {
    out.println("  (" + cost + ")");
  }

  /// Says how many bars were met and what it took.
  void close(String cost) {
    root.put("complete", true);
    root.remove("unfinished");
    root.put("cost", cost);
    out.println();
    out.println(met + " met, " + missed + " missed; " + cost);
    write();
  }

  int missed() {
    return missed;
  }

  private String heading() {
    return String.format(
        Locale.ROOT,
        "%-66s %7s %-16s %6s  %-9s %-8s",
        part.toUpperCase(Locale.ROOT),
        "value",
        "95 % interval",
        "exact",
        "",
        "bar");
  }

  private static String shown(Measurement each, Verdict verdict) {
    Estimate estimate = each.estimate();
    Interval interval = estimate.interval();
    String range = Double.isInfinite(interval.width()) ? "" : Numbers.fine(interval);
    return String.format(
            Locale.ROOT,
            "  %-22s %-41s %7s %-16s %6s  n %-7s %-8s %s",
            each.label().subject(),
            each.label().what(),
            number(estimate.value()),
            range,
            each.exact().map(OrganismTable::number).orElse(""),
            Numbers.count(estimate.count()),
            each.bar().show(),
            verdict.word())
        .stripTrailing();
  }

  /// Three decimals, or none where it is large.
  private static String number(double value) {
    return Math.abs(value) < 100 ? Numbers.fine(value) : Numbers.count(Math.round(value));
  }

  private ObjectNode json(Measurement each) {
    Estimate estimate = each.estimate();
    ObjectNode node = JSON.objectNode();
    node.put("part", each.label().part());
    node.put("subject", each.label().subject());
    node.put("what", each.label().what().strip());
    node.put("value", estimate.value());
    if (!Double.isInfinite(estimate.interval().width())) {
      node.put("low", estimate.interval().low());
      node.put("high", estimate.interval().high());
    }
    each.exact().ifPresent(exact -> node.put("exact", exact));
    node.put("n", estimate.count());
    node.put("noise", estimate.noise());
    node.put("bar", each.bar().show());
    node.put("verdict", each.verdict(slack).word());
    return node;
  }

  /// The whole file anew, moved into place in one step: a bench that is killed leaves the last one.
  private void write() {
    file.ifPresent(this::write);
  }

  private void write(Path to) {
    try {
      Path draft = to.resolveSibling(to.getFileName() + ".draft");
      Files.writeString(
          draft, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root));
      Files.move(draft, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError(
          "--json " + to + " cannot be written", "name a file in a folder that can", e);
    }
  }
}
