package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.remote.Findings;
import criticalwindows.remote.RemoteModel;
import criticalwindows.remote.Traffic;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What goes over the wire, said beside a run's progress; nothing where the model is in the
/// process.
final class Traffics {
  private Traffics() {}

  /// A few words each time they are asked for, or an empty text.
  ///
  /// @param price of a million tokens
  static Supplier<String> of(Model model, Optional<Double> price) {
    return model instanceof RemoteModel remote ? () -> say(remote.traffic(), price) : () -> "";
  }

  private static String say(Traffic traffic, Optional<Double> price) {
    StringBuilder text = new StringBuilder();
    text.append(" · ").append(traffic.inFlight()).append(" in flight");
    text.append(" · ").append(Numbers.count(traffic.retries())).append(" retries");
    if (traffic.failed() > 0) {
      text.append(" · ").append(Numbers.count(traffic.failed())).append(" failed");
    }
    if (!traffic.aside().isEmpty()) {
      text.append(" · set aside: ").append(String.join(", ", traffic.aside()));
    }
    price.ifPresent(per -> text.append(" · cost " + Numbers.money(traffic.cost(per))));
    return text.toString();
  }

  /// How fast the probe found a server to be; absent where the model is in the process.
  static Optional<String> speed(Model model) {
    return model instanceof RemoteModel remote
        ? Optional.of(remote.findings().of(Findings.Ability.SPEED).detail())
        : Optional.empty();
  }

  /// Tokens of prompts that servers have read; absent where the model is in the process.
  static Optional<Long> read(Model model) {
    return model instanceof RemoteModel remote
        ? Optional.of(remote.traffic().read())
        : Optional.empty();
  }

  /// Why what is sampled so is approximate; absent where it is exact.
  static Optional<String> approximate(Model model, Sampling sampling) {
    List<String> why =
        model instanceof RemoteModel remote
            ? remote.findings().verdict(sampling).approximate()
            : List.of();
    return why.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", why));
  }

  /// Says what a server lacks, before anything is sampled there.
  static void warn(Console console, Model model, Sampling sampling) {
    approximate(model, sampling)
        .ifPresent(why -> console.err().println("approximate: " + TerminalText.line(why)));
  }
}
