package criticalwindows.cli;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.gguf.ControlVector;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.SteeringDirection;
import criticalwindows.probing.JoinedActivations;
import criticalwindows.probing.ProbeFile;
import criticalwindows.vectors.StoredActivations;
import criticalwindows.view.Numbers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw probes export`: a probe's direction as a control vector.
@Command(
    name = "export",
    description = {
      "Writes the direction in which a linear probe's forecast rises as a control vector, for"
          + " --steer and llama.cpp. It is as long as the standard deviation of the activations in"
          + " that direction, so a scale is in standard deviations."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  cw probes export probes/study acts --out right.gguf",
      "  cw run cot --model base --steer right.gguf:2"
    })
final class ProbesExport implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "The probe's folder.")
  Path folder = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "ACTIVATIONS",
      arity = "1..*",
      description = "Folders that cw activations wrote: how far activations vary.")
  List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the control vector goes, a GGUF file.")
  Path out = Path.of("");

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class whose forecast rises (default: the probe's first).")
  Optional<String> about = Optional.empty();

  ProbesExport(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ProbeFile file = ProbeFile.read(folder);
    FittedProbe probe = file.probe();
    ActivationSet set =
        JoinedActivations.of(folders.stream().map(StoredActivations::open).toList());
    if (!file.card().model().equals(set.model())) {
      throw new UserError(
          "the probe was fitted to "
              + file.card().model()
              + ", and these are activations of "
              + set.model(),
          "give those that it was fitted on");
    }
    double[] weights = weights(probe, about.orElse(probe.classes().getFirst()));
    Map<Integer, float[]> directions = new TreeMap<>();
    for (int i = 0; i < probe.hooks().size(); i++) {
      HookPoint hook = probe.hooks().get(i);
      require(hook);
      double[] own = Arrays.copyOfRange(weights, i * set.width(), (i + 1) * set.width());
      SteeringDirection direction = direction(hook, own, set);
      directions.put(hook.layer(), direction.vector());
      console
          .out()
          .println(
              hook.word()
                  + ": a scale of 1 adds "
                  + Numbers.of(direction.deviation(), 4)
                  + ", a standard deviation of the activations in this direction");
    }
    new ControlVector(file.card().model().split(" ", 2)[0], directions).write(out);
    console.out().println("file  " + out + ", for --steer " + out + ":SCALE");
    return 0;
  }

  private static void require(HookPoint hook) {
    if (hook.site() != Site.RESIDUAL || hook.layer() < ControlVector.FIRST) {
      throw new UserError(
          "the probe reads "
              + hook.word()
              + ", and a control vector is added to the residual stream"
              + " after a layer from "
              + ControlVector.FIRST
              + " on",
          "fit a probe to residual."
              + ControlVector.FIRST
              + " or one above it, with --layers and"
              + " --site");
    }
  }

  private SteeringDirection direction(HookPoint hook, double[] weights, ActivationSet set) {
    try {
      return SteeringDirection.of(weights, set.at(hook));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "the probe " + folder + " has no direction at " + hook.word(),
          "it gives the same forecast whatever it reads; fit one with a smaller penalty",
          e);
    }
  }

  /// In which the logit of a class rises against the mean of the others.
  private double[] weights(FittedProbe probe, String name) {
    int at = probe.classes().indexOf(name);
    if (at < 0) {
      throw UserError.unknown("class of the probe", name, probe.classes());
    }
    int queries = probe.form().queries();
    int heads = probe.numbers().scores() - queries;
    if (heads == 1) {
      double sign = at == 0 ? 1 : -1;
      return Arrays.stream(probe.numbers().direction(queries)).map(w -> sign * w).toArray();
    }
    double[] own = probe.numbers().direction(queries + at);
    double[] others = new double[own.length];
    IntStream.range(0, heads)
        .filter(k -> k != at)
        .mapToObj(k -> probe.numbers().direction(queries + k))
        .forEach(each -> Arrays.setAll(others, i -> others[i] + each[i] / (heads - 1)));
    return IntStream.range(0, own.length).mapToDouble(i -> own[i] - others[i]).toArray();
  }
}
