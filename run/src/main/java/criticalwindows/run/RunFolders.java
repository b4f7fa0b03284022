package criticalwindows.run;

import criticalwindows.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Names for new runs.
public final class RunFolders {
  private RunFolders() {}

  /// A folder in `runs/` that does not exist: experiment, model, data set and a number.
  public static Path fresh(String experiment, String dataset, Model model) {
    return fresh(experiment, dataset, model.name());
  }

  /// The same with a model that is not open.
  public static Path fresh(String experiment, String dataset, String model) {
    String name = plain(experiment + "-" + model + "-" + lastPart(dataset));
    for (int i = 1; ; i++) {
      Path folder = Path.of("runs", name + "-" + i);
      if (!Files.exists(folder)) {
        return folder;
      }
    }
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("-+$", "");
  }
}
