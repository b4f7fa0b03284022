package criticalwindows.testbed;

import criticalwindows.model.Tokens;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.world.Posterior;
import criticalwindows.world.Question;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.List;

/// Whether a model is right as often as the program it was taught by, and writes only what that
/// program can write. One reply a problem.
///
/// @param errors right (1 or 0) minus the exact P(right) of the same problem, one a reply
/// @param noise the standard error of their mean if the model were exact: √Σ p (1 − p) ÷ n
/// @param outside replies that the program never writes, unfinished and unreadable ones among them
public record Accuracy(List<Double> errors, double noise, Proportion outside) {
  private static final double MOST_ERROR = .02;
  private static final double MOST_OUTSIDE = .03;

  public Accuracy {
    errors = List.copyOf(errors);
  }

  /// One reply to each question.
  ///
  /// @param family of the questions, for people
  public static Accuracy measure(Organism organism, String family, List<Question> questions)
      throws InterruptedException {
    List<Tokens> prompts = questions.stream().map(organism::reasoning).toList();
    List<Double> errors = new ArrayList<>();
    double[] variance = {0};
    int[] outside = {0};
    organism.write(
        "accuracy " + family,
        prompts,
        (index, written) -> {
          Question question = questions.get(index);
          String right = question.answerNaming(question.truth());
          double expected = Posterior.of(question, "").probability(right);
          boolean correct = FinalAnswers.read(written.text()).filter(right::equals).isPresent();
          errors.add((correct ? 1 : 0) - expected);
          variance[0] += expected * (1 - expected);
          outside[0] += inSupport(question, written) ? 0 : 1;
        });
    int n = questions.size();
    return new Accuracy(errors, Math.sqrt(variance[0]) / n, new Proportion(outside[0], n));
  }

  static boolean inSupport(Question question, Organism.Written written) {
    return written.finished() && WrittenReply.read(question, written.text()).isPresent();
  }

  /// How far accuracy lies from the exact one.
  public Measurement error(String family) {
    Estimate estimate =
        Estimate.ratio(Ratio.mean(errors), Interval.DIFFERENCE, errors.size()).withNoise(noise);
    Bar bar = new Bar.Near(0, MOST_ERROR);
    return Measurement.held(label(family, "accuracy - exact"), estimate, bar).beside(0);
  }

  /// The share of replies outside the support, as a figure.
  public Measurement support(String family) {
    return support(family, Bar.none());
  }

  /// The share of replies outside the support, with the bar that holds for all families together.
  public Measurement supportOverAll() {
    return support("all", new Bar.AtMost(MOST_OUTSIDE));
  }

  private Measurement support(String family, Bar bar) {
    Estimate estimate = Estimate.share(outside, MOST_OUTSIDE);
    return Measurement.held(label(family, "outside the support"), estimate, bar).beside(0);
  }

  private static Label label(String family, String what) {
    return new Label("accuracy", family, what);
  }

  /// These replies and those together.
  public Accuracy plus(Accuracy more) {
    List<Double> all = new ArrayList<>(errors);
    all.addAll(more.errors);
    double sum = Math.hypot(noise * errors.size(), more.noise * more.errors.size());
    return new Accuracy(all, sum / all.size(), outside.plus(more.outside));
  }
}
