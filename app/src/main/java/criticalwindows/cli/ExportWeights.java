package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotFinding;
import criticalwindows.error.UserError;
import criticalwindows.export.TrainingTables;
import criticalwindows.export.WeightsExport;
import criticalwindows.localise.Prior;
import criticalwindows.tables.Table;
import criticalwindows.tables.TableFolder;
import criticalwindows.weight.Among;
import criticalwindows.weight.Decided;
import criticalwindows.weight.Response;
import criticalwindows.weight.Rule;
import criticalwindows.weight.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw export weights`: responses whose tokens are weighted.
@Command(
    name = "weights",
    description = {
      "Writes a run's responses as token ids, with the loss mask and a weight for each token, for"
          + " cw train and for other trainers. In each response the weights sum to its number of"
          + " tokens, whatever the rule. Beside them lies a trainer of Hugging Face's that takes"
          + " them, in Python."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "All rules and columns: docs/exports.md",
      "",
      "Examples:",
      "  cw export weights runs/study --rule window --json data/window",
      "  cw export weights runs/study --rule random --seed 7 --json data/random",
      "  cw export weights runs/study --rule uniform --all --right --parquet data/right"
    })
final class ExportWeights implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "window",
      description = {
        "Where weight goes: window, rise, curve, prob, entropy, ratio or uniform; or a control:"
            + " random, shuffled or top-entropy (default: ${DEFAULT-VALUE})."
      })
  String rule = "window";

  @Option(
      names = "--all",
      description = "Every response that was cut, not only those whose window is claimed.")
  boolean all;

  @Option(names = "--right", description = "Only responses that came to the right outcome.")
  boolean right;

  @Option(
      names = "--ratio",
      paramLabel = "RUN",
      description = {
        "For --rule ratio: a run of likelihood ratios of these responses, by cw run ratio (default:"
            + " the folder ratio in the run's)."
      })
  Optional<Path> ratio = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of what controls draw (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Mixin TrainingOptions training = new TrainingOptions();

  ExportWeights(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Rule named = Rules.named(rule);
    if (ratio.isPresent() && !named.name().equals(TextRatios.RULE)) {
      throw new UserError(
          "--ratio, and --rule " + named.name() + " does not go by likelihood ratios",
          "leave it out, or say --rule " + TextRatios.RULE);
    }
    training.export(console, "export weights", new Weighting(named));
    return 0;
  }

  private final class Weighting implements TrainingOptions.Work {
    private final Rule named;

    Weighting(Rule named) {
      this.named = named;
    }

    @Override
    public Table table() {
      return TrainingTables.WEIGHTS;
    }

    @Override
    public Map<String, String> beside() {
      return Map.of(WeightsExport.TRAINER, WeightsExport.trainer());
    }

    @Override
    public List<String> write(TrainingOptions.Opened opened, TableFolder tables) {
      List<CotFinding> chosen = chosen(opened);
      List<Decided> decided =
          chosen.stream().flatMap(finding -> Decided.of(finding).stream()).toList();
      if (decided.isEmpty()) {
        throw new UserError(
            "no response of " + opened.run().folder() + " is left to be exported",
            "leave out --right, or go on with the run: cw resume " + opened.run().folder());
      }
      Prior prior = opened.windows().scatter().of(Prior.STANDARD);
      WeightsExport rows =
          new WeightsExport(opened.source(), named, new Among(decided, prior, seed), tables);
      TextRatios ratios = TextRatios.of(named, ratio, opened.run());
      for (CotFinding counted : chosen) {
        Decided.of(counted)
            .ifPresent(
                each -> {
                  CotFinding finding = opened.original(counted);
                  rows.add(finding, Response.of(each, finding.original(), ratios.of(finding)));
                });
      }
      if (rows.rows() == 0) {
        throw new UserError(
            "the rule " + named.name() + " gives no token any weight", "name another --rule");
      }
      List<String> facts = new ArrayList<>(rows.facts());
      facts.add(
          "other responses of the run, which were not chosen: "
              + (opened.findings().size() - decided.size()));
      facts.add("seed of what controls draw: " + seed);
      return facts;
    }

    private List<CotFinding> chosen(TrainingOptions.Opened opened) {
      List<CotFinding> some =
          all
              ? opened.findings()
              : opened.claimed("say --all to export every response that was cut");
      return right ? some.stream().filter(CotFinding::right).toList() : some;
    }
  }
}
