package criticalwindows.bench;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.console.Gradients;
import criticalwindows.error.UserError;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.gguf.RandomLlama;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probestudy.ProbesStudy;
import criticalwindows.study.StudyFolder;
import criticalwindows.study.StudyRun;
import criticalwindows.study.TrainingStudy.Size;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw bench probes`: what activations and probes cost, and what they know.
@Command(
    name = "probes",
    description = {
      "Measures activations and probes. extraction: the time to read vectors and write them to"
          + " files, against the time in which the engine reads the same texts; fit: seconds of a"
          + " fit, and the direction it finds of one that was planted; monitor: a probe that reads"
          + " a response token by token, against plain decoding; known: forecasts held against"
          + " exact probabilities, beside every cheap baseline (the study of probes). Leave the"
          + " machine alone meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw bench probes --parts extraction,fit,monitor   what they cost, in some minutes",
      "  cw bench probes --parts known                    what they know, in an hour",
      "  cw bench probes --small                          a little of everything"
    })
final class ProbesBench implements Callable<Integer> {
  private static final String EXTRACTION = "extraction";
  private static final String FIT = "fit";
  private static final String MONITOR = "monitor";
  private static final String KNOWN = "known";
  private static final List<String> PARTS = List.of(EXTRACTION, FIT, MONITOR, KNOWN);

  private final Console console;
  private final Gradients gradients;
  private final BenchTable table = new BenchTable();

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "NAME",
      description = "Of extraction, fit, monitor, known (default: all).")
  List<String> parts = new ArrayList<>(PARTS);

  @Option(
      names = "--models",
      split = ",",
      defaultValue = "base,S",
      description = {
        "For extraction and monitor: of base and S, 15.7 million random weights (default:"
            + " ${DEFAULT-VALUE})."
      })
  List<String> models = new ArrayList<>();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Repetitions of each measurement (default: ${DEFAULT-VALUE}).")
  int rounds = 5;

  @Option(names = "--small", description = "A little of everything: shows that it works, no more.")
  boolean small;

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  ProbesBench(Console console, Gradients gradients) {
    this.console = console;
    this.gradients = gradients;
  }

  @Override
  public Integer call() throws InterruptedException {
    for (String part : parts) {
      if (!PARTS.contains(part)) {
        throw UserError.unknown("part", part, PARTS);
      }
    }
    if (rounds < 1) {
      throw new UserError("--rounds " + rounds, "give at least 1");
    }
    ProbeFitter fitter = ProbeFitter.required(gradients.probeFitter(), "bench probes");
    if (parts.contains(EXTRACTION)) {
      for (String model : models) {
        new ExtractionBench(engine.options(), rounds)
            .of(model)
            .forEach(measured -> say(measured.row(), measured.note()));
      }
    }
    if (parts.contains(FIT)) {
      (small ? ProbeFitBench.SMALL : ProbeFitBench.FULL)
          .measured(fitter, rounds)
          .forEach(row -> say(row, ""));
    }
    if (parts.contains(MONITOR)) {
      for (String model : models) {
        monitor(model);
      }
    }
    json.ifPresent(table::write);
    if (parts.contains(KNOWN)) {
      known(fitter);
    }
    return 0;
  }

  /// At the middle layer and at the last one.
  private void monitor(String model) throws InterruptedException {
    try (Scratch scratch = Scratch.make("cw-bench-probes")) {
      Path file = file(model, scratch);
      int layers;
      try (LlamaModel opened = LlamaModel.open(file, engine.options())) {
        layers = opened.layers();
      }
      for (int layer : List.of(layers / 2, layers)) {
        HookPoint hook = new HookPoint(Site.RESIDUAL, layer);
        ProbeMonitorBench.Measured measured =
            ProbeMonitorBench.measure(file, engine.options(), hook, rounds);
        say(
            new BenchTable.Row(
                model,
                "a probe at layer " + layer + " of " + layers + " / plain decoding",
                "<= 1.1",
                measured.ratios()),
            measured.line());
      }
    }
  }

  private static Path file(String model, Scratch scratch) {
    if (!model.equals("S")) {
      return ModelFiles.standard().find(model);
    }
    Path file = scratch.folder().resolve("S.gguf");
    RandomLlama.write(file, RandomLlama.SMALL, 1);
    return file;
  }

  private void known(ProbeFitter fitter) throws InterruptedException {
    WhiteBoxes boxes = WhiteBoxes.required(gradients.whiteBoxes(), "bench probes");
    try (Scratch scratch = Scratch.make("cw-bench-probes")) {
      StudyFolder folder =
          StudyFolder.create(
              scratch.folder().resolve("study"),
              new ProbesStudy(),
              small ? Size.SMALL : Size.PUBLISHED,
              Map.of());
      StudyRun.Tools tools =
          new StudyRun.Tools(boxes, fitter, ModelFiles.standard(), console.clock());
      new StudyRun(folder, tools, 1, (cell, done, all) -> {}).run();
      console.out().println(Files.readString(folder.write().page()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(BenchTable.Row row, String note) {
    table.add(row, note);
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%-8s %-50s %-36s %-8s %s",
                row.model(),
                row.what(),
                BenchTable.spread(row.values()),
                row.bar(),
                note));
    console.out().flush();
  }
}
