package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is added to the residual stream of a model after some of its layers, at every token: a
/// control vector, as llama.cpp and tools beside it keep it in a GGUF file.
///
/// Layers are counted from 1 here: layer k is the k-th decoder block, Hugging Face's
/// `hidden_states[k]`. The file counts from 0, and llama.cpp adds nothing after the first block, so
/// there is none for layer 1.
///
/// *Source:* `llama_set_adapter_cvec` of llama.cpp v0.5.0 and the files that its
/// `cvector-generator` writes: `general.architecture` is `controlvector`, and a tensor
/// `direction.I` has what is added after block I, counted from 0.
public final class ControlVector {
  private static final String ARCHITECTURE = "controlvector";
  private static final String HINT = ARCHITECTURE + ".model_hint";
  private static final String COUNT = ARCHITECTURE + ".layer_count";
  private static final Pattern NAME = Pattern.compile("direction\\.(\\d{1,5})");

  /// The first layer after which something can be added.
  public static final int FIRST = 2;

  private final String modelHint;
  private final TreeMap<Integer, float[]> directions = new TreeMap<>();

  /// @param modelHint the architecture of the models it is for, such as `llama`
  /// @param directions what is added, by layers from [#FIRST] on; at least one, all of one length,
  ///   finite
  public ControlVector(String modelHint, Map<Integer, float[]> directions) {
    this.modelHint = modelHint;
    directions.forEach((layer, direction) -> this.directions.put(layer, direction.clone()));
    if (this.directions.isEmpty() || this.directions.firstKey() < FIRST) {
      throw new IllegalArgumentException("directions of layers " + directions.keySet());
    }
    for (float[] direction : this.directions.values()) {
      if (direction.length != width() || !finite(direction)) {
        throw new IllegalArgumentException("directions are of one width, and finite");
      }
    }
  }

  private static boolean finite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /// The architecture of the models it is for.
  public String modelHint() {
    return modelHint;
  }

  /// The layers after which something is added, ascending; at least one.
  public NavigableSet<Integer> layers() {
    return directions.navigableKeySet();
  }

  /// The size of a vector.
  public int width() {
    return directions.firstEntry().getValue().length;
  }

  /// What is added after a layer.
  ///
  /// @return of [#width] numbers; the caller's own; all 0 where nothing is added
  public float[] direction(int layer) {
    float[] found = directions.get(layer);
    return found == null ? new float[width()] : found.clone();
  }

  /// Writes it.
  ///
  /// @throws UserError if the file cannot be written
  public void write(Path gguf) {
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.text(ARCHITECTURE));
    metadata.put(HINT, GgufValue.text(modelHint));
    metadata.put(COUNT, GgufValue.whole(directions.size()));
    List<Stored> tensors = new ArrayList<>();
    directions.forEach(
        (layer, direction) ->
            tensors.add(
                new Stored(
                    new Tensor(
                        "direction." + (layer - 1),
                        List.of((long) direction.length),
                        (row, into) -> System.arraycopy(direction, 0, into, 0, into.length)),
                    ElementType.F32)));
    GgufWriter.write(gguf, metadata, tensors);
  }

  /// Reads a file.
  ///
  /// @throws UserError if it is none, is damaged, or has no direction that can be added
  public static ControlVector read(Path gguf) {
    try (GgufReader file = GgufReader.open(gguf)) {
      if (!(file.metadata().get("general.architecture") instanceof GgufValue.Text(String kind)
          && kind.equals(ARCHITECTURE))) {
        throw new UserError(
            gguf + " is no control vector", "name a file that cw probes export has written");
      }
      Map<Integer, float[]> directions = new TreeMap<>();
      for (String name : file.tensorNames()) {
        directions.put(layer(gguf, name), file.tensor(name).toArray());
      }
      String hint =
          file.metadata().get(HINT) instanceof GgufValue.Text(String model) ? model : "any";
      return new ControlVector(hint, directions);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          gguf + " has no directions that can be added: " + e.getMessage(),
          "it needs tensors direction.1 and so on, of one length; make the file anew",
          e);
    }
  }

  private static int layer(Path gguf, String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new UserError(
          gguf + " has the tensor " + name + ", which no control vector has",
          "name a file that cw probes export has written");
    }
    return Integer.parseInt(matcher.group(1)) + 1;
  }
}
