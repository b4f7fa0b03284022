package criticalwindows.cli;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.SequencePool;
import criticalwindows.alarm.AlarmScore;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.monitor.Gatherings;
import criticalwindows.monitor.ProbeScore;
import criticalwindows.probe.Probe;
import criticalwindows.remote.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The probes of a monitor, and the model that computes what they read, which is opened when it is
/// known how long texts are.
final class MonitorProbes implements AutoCloseable {
  /// Texts that are held at once where several come in pieces.
  static final int STREAMED = 16;

  private final List<ReadProbe> probes;
  private final AlarmScore.Probed how;
  private Optional<Opened> opened = Optional.empty();

  /// What reads.
  private record Opened(LlamaActivations reader, TimedReader timed, ProbeScore score) {}

  /// @param how with the files of the probes, in their order
  private MonitorProbes(List<ReadProbe> probes, AlarmScore.Probed how) {
    this.probes = probes;
    this.how = how;
  }

  /// Probes for a new threshold.
  ///
  /// @param suspected their class; `yes` where none is named
  /// @throws UserError if one of them has no such class
  static MonitorProbes of(List<ReadProbe> probes, Optional<String> suspected, String evidence) {
    String about = suspected.orElse("yes");
    for (ReadProbe each : probes) {
      if (!each.probe().classes().contains(about)) {
        throw new UserError(
            "the probe " + each.folder() + " has no class " + about,
            "name the one that raises alarms with --suspect: "
                + String.join(", ", each.probe().classes()));
      }
    }
    Gatherings.named(evidence);
    return new MonitorProbes(
        probes,
        new AlarmScore.Probed(
            probes.stream()
                .map(each -> new AlarmScore.ProbeFile(each.folder().toString(), each.sha256()))
                .toList(),
            about,
            evidence));
  }

  /// The probes of a threshold.
  ///
  /// @param folders where they are now; none: where they were
  /// @throws UserError if they are others
  static MonitorProbes of(AlarmScore.Probed then, List<Path> folders, ReadProbe.Source source) {
    List<Path> now =
        folders.isEmpty()
            ? then.files().stream().map(file -> Path.of(file.path())).toList()
            : folders;
    List<ReadProbe> probes = now.stream().map(source::read).toList();
    List<String> hashes = then.files().stream().map(AlarmScore.ProbeFile::sha256).toList();
    if (!probes.stream().map(ReadProbe::sha256).toList().equals(hashes)) {
      throw new UserError(
          "the threshold was chosen with other probes than " + now,
          "name those with --probe, or choose a threshold anew with cw monitor calibrate");
    }
    return new MonitorProbes(probes, then);
  }

  /// As a threshold's file keeps them.
  AlarmScore.Probed how() {
    return how;
  }

  /// Refuses another model than the one that probes were fitted on.
  ///
  /// @throws UserError if it is
  void require(Model model) {
    String now = model.provenance().getOrDefault("model sha256", "");
    for (ReadProbe each : probes) {
      if (!each.model().isEmpty() && !now.isEmpty() && !each.model().equals(now)) {
        throw new UserError(
            "the probe " + each.folder() + " was fitted on another model than " + model.name(),
            "name that one with --aligned; its SHA-256 is " + each.model());
      }
    }
  }

  /// What of a model is read, and of how many texts.
  ///
  /// @param options with its adapter
  /// @param tokens of the longest text
  /// @param texts that are held at once
  record Reads(String model, LlamaOptions options, int tokens, int texts) {}

  /// The score, with its model open.
  ///
  /// @throws UserError if the model is at a server, or cannot be read so
  ProbeScore score(Reads reads) {
    List<HookPoint> hooks =
        probes.stream().flatMap(each -> each.probe().hooks().stream()).distinct().sorted().toList();
    close();
    LlamaActivations reader =
        LlamaActivations.open(
            ModelFiles.standard().find(reads.model),
            reads.options,
            new LlamaActivations.Room(hooks, reads.texts, reads.tokens));
    TimedReader timed = new TimedReader(reader);
    SequencePool pool = new SequencePool(timed);
    List<Probe> all = probes.stream().map(ReadProbe::probe).toList();
    ProbeScore score = new ProbeScore(pool, all, how.suspected(), Gatherings.named(how.evidence()));
    opened = Optional.of(new Opened(reader, timed, score));
    return score;
  }

  /// What the score is, for people; of one that was made.
  String about() {
    return opened.orElseThrow().score.about();
  }

  /// Activations are of models that are computed here.
  ///
  /// @throws UserError if it is at a server
  static void requireFile(String model) {
    if (Address.isUrl(model)) {
      throw new UserError(
          "probes read what a model computes inside, and the model is at the server " + model,
          "name its GGUF file with --aligned");
    }
  }

  /// Tokens that were computed for the probes.
  long computed() {
    return opened.map(each -> each.score.pool().computed()).orElse(0L);
  }

  /// Tokens a second, prompts included; absent where nothing was read.
  Optional<Double> speed() {
    return opened
        .filter(each -> each.timed.nanoseconds() > 0)
        .map(each -> each.score.pool().computed() * 1e9 / each.timed.nanoseconds());
  }

  @Override
  public void close() {
    opened.ifPresent(each -> each.reader.close());
    opened = Optional.empty();
  }
}
