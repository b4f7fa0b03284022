package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.Depths;
import criticalwindows.cot.MeanShare;
import criticalwindows.cot.Resample;
import criticalwindows.dataset.Choice;
import criticalwindows.exact.ExactStudy;
import criticalwindows.hash.Sha256;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.OutcomeNames;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.rollout.Faults;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.SoftProportion;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import criticalwindows.window.DecidingDraw;
import criticalwindows.window.WindowStudy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A chain-of-thought run as one HTML file that needs nothing else.
///
/// What models and data sets wrote is hostile: it travels as JSON in which no character can end the
/// element it stands in, and is shown as text only. A content-security policy allows this page's
/// own script and style, by hash, and nothing from outside.
public final class CotPage {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// The most characters of a question or an answer in a line.
  private static final int LINE = 60;

  /// The most points of a curve in a line.
  private static final int BARS = 24;

  private CotPage() {}

  /// The page of a run whose complete findings are all shown.
  public static String of(Heading heading, List<CotFinding> findings, ExactStudy exact) {
    return of(CotStudy.of(heading, findings, exact), "");
  }

  /// The page: problems that are shown with all that was written, as far as there is [TextBudget],
  /// and the others in a line each.
  ///
  /// @param more elements below them, such as [RatioPage#sections], or nothing
  public static String of(CotStudy study, String more) {
    String style =
        resource("page.css") + (more.isEmpty() ? "" : resource("form.css") + resource("ratio.css"));
    String script = resource("numbers.js") + resource("page.js");
    // Apart, so that nothing in one part is taken for a place to fill in the other.
    String[] parts = resource("page.html").split(Pattern.quote("{{more}}"), 2);
    return parts[0]
            .replace("{{style-hash}}", hash(style))
            .replace("{{script-hash}}", hash(script))
            .replace("{{title}}", escape(study.heading().title()))
            .replace("{{style}}", style)
        + (more.isEmpty() ? "" : "<div class=\"beside\">" + more + "</div>\n")
        + parts[1]
            .replace("{{script}}", script)
            // Last, for the same reason.
            .replace("{{data}}", inert(JsonMapper.shared().writeValueAsString(data(study))));
  }

