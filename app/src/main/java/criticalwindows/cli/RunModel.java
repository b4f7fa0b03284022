package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.ratio.Role;
import criticalwindows.remote.Address;
import criticalwindows.run.Experiments;
import criticalwindows.run.Manifests;
import criticalwindows.run.RatioWork;
import criticalwindows.run.SameModel;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The model of a run, opened again by whoever goes on with it.
final class RunModel {
  @Option(
      names = "--model",
      paramLabel = "FILE|URL",
      description = "Where the model is now, if it has moved; it must be the same one.")
  Optional<String> model = Optional.empty();

  @Option(
      names = "--adapter",
      paramLabel = "FILE",
      description = "Where its adapter is now, if it has moved; it must be the same one.")
  Optional<Path> adapter = Optional.empty();

  @Option(
      names = "--steer",
      paramLabel = "FILE:SCALE",
      description = {
        "Where its control vector is now, if it has moved; it and its scale must be the same."
      })
  Optional<String> steer = Optional.empty();

  @Mixin EngineOptions engine = new EngineOptions();

  @Mixin ServerOptions server = new ServerOptions();

  @Option(
      names = "--trust-servers",
      description = {
        "Send the run's texts to the servers that its folder names. A key goes only to servers that"
            + " --model names."
      })
  boolean trustServers;

  /// The model that a run began with.
  ///
  /// @throws UserError if what is there now is another one, or it is a server that only the folder
  ///   names: a folder can come from anybody
  Model open(Console console, Manifest manifest) throws InterruptedException {
    requireNamed(manifest.subject(), model, "--model");
    Model opened = options(manifest).open(console);
    try {
      SameModel.require(manifest, opened);
      return opened;
    } catch (UserError e) {
      opened.close();
      throw e;
    }
  }

  /// Where a model and its adapter are now, if they have moved.
  record Moved(Optional<String> model, Optional<Path> adapter) {}

  /// The models of a run on likelihood ratios, by their roles.
  ///
  /// @param unaligned where that model is now, if it has moved
  Model open(Console console, Manifest manifest, Role role, Moved unaligned)
      throws InterruptedException {
    Manifest.ModelFile file = RatioWork.model(manifest, role);
    Moved moved = role == Role.ALIGNED ? new Moved(model, adapter) : unaligned;
    requireNamed(file, moved.model, role == Role.ALIGNED ? "--model" : "--unaligned");
    Map<String, String> facts = RatioWork.facts(manifest, role);
    ModelOptions options = options(file, facts, moved);
    options.chatTemplate = Manifests.chatTemplate(manifest);
    Optional<String> given = server.servedModel;
    try {
      server.servedModel =
          (role == Role.ALIGNED ? given : Optional.<String>empty())
              .or(() -> Optional.ofNullable(facts.get("served model")));
      return options.open(console);
    } finally {
      server.servedModel = given;
    }
  }

  private void requireNamed(Manifest.ModelFile file, Optional<String> named, String option) {
    String path = file.path();
    server.trusted = named.isPresent() || !Address.isUrl(path);
    if (!server.trusted && !trustServers) {
      throw new UserError(
          "the run's folder names the server " + path + ", and nothing is sent there unasked",
          "if you know it: " + option + " " + path + ", or --trust-servers, which sends it no key");
    }
  }

  /// How a run is gone on with. The address is left to whoever does it: the one in the folder can
  /// be a stranger's.
  static String again(String command, RunFolder run) {
    Manifest manifest = run.manifest();
    String again =
        command + " " + run.folder() + (served(manifest.subject()) ? " --model URL" : "");
    return Experiments.isRatio(run) && served(RatioWork.model(manifest, Role.UNALIGNED))
        ? again + " --unaligned URL"
        : again;
  }

  private static boolean served(Manifest.ModelFile file) {
    return Address.isUrl(file.path());
  }

  private ModelOptions options(Manifest manifest) {
    if (server.servedModel.isEmpty()) {
      server.servedModel = Optional.ofNullable(manifest.provenance().get("served model"));
    }
    ModelOptions options =
        options(manifest.subject(), manifest.provenance(), new Moved(model, adapter));
    options.chatTemplate = Manifests.chatTemplate(manifest);
    options.steer.words =
        Address.isUrl(options.model)
            ? steer
            : steer.or(() -> manifest.subject().steering().map(Manifest.SteeringFile::words));
    return options;
  }

  /// @param facts what the run says of this model
  private ModelOptions options(Manifest.ModelFile file, Map<String, String> facts, Moved moved) {
    ModelOptions options = new ModelOptions();
    options.model = moved.model.orElse(file.path());
    // A server that the file is now at has the adapter too, or is refused.
    options.adapter.file =
        Address.isUrl(options.model)
            ? moved.adapter
            : moved.adapter.or(() -> file.adapter().map(then -> Path.of(then.path())));
    options.engine = engine;
    options.server = server;
    // The last digits of a probability go with it.
    Optional.ofNullable(facts.get("attention"))
        .flatMap(RunModel::attention)
        .ifPresent(way -> options.attention = way);
    return options;
  }

  private static Optional<LlamaOptions.Attention> attention(String word) {
    return Stream.of(LlamaOptions.Attention.values())
        .filter(way -> way.name().equalsIgnoreCase(word))
        .findFirst();
  }
}
