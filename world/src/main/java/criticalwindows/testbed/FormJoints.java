package criticalwindows.testbed;

import criticalwindows.model.Tokens;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.world.FormProgram;
import criticalwindows.world.Posterior;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model's joint distribution over everything that can be written into forms, by scoring every
/// combination of words, beside the exact one.
///
/// @param standard the form that people see first
/// @param others random forms, at least one
public record FormJoints(Joint standard, List<Joint> others) {
  private static final double MOST_VARIATION = .10;
  private static final String VARIATION = "total variation, enumerated";
  private static final String MASS = "P(any combination)";

  public FormJoints {
    others = List.copyOf(others);
  }

  /// One form.
  ///
  /// @param variation total variation between the model, normalised over the combinations, and the
  ///   exact joint distribution; in [0, 1]
  /// @param mass P(any combination) under the model, in [0, 1]
  public record Joint(double variation, double mass) {}

  /// Enumerates each of the forms, and the standard one.
  public static FormJoints measure(Organism organism, List<FormProgram> forms)
      throws InterruptedException {
    Joint standard = joint(organism, FormProgram.STANDARD);
    List<Joint> others = new ArrayList<>();
    for (FormProgram form : forms) {
      others.add(joint(organism, form));
      organism.at("forms", others.size(), forms.size());
    }
    return new FormJoints(standard, others);
  }

  static Joint joint(Organism organism, FormProgram form) throws InterruptedException {
    Tokens prompt = organism.form(form);
    Map<String, Double> model = new LinkedHashMap<>();
    double mass = 0;
    Map<String, Double> exact = Posterior.of(form, "").answers();
    for (String words : exact.keySet()) {
      Tokens text = organism.encode(filled(form, words)).plus(organism.endOfTurn());
      double probability = Math.exp(organism.score(prompt, text).sum());
      model.put(words, probability);
      mass += probability;
    }
    double variation = 0;
    for (Map.Entry<String, Double> each : model.entrySet()) {
      double share = mass > 0 ? each.getValue() / mass : 0;
      variation += Math.abs(share - exact.getOrDefault(each.getKey(), 0.0)) / 2;
    }
    return new Joint(variation, mass);
  }

  /// The finished sentences.
  ///
  /// @param words with commas between them, as [FormProgram] answers
  static String filled(FormProgram form, String words) {
    String[] chosen = words.split(",", -1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chosen.length; i++) {
      text.append(i == 0 ? "" : "\n").append(i + 1).append(". ");
      text.append(form.blanks().get(i).stem().replace("{}", chosen[i]));
    }
    return text.toString();
  }

  /// The mean over the random forms, and the standard one.
  public List<Measurement> measurements() {
    Ratio mean = Ratio.mean(others.stream().map(Joint::variation).toList());
    Ratio mass = Ratio.mean(others.stream().map(Joint::mass).toList());
    return List.of(
        Measurement.held(
                label("random", VARIATION),
                Estimate.ratio(mean, Interval.SHARE, others.size()),
                new Bar.AtMost(MOST_VARIATION))
            .beside(0),
        Measurement.figure(
                label("random", MASS), Estimate.ratio(mass, Interval.SHARE, others.size()))
            .beside(1),
        Measurement.figure(label("standard", VARIATION), exactly(standard.variation)).beside(0),
        Measurement.figure(label("standard", MASS), exactly(standard.mass)).beside(1));
  }

  private static Label label(String forms, String what) {
    return new Label("forms", forms, what);
  }

  /// A value that no chance comes into.
  private static Estimate exactly(double value) {
    return new Estimate(value, new Interval(value, value), 1, 0);
  }
}