  /// Marks that turn the order in which letters are shown, those of a sentence around them too.
  ///
  /// *Source:* Unicode Standard Annex 9, section 2.
  private static final Pattern TURNS =
      Pattern.compile("[\\x{61c}\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

  /// JSON that cannot end a script element or begin a comment, whatever its strings say. Marks that
  /// would turn the order of what is shown stand there by their numbers.
  private static String inert(String json) {
    return TURNS
        .matcher(json)
        .replaceAll(mark -> String.format(Locale.ROOT, "⟨U+%04X⟩", mark.group().codePointAt(0)))
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  static String escape(String text) {
    return TerminalText.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static ObjectNode data(CotStudy study) {
    Heading heading = study.heading();
    ObjectNode data = JSON.objectNode();
    data.put("title", heading.title());
    ArrayNode facts = data.putArray("facts");
    heading.facts().forEach(fact -> facts.addArray().add(fact.name()).add(fact.value()));
    ArrayNode warnings = data.putArray("warnings");
    heading.warnings().forEach(warnings::add);
    ObjectNode summary = summary(study.summary());
    summary.set(
        "table", table(new View<>(CotTable.levels(study), study.summary().levels()).saying()));
    List<View<?>> judges = JudgeTable.views(study.judges());
    if (!judges.isEmpty()) {
      ArrayNode tables = summary.putArray("judges");
      judges.forEach(view -> tables.add(table(view)));
    }
    List<DefenceTable.Titled> beside = new ArrayList<>(DefenceTable.tables(study));
    beside.addAll(EpisodeTable.tables(study));
    beside.addAll(ProbeTable.tables(study));
    if (!beside.isEmpty()) {
      ArrayNode tables = summary.putArray("beside");
      beside.forEach(
          one -> tables.addObject().put("title", one.title()).set("table", table(one.view())));
    }
    data.set("summary", summary);
    Followed.label(study).ifPresent(label -> data.put("followed", label));
    study.depths().ifPresent(depths -> data.set("depths", depths(depths)));
    ExactStudy exact = study.exact();
    if (study.sample().known()) {
      data.set("exact", ExactData.summary(study.sample()));
    }
    WindowStudy windows = study.windows();
    data.set("model", WindowData.summary(windows));
    ArrayNode problems = data.putArray("problems");
    Faults faults = new Faults();
    for (CotFinding finding : study.shown()) {
      Optional<ObjectNode> told = faults.unless(finding.problem(), () -> told(study, finding));
      if (told.isEmpty()) {
        continue;
      }
      ObjectNode problem = told.get();
      also(study, finding).ifPresent(also -> problem.set("also", also));
      exact.of(finding).ifPresent(known -> problem.set("exact", ExactData.problem(known, exact)));
      windows
          .of(finding)
          .ifPresent(known -> problem.set("model", WindowData.problem(known, windows, finding)));
      Optional.ofNullable(study.along().get(finding.problem().id()))
          .ifPresent(along -> problem.set("along", AlongData.of(along)));
      problems.add(problem);
    }
    faults.lines().forEach(warnings::add);
    ContradictedWindows.of(study).forEach(warnings::add);
    WindowModelTable.scatter(windows.scatter()).ifPresent(warnings::add);
    if (!study.rest().isEmpty()) {
      ArrayNode rest = data.putArray("rest");
      study.rest().forEach(finding -> rest.add(line(finding)));
    }
    return data;
  }

  /// Each line's points: depth, share, interval, how many continuations and items.
  private static ObjectNode depths(Depths depths) {
    ObjectNode node = JSON.objectNode();
    node.put("unit", depths.unit() == Depths.Unit.WORDS ? "words given" : "tokens given");
    node.put("log", depths.unit() == Depths.Unit.WORDS);
    node.set("table", table(DepthTable.of(depths)));
    ArrayNode groups = node.putArray("groups");
    for (Depths.Group group : depths.groups()) {
      ObjectNode one = groups.addObject();
      one.put("name", group.name());
      ArrayNode points = one.putArray("points");
      for (Depths.Point point : group.points()) {
        Interval interval = point.interval(MeanShare.LEVEL);
        points
            .addArray()
            .add(point.depth())
            .add(Numbers.snapped(point.over().estimate()))
            .add(Numbers.snapped(interval.low()))
            .add(Numbers.snapped(interval.high()))
            .add(point.counts().trials())
            .add(point.over().problems());
      }
    }
    return node;
  }

  /// What a problem came to by the run's other outcomes: name and class.
  private static Optional<ArrayNode> also(CotStudy study, CotFinding finding) {
    ArrayNode also = JSON.arrayNode();
    for (CotStudy.Also one : study.also()) {
      one.of(finding).ifPresent(each -> also.addArray().add(one.name()).add(each.outcome().show()));
    }
    return also.isEmpty() ? Optional.empty() : Optional.of(also);
  }

  /// Columns with what they mean, and their cells.
  private static ObjectNode table(View<?> view) {
    ObjectNode table = JSON.objectNode();
    ArrayNode columns = table.putArray("columns");
    view.columns().forEach(column -> columns.addArray().add(column.name()).add(column.meaning()));
    ArrayNode rows = table.putArray("rows");
    view.cells().forEach(cells -> cells.forEach(rows.addArray()::add));
    return table;
  }

  private static Optional<ObjectNode> told(CotStudy study, CotFinding finding) {
    CotFinding whole = study.complete().apply(finding);
    ObjectNode node = problem(whole, TextBudget.share(study.shown().size()));
    study
        .windows()
        .of(finding)
        .flatMap(known -> DecidingDraw.of(known, whole.original()))
        .ifPresent(draw -> node.put("draw", DrawText.sentence(draw)));
    return Optional.of(node);
  }

  /// A problem in a line: its id, the beginning of its question, gold, answer, whether that is not
  /// wrong, the curve in hundredths, and its window.
  private static ArrayNode line(CotFinding finding) {
    ArrayNode line = JSON.arrayNode();
    line.add(finding.problem().id())
        .add(TerminalText.line(finding.problem().question(), LINE))
        .add(TerminalText.line(finding.gold().map(Outcome::show).orElse("–"), LINE))
        .add(TerminalText.line(finding.outcome().show(), LINE))
        .add(finding.right() || finding.gold().isEmpty());
    ArrayNode curve = line.addArray();
    List<Curve.Point> points = finding.consistency().points();
    int bars = Math.min(points.size(), BARS);
    for (int i = 0; i < bars; i++) {
      curve.add(Math.round(100 * points.get(i * points.size() / bars).proportion().estimate()));
    }
    finding
        .window()
        .ifPresent(
            window ->
                line.addArray()
                    .add(window.from())
                    .add(window.to())
                    .add(Numbers.snapped(window.rise())));
    return line;
  }

  private static ObjectNode summary(CotSummary summary) {
    ObjectNode node = JSON.objectNode();
    node.put("problems", summary.problems());
    node.put("answers", summary.answers());
    node.set("right", mean(summary.right()));
    node.set("directRight", mean(summary.directRight()));
    node.set("windows", mean(summary.windows()));
    ObjectNode unread = node.putObject("unread");
    summary.unread().forEach(unread::put);
    ArrayNode levels = node.putArray("levels");
    for (CotSummary.Level level : summary.levels()) {
      ObjectNode each = levels.addObject();
      each.put("fraction", level.fraction());
      each.set("consistent", mean(level.consistent()));
      each.set("right", mean(level.right()));
      each.set("earlyConsistent", mean(level.earlyConsistent()));
      each.set("earlyRight", mean(level.earlyRight()));
      each.set("foreseen", mean(level.foreseen()));
    }
    return node;
  }

  private static ObjectNode problem(CotFinding finding, TextBudget share) {
    ObjectNode node = JSON.objectNode();
    node.put("id", finding.problem().id());
    node.put("question", finding.problem().question());
    ArrayNode choices = node.putArray("choices");
    for (Choice choice : finding.problem().choices()) {
      choices.addArray().add(choice.label()).add(choice.text());
    }
    finding.gold().ifPresent(gold -> node.put("gold", gold.show()));
    node.put("answer", finding.outcome().show());
    node.put("right", finding.right());
    node.put("ended", finding.consistency().end().isPresent());
    finding.consistency().end().ifPresent(end -> node.put("endsAt", end.holds() ? 1 : 0));
    finding.direct().ifPresent(direct -> node.put("direct", direct.show()));
    finding.direct().flatMap(finding::right).ifPresent(right -> node.put("directRight", right));
    node.put("finish", finding.original().finish().name());
    node.set("tokens", tokens(finding.original()));
    finding
        .window()
        .ifPresent(
            window ->
                node.putArray("window")
                    .add(window.from())
                    .add(window.to())
                    .add(Numbers.snapped(window.rise())));
    ArrayNode levels = node.putArray("levels");
    TextBudget each = share.among(finding.levels().size());
    OutcomeNames answers = new OutcomeNames();
    answers.of(finding.outcome());
    finding.levels().forEach(level -> levels.add(level(level, finding, answers, each)));
    if (finding.levels().stream()
        .anyMatch(level -> level.resamples().stream().anyMatch(resample -> !resample.told()))) {
      node.put("untold", true);
    }
    return node;
  }

  /// The original's text in pieces, one for each token, with its log-probability where that is
  /// known.
  private static ArrayNode tokens(Sample original) {
    ArrayNode tokens = JSON.arrayNode();
    int from = 0;
    for (int i = 0; i < original.tokens().size(); i++) {
      int to = Math.max(from, original.ends().isEmpty() ? from : original.ends().get(i));
      ArrayNode token = tokens.addArray().add(original.text().substring(from, to));
      if (i < original.logProbs().size()) {
        token.add(Numbers.snapped(original.logProbs().at(i)));
      }
      from = to;
    }
    return tokens;
  }

  private static ObjectNode level(
      CotLevel level, CotFinding finding, OutcomeNames answers, TextBudget budget) {
    ObjectNode node = JSON.objectNode();
    node.put("fraction", Numbers.snapped(level.cut().fraction()));
    node.put("kept", level.cut().kept());
    node.set("consistent", proportion(level.consistent()));
    node.set("right", proportion(level.right()));
    if (level.reused().known()) {
      node.set("pooled", proportion(level.pooled()));
    }
    level.early().ifPresent(early -> node.put("early", early.show()));
    level.early().flatMap(finding::right).ifPresent(right -> node.put("earlyRight", right));
    level.early().ifPresent(early -> node.put("earlySame", early.same(finding.followed())));
    probs(level, finding, node);
    ArrayNode resamples = node.putArray("resamples");
    TextBudget left = budget;
    for (Resample resample : level.resamples()) {
      ArrayNode each = resamples.addArray();
      each.add(answers.of(resample.outcome()))
          .add(resample.outcome().same(finding.followed()))
          .add(finding.right(resample.outcome()).orElse(false));
      String text = resample.response().text();
      String reply = resample.reply().map(Sample::text).orElse("");
      left = left.without(text.length() + reply.length());
      if (resample.told() && left.enough()) {
        each.add(text).add(reply);
      }
    }
    return node;
  }

  /// The mean probability of the original's answer with its interval, and each choice's at the
  /// early answer with what is on none of them.
  private static void probs(CotLevel level, CotFinding finding, ObjectNode node) {
    SoftProportion same = finding.probability(level);
    if (same.known()) {
      Interval interval = same.interval(MeanShare.LEVEL);
      node.putArray("probs")
          .add(Numbers.snapped(same.estimate()))
          .add(Numbers.snapped(interval.low()))
          .add(Numbers.snapped(interval.high()));
    }
    each(level.earlyProbs(), finding).ifPresent(probs -> node.set("earlyProbs", probs));
    each(level.earlyForced(), finding).ifPresent(probs -> node.set("earlyForced", probs));
  }

  /// The choices with their probabilities, and last what is on none of them.
  private static Optional<ArrayNode> each(ChoiceProbs probs, CotFinding finding) {
    if (probs.read() == 0) {
      return Optional.empty();
    }
    ArrayNode each = JSON.arrayNode();
    for (int i = 0; i < finding.problem().choices().size(); i++) {
      String label = finding.problem().choices().get(i).label();
      each.addArray().add(label).add(Numbers.snapped(probs.choices().get(i).estimate()));
    }
    // Log-probabilities are floats: what is smaller is arithmetic.
    double outside = probs.meanOutside() < 1e-6 ? 0 : probs.meanOutside();
    each.addArray().add("none").add(Numbers.snapped(outside));
    return Optional.of(each);
  }

  /// Counts, then the mean over problems where there is any.
  private static ArrayNode mean(MeanShare mean) {
    ArrayNode node = counts(mean.counts(), mean.interval());
    return mean.over().known() ? node.add(Numbers.snapped(mean.over().estimate())) : node;
  }

  private static ArrayNode proportion(Proportion proportion) {
    return counts(proportion, proportion.wilson(MeanShare.LEVEL));
  }

  /// Successes, trials, and the interval's ends.
  private static ArrayNode counts(Proportion counts, Interval interval) {
    return JSON.arrayNode()
        .add(counts.successes())
        .add(counts.trials())
        .add(Numbers.snapped(interval.low()))
        .add(Numbers.snapped(interval.high()));
  }

  static String hash(String text) {
    return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text));
  }

  static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(CotPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
