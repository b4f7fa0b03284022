package criticalwindows.export;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Faults;
import criticalwindows.rollout.Sample;
import criticalwindows.window.WindowStudy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A run for Inspect: a log, `.eval` or `.json`, with a sample for each item, or lines of scores
/// for its scorer `precomputed_scores`, `.jsonl`. The window and its intervals are the metadata of
/// a score, whose value is the probability that there is one.
///
/// Continuations are no branches there: Inspect's anchors lie between the steps of an agent, and
/// cuts lie within one.
public final class InspectExport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Run run;
  private final RunExport.Sampled sampled;
  private final WindowStudy windows;
  private final InspectSamples samples;
  private final Faults faults = new Faults();
  private int written;

  private InspectExport(Run run, RunExport.Sampled sampled, WindowStudy windows) {
    this.run = run;
    this.sampled = sampled;
    this.windows = windows;
    this.samples = new InspectSamples(run.model, run.outcome, windows);
  }

  /// What a log says of the run as a whole.
  ///
  /// @param task what it is called there
  /// @param source of the items
  /// @param begun when the run began
  /// @param outcome by which windows were found
  public record Run(String task, String model, String source, Instant begun, String outcome) {}

  /// Where everything that was sampled goes.
  private interface Target {
    void add(CotFinding finding) throws IOException;
  }

  /// Refuses a name that says no layout, or is there.
  ///
  /// @throws UserError if it cannot be written so
  public static void check(Path file) {
    if (ending(file).isEmpty()) {
      throw new UserError(
          "--inspect " + file + " ends in none of .eval, .json and .jsonl",
          "name a log FILE.eval or FILE.json, or scores for precomputed_scores, FILE.jsonl");
    }
    if (Files.exists(file)) {
      throw new UserError(file + " is there already", "name a new file");
    }
  }

  private static Optional<String> ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return List.of(".eval", ".json", ".jsonl").stream().filter(name::endsWith).findFirst();
  }

  /// Writes it. No more than one problem is held at a time.
  ///
  /// @param windows what the window model says of its problems; those that are left out have no
  ///   score
  /// @return a line for each problem that could not be worked out, and is left out
  public static List<String> write(
      RunExport.Sampled sampled, WindowStudy windows, Run run, Path file) {
    check(file);
    InspectExport export = new InspectExport(run, sampled, windows);
    Path part = Durable.part(file);
    try {
      Files.deleteIfExists(part);
      switch (ending(file).orElseThrow()) {
        case ".jsonl" -> export.lines(part);
        case ".json" -> export.json(part);
        default -> export.archive(part);
      }
      Durable.publish(part, file);
    } catch (IOException e) {
      Durable.discard(part);
      throw Durable.unwritable(file, e);
    } catch (UncheckedIOException e) {
      Durable.discard(part);
      IOException cause = e.getCause();
      throw Durable.unwritable(file, cause == null ? new IOException(e) : cause);
    }
    return export.faults.lines();
  }

  private void lines(Path part) throws IOException {
    try (JsonText out = JsonText.of(part)) {
      each(
          finding -> {
            Optional<ObjectNode> line = samples.line(finding);
            if (line.isPresent()) {
              out.add(line.get()).add("\n");
            }
          });
    }
  }

  private void json(Path part) throws IOException {
    // The order of these fields is the layout's; how many samples there are is known at the end.
    Path body = Durable.part(part);
    Files.deleteIfExists(body);
    try {
      try (JsonText out = JsonText.of(body)) {
        each(
            finding -> {
              out.add(written == 1 ? "" : ",\n").add(samples.sample(finding));
            });
      }
      try (JsonText out = JsonText.of(part)) {
        String header = header().toString();
        out.add(header.substring(0, header.length() - 1)).add(",\"samples\":[\n");
        out.copy(body);
        out.add("\n]}\n");
      }
    } finally {
      Durable.discard(body);
    }
  }

  private void archive(Path part) throws IOException {
    try (JsonEntries out = JsonEntries.of(part, run.begun)) {
      ObjectNode start = object().put("version", 2);
      start.set("eval", eval());
      start.set("plan", plan());
      out.add("_journal/start.json", start);
      ArrayNode summaries = JsonMapper.shared().createArrayNode();
      each(
          finding -> {
            InspectSamples.Id id = InspectSamples.Id.of(finding.problem().id());
            out.add(
                "samples/" + id.id() + "_epoch_" + id.epoch() + ".json", samples.sample(finding));
            summaries.add(samples.summary(finding).put("completed", true));
          });
      out.add("summaries.json", summaries);
      out.add("header.json", header());
    }
  }

  private void each(Target target) {
    sampled.ledger().forEach((problem, rows) -> add(problem, rows, target));
  }

  private void add(Problem problem, List<Sample> rows, Target target) {
    faults
        .unless(problem, () -> CotFinding.of(problem, rows, sampled.plan(), sampled.scorer()))
        .ifPresent(
            finding -> {
              written++;
              try {
                target.add(sampled.texts().of(finding));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static ObjectNode object() {
    return JsonMapper.shared().createObjectNode();
  }

  private ObjectNode header() {
    ObjectNode header = object().put("version", 2).put("status", "success");
    header.set("eval", eval());
    header.set("plan", plan());
    ObjectNode results = header.putObject("results");
    results.put("total_samples", written).put("completed_samples", written);
    ObjectNode score = results.putArray("scores").addObject();
    score.put("name", InspectSamples.SCORE).put("scorer", InspectSamples.SCORE);
    score.putObject("metrics");
    header.putObject("stats").put("started_at", time()).put("completed_at", time());
    return header;
  }

  private ObjectNode eval() {
    ObjectNode eval = object().put("created", time()).put("task", run.task);
    eval.put("eval_id", run.task).put("run_id", run.task).put("task_id", run.task);
    ObjectNode dataset = eval.putObject("dataset").put("name", run.source);
    dataset.put("samples", sampled.ledger().problems().size());
    eval.put("model", run.model);
    eval.putObject("config");
    eval.putObject("metadata")
        .put("outcome", run.outcome)
        .put("texts", sampled.texts().name().toLowerCase(Locale.ROOT))
        .put("windows", windows.byProblem().size());
    return eval;
  }

  private static ObjectNode plan() {
    return object().put("name", "plan").set("steps", JsonMapper.shared().createArrayNode());
  }

  private String time() {
    return TIME.format(run.begun);
  }
}
