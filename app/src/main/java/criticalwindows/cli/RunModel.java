package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.run.Manifests;
import criticalwindows.run.SameModel;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
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
    requireNamed(manifest);
    Model opened = options(manifest).open(console);
    try {
      SameModel.require(manifest, opened);
      return opened;
    } catch (UserError e) {
      opened.close();
      throw e;
    }
  }

  private void requireNamed(Manifest manifest) {
    String path = manifest.subject().path();
    if (model.isEmpty() && Address.isUrl(path)) {
      server.trusted = false;
      if (!trustServers) {
        throw new UserError(
            "the run's folder names the server " + path + ", and nothing is sent there unasked",
            "if you know it: --model " + path + ", or --trust-servers, which sends it no key");
      }
    }
  }

  /// How a run is gone on with. The address is left to whoever does it: the one in the folder can
  /// be a stranger's.
  static String again(String command, RunFolder run) {
    boolean served = Address.isUrl(run.manifest().subject().path());
    return command + " " + run.folder() + (served ? " --model URL" : "");
  }

  private ModelOptions options(Manifest manifest) {
    ModelOptions options = new ModelOptions();
    options.model = model.orElse(manifest.subject().path());
    options.engine = engine;
    options.server = server;
    if (server.servedModel.isEmpty()) {
      server.servedModel = Optional.ofNullable(manifest.provenance().get("served model"));
    }
    options.chatTemplate = Manifests.chatTemplate(manifest);
    // The last digits of a probability go with it.
    Optional.ofNullable(manifest.provenance().get("attention"))
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
