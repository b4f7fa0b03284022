package criticalwindows.reading;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// A file that is read.
///
/// @param requests a second file with what was asked, where the first one has only the responses
/// @param hint what to do where something in it is not of its layout
record Input(Path file, Optional<Path> requests, String hint) {
  /// How a file is packed.
  enum Kind {
    ZIP,
    PACKED,
    OTHER
  }

  /// How a file is packed, by its first bytes.
  static Kind kind(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] first = bytes.readNBytes(4);
      int two = first.length < 4 ? 0 : (first[0] & 0xff) << 8 | (first[1] & 0xff);
      return switch (two) {
        case 0x504b -> Kind.ZIP;
        case 0x1f8b, 0x28b5 -> Kind.PACKED;
        default -> Kind.OTHER;
      };
    } catch (IOException e) {
      throw JsonValues.io(file.toString(), e);
    }
  }

  /// Does something with every value of a JSON file, in its order.
  void each(Consumer<JsonValues.Value> work) {
    try (JsonValues values = open()) {
      for (Optional<JsonValues.Value> value = values.next();
          value.isPresent();
          value = values.next()) {
        JsonValues.Value here = value.get();
        at(here.place(), () -> work.accept(here));
      }
    }
  }

  /// Its JSON values, from the beginning.
  JsonValues open() {
    return new JsonValues(file.toString(), text());
  }

  private Reader text() {
    try {
      return Files.newBufferedReader(file);
    } catch (IOException e) {
      throw JsonValues.io(file.toString(), e);
    }
  }

  /// Does something with what stands at a place.
  ///
  /// @throws UserError if it is not of the layout
  void at(String place, Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ", " + place + ": " + e.getMessage(), hint, e);
    }
  }

  /// The same of another file.
  Input of(Path other) {
    return new Input(other, Optional.empty(), hint);
  }
}
