package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.remote.Address;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Sample;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The model of a run, opened again by whoever goes on with it.
final class RunModel {
  private static final String SHA = "model sha256";

  /// In these too a model must be the same, where both sides say them.
  private static final List<String> FACTS =
      List.of(
          "vocabulary sha256",
          "server n_vocab",
          "server n_params",
          "server n_embd",
          "server n_ctx_train",
          "server size");

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
      requireSame(manifest, opened);
      return opened;
    } catch (UserError e) {
      opened.close();
      throw e;
    }
  }

  private void requireNamed(Manifest manifest) {
    String path = manifest.model().path();
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
    boolean served = Address.isUrl(run.manifest().model().path());
    return command + " " + run.folder() + (served ? " --model URL" : "");
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
    if (!began.isEmpty() && !began.equals(opened.provenance().getOrDefault(SHA, ""))) {
      throw new UserError(
          "the model " + opened.name() + " is not the file this run began with",
          "name that one with --model; its SHA-256 is " + began);
    }
    if (began.isEmpty() && !manifest.model().name().equals(opened.name())) {
      throw new UserError(
          "the model " + opened.name() + " is not the one this run began with",
          "serve that one, or name where it is with --model: " + manifest.model().name());
    }
    for (String fact : FACTS) {
      String then = manifest.provenance().getOrDefault(fact, "");
      String now = opened.provenance().getOrDefault(fact, "");
      if (!then.isEmpty() && !now.isEmpty() && !then.equals(now)) {
        throw new UserError(
            "the model " + opened.name() + " is another one than at the start: " + fact + " " + now,
            "serve the one this run began with, where that is " + then);
      }
    }
  }

  /// The samples of a run must be those of the seed that its record names.
  ///
  /// @throws UserError if it was changed since
  static void requireSeed(RunFolder run) {
    long seed = run.manifest().settings().seed();
    for (Problem problem : run.ledger().problems()) {
      List<Sample> samples = run.ledger().samples(problem.id());
      for (Sample sample : samples) {
        boolean drawn = !sample.key().is(Arm.GIVEN);
        if (drawn && sample.seed() != sample.key().seed(seed)) {
          throw new UserError(
              "run.json of "
                  + run.folder()
                  + " says the seed "
                  + seed
                  + ", and "
                  + problem.id()
                  + " was sampled with another",
              "set it back to what it was, or begin a new run with --seed " + seed);
        }
      }
      if (!samples.isEmpty()) {
        return; // All problems of a run have one seed.
      }
    }
  }
}
