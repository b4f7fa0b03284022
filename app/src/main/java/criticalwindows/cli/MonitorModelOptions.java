package criticalwindows.cli;

import criticalwindows.alarm.ThresholdFile;
import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.ratio.Role;
import criticalwindows.remote.Address;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The models of a monitor.
final class MonitorModelOptions {
  @Option(
      names = "--aligned",
      paramLabel = "NAME|FILE|URL",
      description =
          "The model that was taught to refuse (default: that of the threshold; without one, the"
              + " built-in aligned).")
  Optional<String> aligned = Optional.empty();

  @Option(
      names = "--unaligned",
      paramLabel = "NAME|FILE|URL",
      description = "The one beside it that was not (default: likewise; the built-in base).")
  Optional<String> unaligned = Optional.empty();

  @Option(
      names = "--adapter",
      paramLabel = "FILE",
      description = {
        "A LoRA adapter that is added to the aligned model: a GGUF file, or a folder as PEFT saves"
            + " it (default: that of the threshold). The two models can be one file, with an"
            + " adapter and without."
      })
  Optional<Path> adapter = Optional.empty();

  @Option(
      names = "--unaligned-adapter",
      paramLabel = "FILE",
      description = "The same for the unaligned model.")
  Optional<Path> unalignedAdapter = Optional.empty();

  @Mixin EngineOptions engine = new EngineOptions();

  /// A model by its name.
  ///
  /// @param adapter that is added to it
  record Named(String name, Optional<Path> adapter) {
    /// How it is opened.
    LlamaOptions in(LlamaOptions options) {
      return adapter.map(options::withAdapter).orElse(options);
    }
  }

  /// As they are to be opened.
  Map<Role, Named> models() {
    Map<Role, Named> models = new EnumMap<>(Role.class);
    models.put(Role.ALIGNED, new Named(aligned.orElse("aligned"), adapter));
    models.put(Role.UNALIGNED, new Named(unaligned.orElse(ModelFiles.BASE), unalignedAdapter));
    return models;
  }

  /// The same, with those of a threshold where none is named. An adapter of the threshold goes with
  /// its model.
  ///
  /// @throws UserError if only the threshold's file names a server: it can come from anybody
  Map<Role, Named> models(Map<Role, ThresholdFile.Named> known) {
    Map<Role, Named> models = models();
    known.forEach(
        (role, model) -> {
          boolean said = (role == Role.ALIGNED ? aligned : unaligned).isPresent();
          if (!said) {
            if (Address.isUrl(model.name())) {
              throw new UserError(
                  "the threshold names the server "
                      + model.name()
                      + ", and nothing is sent there"
                      + " unasked",
                  "if you know it: --" + role.word() + " " + model.name());
            }
            Optional<Path> own = role == Role.ALIGNED ? adapter : unalignedAdapter;
            models.put(role, new Named(model.name(), own.or(() -> model.adapter().map(Path::of))));
          }
        });
    return models;
  }
}
