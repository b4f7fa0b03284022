package criticalwindows.probe;

import java.util.List;
import java.util.stream.Stream;

/// What is known of a text token by token, on one axis: tokens of the response that were kept.
///
/// @param item the text's id
/// @param probes what each forecasts, at least one
/// @param entropy of the model's prediction of each token, in nats; empty where it was not recorded
/// @param ratio log-likelihood ratio of each token, unaligned less aligned, in nats; empty where
///   nobody asked two models
public record AlongText(
    String item, List<ProbeCurve> probes, List<Double> entropy, List<Double> ratio) {
  public AlongText {
    probes = List.copyOf(probes);
    entropy = List.copyOf(entropy);
    ratio = List.copyOf(ratio);
    if (probes.isEmpty() || !probes.stream().allMatch(curve -> curve.item().equals(item))) {
      throw new IllegalArgumentException("probes of " + item);
    }
  }

  /// The names of all probes of some texts, in the order in which they come.
  public static List<String> names(Stream<AlongText> texts) {
    return texts.flatMap(text -> text.probes.stream()).map(ProbeCurve::probe).distinct().toList();
  }
}
