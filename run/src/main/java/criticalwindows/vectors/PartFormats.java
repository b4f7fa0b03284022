package criticalwindows.vectors;

import criticalwindows.error.UserError;
import java.util.List;

/// The kinds of files for vectors.
public final class PartFormats {
  /// All there are, the usual one first.
  private static final List<PartFormat> ALL = List.of(new SafetensorsParts(), new ParquetParts());

  private PartFormats() {}

  /// Their names.
  public static List<String> names() {
    return ALL.stream().map(PartFormat::name).toList();
  }

  static PartFormat named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> UserError.unknown("format of activations", name, names()));
  }

  /// Refuses what cannot be kept.
  ///
  /// @throws UserError if there is no such format, or it has no such numbers
  public static void require(ExtractionPlan.Keeping keeping) {
    if (named(keeping.format()) instanceof ParquetParts && keeping.precision() == Precision.F16) {
      throw new UserError(
          "Parquet has no numbers in half precision", "say --dtype f32, or --format safetensors");
    }
  }
}
