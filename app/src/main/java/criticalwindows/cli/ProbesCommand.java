package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.view.View;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `cw probes`: what activations tell of outcomes.
@Command(
    name = "probes",
    description = {
      "Fits small models that read an outcome's probability from activations, shows how good they"
          + " are beside what is cheaper, applies them, and writes their directions. Without more"
          + " it lists the kinds."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[fit|show|apply|export]",
    footer = {
      "",
      "What is fitted, and how to read the tables: docs/probes.md",
      "",
      "Examples:",
      "  cw activations runs/study --layers all --out acts",
      "  cw probes fit acts --target outcome --out probes/study",
      "  cw probes show probes/study",
      "  cw probes apply probes/study acts --csv forecasts",
      "  cw probes export probes/study acts --out right.gguf"
    })
final class ProbesCommand implements Runnable {
  private final Console console;

  private ProbesCommand(Console console) {
    this.console = console;
  }

  static CommandLine line(Console console, Optional<ProbeFitter> fitter) {
    return new CommandLine(new ProbesCommand(console))
        .addSubcommand("fit", new ProbesFit(console, fitter))
        .addSubcommand("show", new ProbesShow(console))
        .addSubcommand("apply", new ProbesApply(console))
        .addSubcommand("export", new ProbesExport(console));
  }

  @Override
  public void run() {
    List<List<String>> rows =
        ProbeKinds.ALL.stream().map(kind -> List.of(kind.name(), kind.about())).toList();
    View.aligned(rows).forEach(console.out()::println);
  }
}
