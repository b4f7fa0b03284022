package criticalwindows.bench;

import criticalwindows.console.AdapterOption;
import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.console.Exit;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.Counters;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.rollout.Budget;
import criticalwindows.testbed.Organism;
import criticalwindows.view.Numbers;
import criticalwindows.world.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw bench organism`: a model against the world it was taught.
@Command(
    name = "organism",
    description = {
      "Measures a model of the built-in world against that world, whose every probability is known"
          + " exactly, at temperature 1. Prints a line for each measurement with its 95 %% interval"
          + " and its bar; ends with 1 if one is missed."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw bench organism --small                     in two minutes, bars widened by the noise",
      "  cw bench organism --json organism.json        the whole of it, some hours on two cores",
      "  cw bench organism --threads 32                the same where there are many cores",
      "  cw bench organism --model my.gguf --policy aligned --parts requests,prefill"
    })
final class OrganismBench implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      defaultValue = ModelFiles.BASE,
      description = "As for run (default: ${DEFAULT-VALUE}).")
  String model = ModelFiles.BASE;

  @Option(
      names = "--policy",
      defaultValue = "base",
      description = "What it was taught to do with requests: base or aligned.")
  Policy policy = Policy.BASE;

  @Option(
      names = "--n",
      paramLabel = "N",
      description = "Replies to each family for its accuracy (default: 6000, --small: 24).")
  Optional<Integer> replies = Optional.empty();

  @Option(
      names = "--families",
      split = ",",
      paramLabel = "NAME",
      description = "Of arithmetic, method, ordering, syllogism, facts (default: all).")
  List<String> families = new ArrayList<>(OrganismParts.FAMILIES);

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "NAME",
      description = {
        "Of accuracy, decisions, consistency, forms, requests, prefill, repeat, posterior"
            + " (default: all)."
      })
  List<String> parts = new ArrayList<>(OrganismParts.NAMES);

  @Option(
      names = "--small",
      description = {
        "A few of everything; a bar is missed where the value lies beyond it by more than 4"
            + " standard errors."
      })
  boolean small;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of everything that is drawn (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Mixin AdapterOption adapter = new AdapterOption();

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the numbers there too, as they come, so that nothing is lost.")
  Optional<Path> json = Optional.empty();

  OrganismBench(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    families.forEach(name -> known("family", name, OrganismParts.FAMILIES));
    parts.forEach(name -> known("part", name, OrganismParts.NAMES));
    Instant begun = console.clock().instant();
    try (LlamaModel opened =
        LlamaModel.open(ModelFiles.standard().find(model), adapter.in(engine.options()))) {
      OrganismTable table = new OrganismTable(console.out(), small ? 4 : 0, json);
      table.facts(model, policy, seed);
      Organism organism = new Organism(opened, seed, new BenchProgress(console));
      OrganismParts measured =
          new OrganismParts(
              organism, table, new OrganismParts.Plan(seed, policy, families, size()));
      for (String part : OrganismParts.NAMES) {
        if (parts.contains(part)) {
          Counters before = opened.counters();
          Instant at = console.clock().instant();
          measured.measure(part);
          table.took(cost(opened.counters().since(before), since(at)));
        }
      }
      table.close(cost(opened.counters(), since(begun)));
      return table.missed() == 0 ? 0 : Exit.FAILED;
    }
  }

  private static void known(String kind, String name, List<String> names) {
    if (!names.contains(name)) {
      throw UserError.unknown(kind, name, names);
    }
  }

  private OrganismSize size() {
    OrganismSize size = small ? OrganismSize.SMALL : OrganismSize.FULL;
    if (replies.isPresent() && replies.get() < 1) {
      throw new UserError("--n " + replies.get(), "measure one reply at least");
    }
    return replies.map(size::withReplies).orElse(size);
  }

  private Duration since(Instant begun) {
    return Duration.between(begun, console.clock().instant());
  }

  private static String cost(Counters counters, Duration taken) {
    return Budget.spoken(taken)
        + ", "
        + Numbers.count(counters.sampledTokens())
        + " tokens sampled, "
        + Numbers.count(counters.computedTokens())
        + " computed";
  }
}
