package criticalwindows.cli;

import criticalwindows.alarm.AlarmScore;
import criticalwindows.error.UserError;
import criticalwindows.monitor.Gatherings;
import criticalwindows.monitor.ProbeScore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What a monitor goes by: a score, probes, or a mix.
final class MonitorProbeOptions {
  @Option(
      names = "--score",
      paramLabel = "SCORE",
      description = {
        "What is followed along a response: ratio, ratio-sum, aligned, unaligned, early or probe;"
            + " see docs/monitor.md (default: ratio, and probe where one is named)."
      })
  Optional<String> score = Optional.empty();

  @Option(
      names = "--probe",
      paramLabel = "DIR",
      split = ",",
      description = {
        "Probes of the aligned model, as cw probes fit has written them: the mean of their"
            + " log-odds."
      })
  List<Path> folders = List.of();

  @Option(
      names = "--mix",
      paramLabel = "SCORE=WEIGHT,…",
      description = {
        "A weighted sum of several scores instead of one, each less its mean on the benign"
            + " responses and by its standard deviation there, such as probe=1,ratio=0.5."
      })
  Optional<String> mix = Optional.empty();

  @Option(
      names = "--suspect",
      paramLabel = "CLASS",
      description = "The class of the probes that raises alarms (default: yes).")
  Optional<String> suspected = Optional.empty();

  @Option(
      names = "--evidence",
      paramLabel = "WAY",
      defaultValue = Gatherings.STANDARD,
      description = {
        "How forecasts of several tokens become one score: mean:N of the last N log-odds,"
            + " highest:N such mean so far, or cusum:NATS (default: ${DEFAULT-VALUE})."
      })
  String evidence = Gatherings.STANDARD;

  /// What is followed.
  ///
  /// @throws UserError if probes are followed and none is named, or the other way round
  AlarmScore named() {
    String one = score.orElse(folders.isEmpty() ? "ratio" : ProbeScore.NAME);
    if (mix.isPresent() && score.isPresent()) {
      throw new UserError(
          "--score " + score.get() + ", and --mix " + mix.get(), "name one of the two");
    }
    AlarmScore named = mix.map(AlarmScore::parse).orElseGet(() -> AlarmScore.of(one));
    if (named.reads() && folders.isEmpty()) {
      throw new UserError(
          "the score probe, and no probe is named", "name one with --probe DIR; see cw probes fit");
    }
    if (!named.reads() && !folders.isEmpty()) {
      throw new UserError(
          "--probe " + folders.getFirst() + ", and the score " + named.name(),
          "give --score probe, or --mix with probe among its scores");
    }
    return named;
  }
}
