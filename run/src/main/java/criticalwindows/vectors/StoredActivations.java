package criticalwindows.vectors;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Activations of a folder, whose vectors stay on the disk until they are asked for.
public final class StoredActivations implements ActivationSet {
  private final ActivationsFolder folder;
  private final List<Place> places;

  private StoredActivations(ActivationsFolder folder) {
    this.folder = folder;
    places =
        IntStream.range(0, folder.plan().parts().size())
            .boxed()
            .flatMap(part -> folder.plan().placesOf(part).stream())
            .toList();
  }

  /// Opens a folder in which nothing is missing.
  ///
  /// @throws UserError if it is none, or not finished
  public static StoredActivations open(Path folder) {
    ActivationsFolder opened = ActivationsFolder.open(folder);
    int missing = opened.missing().size();
    if (missing > 0) {
      throw new UserError(
          "the activations in "
              + folder
              + " are not finished: "
              + missing
              + " of "
              + opened.plan().parts().size()
              + " files are missing",
          "run the cw activations that began it again: it goes on where it stopped");
    }
    return new StoredActivations(opened);
  }

  /// What it was made by.
  public ExtractionPlan plan() {
    return folder.plan();
  }

  @Override
  public String model() {
    ExtractionPlan.Subject subject = folder.plan().subject();
    return subject.model() + " " + subject.sha256();
  }

  @Override
  public int width() {
    return folder.plan().width();
  }

  @Override
  public List<HookPoint> hooks() {
    return folder.plan().hooks();
  }

  @Override
  public List<Text> texts() {
    return folder.plan().known();
  }

  @Override
  public List<Place> places() {
    return places;
  }

  @Override
  public float[][] at(HookPoint hook) {
    if (!hooks().contains(hook)) {
      throw UserError.unknown(
          "layer and site in " + folder,
          hook.word(),
          hooks().stream().map(HookPoint::word).toList());
    }
    float[][] all = new float[places.size()][];
    int at = 0;
    for (int part = 0; part < folder.plan().parts().size(); part++) {
      float[][] some = folder.read(part, hook);
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }
}
