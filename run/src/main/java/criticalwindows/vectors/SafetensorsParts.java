package criticalwindows.vectors;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Safetensors: `hidden_states` of shape [places, hook points, width], and with whole numbers
/// `text`, `kept` and `token_ids`, one for each place.
final class SafetensorsParts implements PartFormat {
  private static final String STATES = "hidden_states";
  private static final String TEXT = "text";
  private static final String KEPT = "kept";
  private static final String IDS = "token_ids";

  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public void write(Path file, Rows rows) {
    ExtractionPlan plan = rows.plan();
    int hooks = plan.hooks().size();
    Tensor.Rows numbers =
        (row, into) ->
            System.arraycopy(
                rows.vectors().get((int) (row / hooks)),
                (int) (row % hooks) * into.length,
                into,
                0,
                into.length);
    Tensor states =
        new Tensor(
            STATES,
            List.of((long) rows.places().size(), (long) hooks, (long) plan.width()),
            numbers);
    ElementType type = ElementType.valueOf(plan.keeping().precision().name());
    String words = String.join(",", plan.hooks().stream().map(HookPoint::word).toList());
    SafetensorsWriter.write(
        file,
        Map.of("hooks", words),
        List.of(new Stored(states, type)),
        Map.of(
            TEXT, column(rows.places(), Place::text),
            KEPT, column(rows.places(), Place::kept),
            IDS, column(rows.places(), Place::token)));
  }

  private static long[] column(List<Place> places, ToLongFunction<Place> of) {
    return places.stream().mapToLong(of).toArray();
  }

  @Override
  public float[][] read(Path file, ExtractionPlan plan, HookPoint hook, List<Place> places) {
    try (Safetensors source = Safetensors.open(file)) {
      Tensor states = source.tensor(STATES);
      int hooks = plan.hooks().size();
      boolean same =
          states.shape().equals(List.of((long) places.size(), (long) hooks, (long) plan.width()))
              && Arrays.equals(source.integers(TEXT), column(places, Place::text))
              && Arrays.equals(source.integers(KEPT), column(places, Place::kept))
              && Arrays.equals(source.integers(IDS), column(places, Place::token));
      if (!same) {
        throw new UserError(
            file + " has other places than its folder's activations.json says",
            "extract the activations again into a new folder");
      }
      float[][] vectors = new float[places.size()][plan.width()];
      int at = plan.hooks().indexOf(hook);
      for (int i = 0; i < vectors.length; i++) {
        states.rows().read((long) i * hooks + at, vectors[i]);
      }
      return vectors;
    }
  }
}
