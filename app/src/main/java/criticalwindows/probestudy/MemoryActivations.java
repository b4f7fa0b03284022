package criticalwindows.probestudy;

import criticalwindows.activation.ActivationReader;
import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.Extraction;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.activation.WantedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Activations that were read and are held in memory.
///
/// @param vectors of each place, in their order, of shape [hook points × width]
record MemoryActivations(
    String model,
    int width,
    List<HookPoint> hooks,
    List<Text> texts,
    List<Place> places,
    List<float[]> vectors)
    implements ActivationSet {
  /// Reads texts.
  ///
  /// @param reader whose sequence 0 is empty
  static MemoryActivations read(ActivationReader reader, String model, List<WantedText> wanted)
      throws InterruptedException {
    List<WantedText> sorted = Extraction.sorted(wanted);
    List<Place> places = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    new Extraction(reader)
        .read(
            sorted,
            (text, found) -> {
              WantedText of = sorted.get(text);
              for (int i = 0; i < found.length; i++) {
                int kept = of.kept().get(i);
                int token = of.prompt().plus(of.response()).at(of.position(kept));
                places.add(new Place(text, kept, token));
                vectors.add(found[i]);
              }
            });
    return new MemoryActivations(
        model,
        reader.width(),
        reader.hooks(),
        sorted.stream().map(WantedText::text).toList(),
        places,
        vectors);
  }

  @Override
  public float[][] at(HookPoint hook) {
    int from = hooks.indexOf(hook) * width;
    return vectors.stream()
        .map(all -> Arrays.copyOfRange(all, from, from + width))
        .toArray(float[][]::new);
  }
}
