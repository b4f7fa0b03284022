package criticalwindows.llamacpp;

import criticalwindows.error.UserError;
import criticalwindows.gguf.ControlVector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// A control vector that was read for a model, and multiplied.
final class LoadedVector {
  private final Steering steering;
  private final String sha256;
  private final ControlVector vector;
  private final int layers;

  private LoadedVector(Steering steering, String sha256, ControlVector vector, int layers) {
    this.steering = steering;
    this.sha256 = sha256;
    this.vector = vector;
    this.layers = layers;
  }

  /// What a vector must fit.
  ///
  /// @param file of the model
  /// @param width of its residual stream
  record Model(Path file, int width, int layers) {}

  /// Reads one for a model.
  ///
  /// @throws UserError if it is none, or for another model
  static LoadedVector load(Model model, Steering steering) {
    ControlVector vector = ControlVector.read(steering.file());
    int width = model.width;
    int layers = model.layers;
    if (vector.width() != width || vector.layers().last() > layers) {
      throw new UserError(
          "the control vector "
              + steering.file()
              + " is for another model than "
              + model.file.getFileName()
              + ": it has "
              + vector.width()
              + " numbers up to layer "
              + vector.layers().last()
              + ", and the model "
              + width
              + " and "
              + layers
              + " layers",
          "use it with the model whose activations its probe was fitted on");
    }
    return new LoadedVector(steering, NativeFiles.sha256(steering.file()), vector, layers);
  }

  Path path() {
    return steering.file();
  }

  double scale() {
    return steering.scale();
  }

  /// Of the file, in hexadecimal digits.
  String sha256() {
    return sha256;
  }

  /// What people call it, such as `refusal@2.0`.
  String name() {
    String name = String.valueOf(path().toAbsolutePath().normalize().getFileName());
    String own = name.endsWith(".gguf") ? name.substring(0, name.length() - 5) : name;
    return own + "@" + scale();
  }

  int width() {
    return vector.width();
  }

  /// Whether anything is added after a layer.
  boolean adds(int layer) {
    return vector.layers().contains(layer);
  }

  /// What is added after a layer: `width` numbers.
  float[] numbers(int layer) {
    float[] numbers = vector.direction(layer);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (steering.scale() * numbers[i]);
    }
    return numbers;
  }

  /// What is added, as llama.cpp takes it: `width` numbers for each layer but the first, the second
  /// one first.
  MemorySegment numbers(Arena arena) {
    MemorySegment all =
        arena.allocate(ValueLayout.JAVA_FLOAT, (long) width() * Math.max(1, layers - 1));
    for (int layer : vector.layers()) {
      long from = (long) width() * (layer - ControlVector.FIRST) * Float.BYTES;
      MemorySegment.copy(numbers(layer), 0, all, ValueLayout.JAVA_FLOAT, from, width());
    }
    return all;
  }
}
