package criticalwindows.reference;

import criticalwindows.stats.PseudoValues;
import criticalwindows.stats.PseudoValues.Sums;
import criticalwindows.study.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Sums of log-probabilities along texts, held against exact probabilities and measured ones.
record AlongTexts(Topic topic, Contrast contrast, HeldOutTexts heldOut) {
  /// Prefixes of whose class the exact probability is below this are left out of slopes: its
  /// logarithm has no bound.
  static final double FLOOR = .01;

  /// Puts all measures of this topic: slope and correlation over prefixes and over tokens against
  /// the exact log-probability, and the correlation of rises between cuts with measured ones.
  ///
  /// @param sums of each text, by tokens kept
  void measure(Measured.Builder measured, List<double[]> sums) {
    List<Sums> prefixes = new ArrayList<>();
    List<Sums> tokens = new ArrayList<>();
    for (int i = 0; i < heldOut.values().size(); i++) {
      prefixes.add(prefixes(heldOut.values().get(i), sums.get(i)));
      tokens.add(tokens(heldOut.values().get(i), sums.get(i)));
    }
    put(measured, "slope", prefixes, PseudoValues::slope);
    put(measured, "correlation", prefixes, PseudoValues::correlation);
    put(measured, "token slope", tokens, PseudoValues::slope);
    put(measured, "token correlation", tokens, PseudoValues::correlation);
    List<Sums> rises = new ArrayList<>();
    for (int i = 0; i < heldOut.measured().size(); i++) {
      rises.add(rises(i, sums.get(i)));
    }
    put(measured, "measured correlation", rises, PseudoValues::correlation);
  }

  private void put(
      Measured.Builder measured,
      String name,
      List<Sums> items,
      Function<List<Sums>, List<Double>> statistic) {
    List<Double> values = items.isEmpty() ? List.of() : statistic.apply(items);
    for (int i = 0; i < values.size(); i++) {
      measured.value(topic.word() + " " + name, heldOut.texts().get(i).item(), values.get(i));
    }
  }

  /// Around the text's own means: by Bayes' rule the two differ by a constant of the text.
  private Sums prefixes(List<Double> values, double[] sums) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int kept = 0; kept < values.size(); kept++) {
      if (usable(values.get(kept))) {
        x.add(truth(values.get(kept)));
        y.add(sums[kept]);
      }
    }
    return x.isEmpty() ? new Sums(0, 0, 0) : Sums.centred(x, y);
  }

  private Sums tokens(List<Double> values, double[] sums) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int kept = 1; kept < values.size(); kept++) {
      if (usable(values.get(kept - 1)) && usable(values.get(kept))) {
        x.add(truth(values.get(kept)) - truth(values.get(kept - 1)));
        y.add(sums[kept] - sums[kept - 1]);
      }
    }
    return Sums.plain(x, y);
  }

  /// Against the class of other texts Bayes' rule gives the logarithm of the odds.
  private boolean usable(double value) {
    return value >= FLOOR && (contrast != Contrast.ONE_OTHER || 1 - value >= FLOOR);
  }

  private double truth(double value) {
    return contrast == Contrast.ONE_OTHER ? Math.log(value / (1 - value)) : Math.log(value);
  }

  /// Between neighbouring cuts: the rise of the share of continuations in the class, and the rise
  /// that the sums foretell from the measured share at the beginning, kept within [0, 1].
  private Sums rises(int text, double[] sums) {
    HeldOutTexts.Segments segments = heldOut.measured().get(text);
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 1; i < segments.kept().size(); i++) {
      x.add(segments.shares().get(i) - segments.shares().get(i - 1));
      y.add(
          foretold(segments, sums[segments.kept().get(i)])
              - foretold(segments, sums[segments.kept().get(i - 1)]));
    }
    return Sums.plain(x, y);
  }

  private static double foretold(HeldOutTexts.Segments segments, double sum) {
    double begun = Math.clamp(segments.shares().getFirst(), .02, .98);
    return Math.clamp(begun * Math.exp(sum), 0.0, 1.0);
  }
}
