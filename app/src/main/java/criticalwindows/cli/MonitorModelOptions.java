package criticalwindows.cli;

import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.ratio.Role;
import criticalwindows.remote.Address;
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

  @Mixin EngineOptions engine = new EngineOptions();

  /// As they are to be opened.
  Map<Role, String> names() {
    Map<Role, String> names = new EnumMap<>(Role.class);
    names.put(Role.ALIGNED, aligned.orElse("aligned"));
    names.put(Role.UNALIGNED, unaligned.orElse(ModelFiles.BASE));
    return names;
  }

  /// The same, with those of a threshold where none is named.
  ///
  /// @throws UserError if only the threshold's file names a server: it can come from anybody
  Map<Role, String> names(Map<Role, criticalwindows.alarm.ThresholdFile.Named> known) {
    Map<Role, String> names = names();
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
            names.put(role, model.name());
          }
        });
    return names;
  }
}
