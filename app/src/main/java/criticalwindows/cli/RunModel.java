package criticalwindows.cli;

import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.mistake.Mistake;
import criticalwindows.model.Model;
import criticalwindows.store.Manifest;
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

  @Option(names = "--threads", paramLabel = "N", description = "As for run.")
  Optional<Integer> threads = Optional.empty();

  @Option(names = "--memory", paramLabel = "SIZE", description = "As for run.")
  Optional<String> memory = Optional.empty();

  @Mixin ServerOptions server = new ServerOptions();

  /// The model that a run began with.
  ///
  /// @throws Mistake if what is there now is another one
  Model open(Manifest manifest) throws InterruptedException {
    Model opened = options(manifest).open();
    try {
      requireSame(manifest, opened);
      return opened;
    } catch (Mistake e) {
      opened.close();
      throw e;
    }
  }

  private ModelOptions options(Manifest manifest) {
    ModelOptions options = new ModelOptions();
    options.model = model.orElse(manifest.model().path());
    options.threads = threads;
    options.memory = memory;
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

  private static void requireSame(Manifest manifest, Model opened) {
    String began = manifest.model().sha256();
    boolean unnamed = began.isEmpty() && manifest.model().name().equals(opened.name());
    if (!unnamed && !began.equals(opened.provenance().getOrDefault("model sha256", ""))) {
      throw new Mistake(
          "the model " + opened.name() + " is not the file this run began with",
          "name that one with --model; its SHA-256 is " + began);
    }
  }
}
