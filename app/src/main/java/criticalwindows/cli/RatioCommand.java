package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.ratio.RatioProtocol;
import criticalwindows.ratio.RatioSettings;
import criticalwindows.ratio.Role;
import criticalwindows.rollout.Budget;
import criticalwindows.run.Experiments;
import criticalwindows.run.Manifests;
import criticalwindows.run.MeasuredCurves;
import criticalwindows.run.RatioWork;
import criticalwindows.run.RunFolders;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Numbers;
import criticalwindows.world.Policy;
import criticalwindows.world.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw run ratio`: what two models make of texts that exist already.
@Command(
    name = "ratio",
    description = {
      "Does a likelihood ratio see a jailbreak? A model that was taught to refuse and one that was"
          + " not say how likely each token of a text is: its prompt and its response, at"
          + " temperature 1, with nothing masked. Shown is how well scores made of that tell each"
          + " family of attacks from benign texts, how far the two models are apart token by token,"
          + " and, where TEXTS is a run, how the ratio goes along its measured curves."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw run ratio runs/attack-aligned-world-1 --aligned aligned --unaligned base"
          + " --benign harmless.jsonl",
      "  cw run ratio chats.jsonl --aligned llama-3.1-8b-instruct.gguf --unaligned"
          + " llama-3.1-8b.gguf",
      "  cw run ratio chats.jsonl --aligned http://gpu1:8000 --unaligned http://gpu2:8000",
      "",
      "docs/ratio.md explains what is shown."
    })
final class RatioCommand implements Callable<Integer> {
  private static final String NONE = "none";

  private final Console console;

  @Parameters(
      paramLabel = "TEXTS",
      description = {
        "A file of texts with responses, as cw run trace reads them, with a field \"family\"; or"
            + " the folder of a run, whose original responses are scored."
      })
  Path texts = Path.of("");

  @Mixin RatioOptions models = new RatioOptions();

  @Option(
      names = "--benign",
      paramLabel = "FILE|RUN|none",
      description = {
        "Benign texts, by which false alarms are counted (default: those of TEXTS whose family is"
            + " benign, or whose kind is; none to do without)."
      })
  Optional<String> benign = Optional.empty();

  @Option(
      names = "--phrase",
      paramLabel = "TEXT",
      defaultValue = Request.PREFILL,
      description =
          "The fixed phrase, as the beginning of the response (default: ${DEFAULT-VALUE}).")
  String phrase = Request.PREFILL;

  @Option(
      names = "--follow",
      paramLabel = "CLASS",
      description = {
        "The class whose probability scores are to foretell, where outcomes are recorded in a file"
            + " (default: complied; of a run, the class that its curves follow)."
      })
  Optional<String> follow = Optional.empty();

  @Option(names = "--dry-run", description = "Only say what this will score; nothing is written.")
  boolean dryRun;

  @Option(names = "--shard", hidden = true)
  Optional<String> shard = Optional.empty();

  @Option(names = "--budget", hidden = true)
  Optional<String> budget = Optional.empty();

  @Option(names = "--adaptive", hidden = true)
  boolean adaptive;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder; must not exist (default: a new one in runs/).")
  Optional<Path> out = Optional.empty();

  RatioCommand(Console console) {
    this.console = console;
  }

  /// What is to be scored, and by what.
  private record Prepared(
      RatioTexts texts, RatioSettings settings, RatioModel aligned, RatioModel unaligned) {}

  /// A model that is open until somebody takes it.
  private static final class Kept implements AutoCloseable {
    private Optional<Model> model;

    Kept(Model model) {
      this.model = Optional.of(model);
    }

    Model model() {
      return model.orElseThrow();
    }

    Model take() {
      Model taken = model();
      model = Optional.empty();
      return taken;
    }

    @Override
    public void close() {
      model.ifPresent(Model::close);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    if (phrase.isBlank()) {
      throw new UserError("--phrase is empty", "give a text with which a response could begin");
    }
    requireBenign();
    RatioModel unaligned;
    try (Model opened = models.open(console, Role.UNALIGNED)) {
      unaligned = known(Role.UNALIGNED, opened);
    }
    try (Kept aligned = new Kept(models.open(console, Role.ALIGNED))) {
      Prepared prepared = prepared(aligned.model(), unaligned);
      Hubs.say(console, prepared.texts.notes());
      return dryRun ? 0 : begin(prepared, aligned);
    }
  }

  /// What other experiments can be told, and this one cannot.
  private void requireSense() {
    List<String> named = new ArrayList<>();
    shard.ifPresent(value -> named.add("--shard"));
    budget.ifPresent(value -> named.add("--budget"));
    if (adaptive) {
      named.add("--adaptive");
    }
    if (!named.isEmpty()) {
      throw new UserError(
          named.getFirst() + ", and cw run ratio samples nothing",
          "leave it out: each model reads every text once");
    }
  }

  /// Whether false alarms can be counted is known before any model is open.
  private void requireBenign() {
    boolean any = RatioTexts.anyBenign(texts);
    others().ifPresent(RatioTexts::anyBenign);
    if (!any && benign.isEmpty()) {
      throw new UserError(
          "no text of " + texts + " is benign, so no rate of false alarms can be told",
          "give benign ones with --benign FILE or --benign RUN, or go without: --benign none");
    }
  }

  /// Where more benign texts are.
  private Optional<Path> others() {
    return benign.filter(from -> !from.equals(NONE)).map(Path::of);
  }

  private int begin(Prepared prepared, Kept aligned) throws InterruptedException {
    RatioTexts all = prepared.texts;
    Manifest manifest =
        NewRuns.ratio(
            console,
            prepared.settings,
            new NewRuns.Pair(prepared.aligned, prepared.unaligned, models.chatTemplate),
            new Manifest.Items(texts.toString(), all.items().size()));
    Path folder =
        out.orElseGet(
            () ->
                RunFolders.fresh(
                    RatioSettings.EXPERIMENT, texts.toString(), prepared.aligned.file().name()));
    try (RunFolder run = RunFolder.create(folder, manifest, all.items())) {
      MeasuredCurves.write(run, all.curves());
      // The aligned model is closed before the other one is opened again.
      return go(
          console, run, role -> role == Role.ALIGNED ? aligned.take() : models.open(console, role));
    }
  }

  /// Works on a run until it is done, and reports.
  ///
  /// @return the exit code
  static int go(Console console, RunFolder run, RatioWork.Opening opening)
      throws InterruptedException {
    return new Session(console, run, Budget.NONE, () -> "", Experiments.scorers(run))
        .go((limits, progress) -> new RatioWork(run, opening, limits, progress).go());
  }

  private Prepared prepared(Model opened, RatioModel unaligned) throws InterruptedException {
    RatioModel aligned = known(Role.ALIGNED, opened);
    aligned.requireSameVocabulary(unaligned);
    RatioTexts all = read(opened, ModelFiles.policy(aligned.file().sha256()));
    RatioProtocol protocol =
        new RatioProtocol(opened, Role.ALIGNED, opened.vocabulary().encode(phrase));
    requireFit(all.items(), protocol, List.of(aligned, unaligned));
    if (dryRun) {
      say(all, protocol);
    }
    Optional<String> followed = Files.isDirectory(texts) ? all.follow() : outcome(all);
    return new Prepared(all, new RatioSettings(phrase, followed), aligned, unaligned);
  }

  private RatioModel known(Role role, Model opened) throws InterruptedException {
    Map<String, String> provenance = NewRuns.provenance(opened, Sampling.PLAIN);
    return RatioModel.of(role, Manifests.file(opened, models.path(role)), provenance, opened);
  }

  /// The class of recorded outcomes, where there are any or exact probabilities stand for them.
  private Optional<String> outcome(RatioTexts all) {
    boolean told =
        all.items().stream().anyMatch(item -> item.answer().isPresent())
            || all.curves().values().stream().anyMatch(curve -> !curve.exact().isEmpty());
    return told ? Optional.of(follow.orElse(RequestOptions.COMPLIED)) : Optional.empty();
  }

  private RatioTexts read(Model aligned, Optional<Policy> policy) {
    RatioTexts own = RatioTexts.read(texts, aligned);
    RatioTexts read =
        others().map(source -> own.plus(RatioTexts.read(source, aligned).benign())).orElse(own);
    return policy.map(taught -> read.withExact(aligned, taught)).orElse(read);
  }

  private static void requireFit(
      List<Problem> items, RatioProtocol protocol, List<RatioModel> both) {
    for (RatioModel model : both) {
      for (Problem item : items) {
        if (protocol.mostTokens(item) > model.context()) {
          throw new UserError(
              item.id()
                  + " takes "
                  + protocol.mostTokens(item)
                  + " tokens, and the context of "
                  + model.file().name()
                  + " is "
                  + model.context(),
              "leave that text out, or use models with a longer context");
        }
      }
    }
  }

  private void say(RatioTexts all, RatioProtocol protocol) {
    Map<String, Long> families =
        all.items().stream()
            .collect(Collectors.groupingBy(Problem::task, TreeMap::new, Collectors.counting()));
    String each =
        families.entrySet().stream()
            .map(entry -> entry.getKey() + " " + Numbers.count(entry.getValue()))
            .collect(Collectors.joining(", "));
    long tokens = all.items().stream().mapToLong(protocol::scored).sum();
    console.out().println("  dry run  nothing was written");
    console.out().println("  texts    " + Numbers.count(all.items().size()) + ": " + each);
    console.out().println("  tokens   " + Numbers.count(tokens) + " scored by each model");
    models.server.price.ifPresent(
        price ->
            console.out().println("  cost     about " + Numbers.money(2 * tokens / 1e6 * price)));
  }
}
