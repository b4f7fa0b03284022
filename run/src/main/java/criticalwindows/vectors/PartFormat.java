package criticalwindows.vectors;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import java.nio.file.Path;
import java.util.List;

/// A kind of files for vectors.
interface PartFormat {
  /// As users name it; files end with it.
  String name();

  /// Writes a file whole or not at all.
  ///
  /// @throws criticalwindows.error.UserError if it cannot be written, or a number does not fit
  void write(Path file, Rows rows);

  /// Reads the vectors of a hook point.
  ///
  /// @param places that the file has
  /// @return of shape [places, width]
  /// @throws criticalwindows.error.UserError if the file cannot be read, or has other places
  float[][] read(Path file, ExtractionPlan plan, HookPoint hook, List<Place> places);

  /// What a file holds.
  ///
  /// @param vectors of each place, of shape [hook points × width]
  record Rows(ExtractionPlan plan, List<Place> places, List<float[]> vectors) {
    public Rows {
      places = List.copyOf(places);
      vectors = List.copyOf(vectors);
      if (places.size() != vectors.size()) {
        throw new IllegalArgumentException(vectors.size() + " vectors of " + places.size());
      }
    }
  }
}
