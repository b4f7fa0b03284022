package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.monitor.Followed;
import criticalwindows.monitor.Monitor;
import criticalwindows.reading.Texts;
import criticalwindows.reading.TraceFiles;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Tracing;
import criticalwindows.view.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Whole responses that a monitor reads: of a file, or the originals of a run.
///
/// @param responses in their order
record MonitoredTexts(List<Response> responses) {
  /// As responses are called whose family nobody says.
  static final String OTHERS = "texts";

  /// Reads this many at once for each that fits the models.
  private static final int WAVE = 2;

  /// A response.
  ///
  /// @param group by which it is counted
  record Response(String id, String group, Tokens prompt, Tokens tokens) {}

  /// What is to be read, and how responses are written that are not there.
  ///
  /// @param most tokens of a response that the first model writes
  /// @param seed of these
  record Source(Path texts, int most, long seed) {
    /// Whether it is a run.
    boolean isRun() {
      return Files.isDirectory(texts);
    }
  }

  static MonitoredTexts read(Console console, Source source, MonitorModels models)
      throws InterruptedException {
    if (source.isRun()) {
      try (RunFolder run = RunFolder.open(source.texts)) {
        return of(run, models);
      }
    }
    Texts texts = TraceFiles.read(source.texts);
    Hubs.say(console, texts.notes());
    Tracing tracing = Tracing.of(models.first(), texts.traces(), source.texts.toString());
    Hubs.say(console, tracing.notes());
    return new MonitoredTexts(written(console, source, models.first(), tracing.items()));
  }

  /// The originals of a run about given texts.
  ///
  /// @throws UserError if its tokens are not those of the models
  static MonitoredTexts of(RunFolder run, MonitorModels models) {
    List<Problem> problems = run.ledger().problems();
    if (Experiments.isForm(run) || problems.stream().anyMatch(each -> each.given().isEmpty())) {
      throw new UserError(
          "cw monitor reads runs about given texts, and "
              + run.folder()
              + " is a "
              + run.manifest().experiment()
              + " run",
          "name a run of cw run trace, cw run attack or cw run prefill, or a file of texts");
    }
    Map<String, Sample> originals = run.ledger().originals(problems);
    List<Response> all = new ArrayList<>();
    for (Problem problem : problems) {
      Optional.ofNullable(originals.get(problem.id()))
          .filter(original -> !original.tokens().isEmpty())
          .ifPresent(original -> all.add(of(run, models, problem, original)));
    }
    return new MonitoredTexts(all);
  }

  private static Response of(
      RunFolder run, MonitorModels models, Problem problem, Sample original) {
    Model model = models.first();
    int size = model.vocabulary().size();
    Tokens prompt = problem.given().orElseThrow().prompt();
    boolean known =
        prompt.plus(original.tokens()).stream().allMatch(id -> id < size)
            && model.vocabulary().decode(original.tokens()).equals(original.text());
    if (!known) {
      throw new UserError(
          problem.id()
              + " of "
              + run.folder()
              + " has tokens of another vocabulary than "
              + model.name(),
          "name models of the family that wrote the run's texts, with --aligned and --unaligned");
    }
    return new Response(problem.id(), problem.task(), prompt, original.tokens());
  }

  /// The model writes the responses that are not there.
  private static List<Response> written(
      Console console, Source source, Model model, List<Problem> items)
      throws InterruptedException {
    Tokens[] responses =
        items.stream()
            .map(item -> item.given().flatMap(GivenText::response).orElse(Tokens.none()))
            .toArray(Tokens[]::new);
    List<Integer> open = new ArrayList<>();
    List<Script> scripts = new ArrayList<>();
    Sampling sampling = model.recommended().sampling();
    for (int i = 0; i < responses.length; i++) {
      if (responses[i].isEmpty()) {
        Tokens prompt = prompt(items.get(i));
        int most = Math.min(source.most, model.contextLength() - prompt.size() - 1);
        long seed = Key.original(items.get(i).id()).seed(source.seed);
        open.add(i);
        scripts.add(new Script(prompt, List.of(Step.sample(sampling, Math.max(1, most))), seed));
      }
    }
    if (!open.isEmpty()) {
      console
          .err()
          .println(
              "note: "
                  + Numbers.count(open.size())
                  + " of "
                  + Numbers.count(items.size())
                  + " texts have no response; "
                  + model.name()
                  + " writes them (seed "
                  + source.seed
                  + ")");
      model.run(scripts, (index, done) -> responses[open.get(index)] = done.last().tokens());
    }
    List<Response> all = new ArrayList<>();
    for (int i = 0; i < responses.length; i++) {
      Problem item = items.get(i);
      if (!responses[i].isEmpty()) {
        boolean grouped = Sources.isFamily(item.task());
        all.add(
            new Response(item.id(), grouped ? item.task() : OTHERS, prompt(item), responses[i]));
      }
    }
    return all;
  }

  private static Tokens prompt(Problem item) {
    return item.given().orElseThrow().prompt();
  }

  /// The most tokens of a prompt and its response.
  int longest() {
    return responses.stream()
        .mapToInt(each -> each.prompt().size() + each.tokens().size())
        .max()
        .orElse(1);
  }

  /// Has them all read, some at a time.
  void follow(MonitorModels models, Monitor monitor, Consumer<Read> sink)
      throws InterruptedException {
    int most = monitor.mostTokens(longest());
    if (most > models.context()) {
      throw new UserError(
          "the longest text has " + most + " tokens, and the models read " + models.context(),
          "leave that text out, or use models with a longer context");
    }
    int wave =
        WAVE * models.models().values().stream().mapToInt(m -> m.width(most)).min().orElseThrow();
    for (int from = 0; from < responses.size(); from += wave) {
      List<Monitor.Piece> pieces = new ArrayList<>();
      List<Response> some = responses.subList(from, Math.min(responses.size(), from + wave));
      for (Response each : some) {
        pieces.add(
            new Monitor.Piece(
                monitor.begin(each.id(), each.prompt()), each.tokens(), Monitor.More.NONE));
      }
      monitor.read(pieces);
      for (int i = 0; i < some.size(); i++) {
        sink.accept(new Read(some.get(i), pieces.get(i).response()));
      }
    }
  }

  /// A response that was read.
  record Read(Response response, Followed followed) {}
}
