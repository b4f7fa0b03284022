package criticalwindows.testbed;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.world.Option;
import criticalwindows.world.Posterior;
import criticalwindows.world.Program;
import criticalwindows.world.ProgramDecision;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/// How true a model's probabilities are where the world decides: along texts that the world wrote,
/// the probability that the model gives each option, beside the option's own.
///
/// An option's probability is that of its text after what was written before, from the first token
/// in which the options differ. Options that write nothing ("go on as usual") have what the others
/// leave. Both sides are normalised over the options, since a filler may come first. The error is
/// the total variation, which for two options is |model − exact|.
///
/// @param texts one entry for each text that the world wrote
public record DecisionProbabilities(List<Text> texts) {
  private static final double MOST_ERROR = .04;

  public DecisionProbabilities {
    texts = List.copyOf(texts);
  }

  /// The decisions of one text.
  public record Text(List<Judged> decisions) {
    public Text {
      decisions = List.copyOf(decisions);
    }
  }

  /// One decision.
  ///
  /// @param name of its kind
  /// @param exact the exact probabilities of the last option
  /// @param model the model's
  /// @param error total variation, in [0, 1]
  public record Judged(String name, double exact, double model, double error) {}

  /// One text of each program.
  ///
  /// @param family for people
  /// @param prompt that a program answers
  public static <P extends Program> DecisionProbabilities measure(
      Organism organism, String family, List<P> programs, Function<P, Tokens> prompt)
      throws InterruptedException {
    String what = "decisions " + family;
    SplittableRandom random = organism.random(what);
    List<Text> texts = new ArrayList<>();
    for (P program : programs) {
      WrittenReply reply = WrittenReply.sample(program, random);
      texts.add(new Text(new Along(organism, prompt.apply(program), program, reply).judged()));
      organism.at(what, texts.size(), programs.size());
    }
    return new DecisionProbabilities(texts);
  }

  /// One text, scored as a whole once; what was not taken in it is scored by itself.
  private static final class Along {
    private final Organism organism;
    private final Tokens prompt;
    private final Program program;
    private final WrittenReply reply;
    private final Tokens whole;
    private final LogProbs scores;

    private Along(Organism organism, Tokens prompt, Program program, WrittenReply reply)
        throws InterruptedException {
      this.organism = organism;
      this.prompt = prompt;
      this.program = program;
      this.reply = reply;
      whole = organism.encode(reply.text());
      scores = organism.score(prompt, whole);
    }

    private List<Judged> judged() throws InterruptedException {
      List<Judged> all = new ArrayList<>();
      for (ProgramDecision decision : reply.decisions()) {
        all.add(judged(decision));
      }
      return all;
    }

    private Judged judged(ProgramDecision decision) throws InterruptedException {
      String before = reply.text().substring(0, decision.offset());
      List<String> texts = decision.options().stream().map(Option::text).toList();
      double[] exact = normalised(exact(before, texts));
      double[] model = normalised(model(before, texts));
      double error = 0;
      for (int i = 0; i < exact.length; i++) {
        error += Math.abs(model[i] - exact[i]) / 2;
      }
      int last = exact.length - 1;
      return new Judged(decision.name(), exact[last], model[last], error);
    }

    /// By the text alone, as a model must see it: Bayes' effects of what was written included.
    private double[] exact(String before, List<String> texts) throws InterruptedException {
      double all = Posterior.of(program, before).textProbability();
      return probs(texts, text -> Posterior.of(program, before + text).textProbability() / all);
    }

    private double[] model(String before, List<String> texts) throws InterruptedException {
      Tokens shared = organism.encode(before);
      List<Tokens> written = new ArrayList<>();
      for (String text : texts) {
        if (!text.isEmpty()) {
          written.add(organism.encode(before + text));
        }
      }
      int common = written.size() == 1 ? shared.commonPrefix(written.getFirst()) : common(written);
      return probs(texts, text -> probability(organism.encode(before + text), common));
    }

    private static int common(List<Tokens> written) {
      return written.stream().mapToInt(written.getFirst()::commonPrefix).min().orElseThrow();
    }

    /// Of the tokens from `from` on, given those before.
    private double probability(Tokens text, int from) throws InterruptedException {
      LogProbs known = whole.startsWith(text) ? scores : organism.score(prompt, text);
      double log = 0;
      for (int i = from; i < text.size(); i++) {
        log += known.at(i);
      }
      return Math.exp(log);
    }

    private interface Probability {
      double of(String text) throws InterruptedException;
    }

    /// Of each option, those without a text sharing what the others leave.
    private static double[] probs(List<String> texts, Probability probs)
        throws InterruptedException {
      double[] found = new double[texts.size()];
      double rest = 1;
      for (int i = 0; i < found.length; i++) {
        if (!texts.get(i).isEmpty()) {
          found[i] = probs.of(texts.get(i));
          rest -= found[i];
        }
      }
      long silent = texts.stream().filter(String::isEmpty).count();
      for (int i = 0; i < found.length; i++) {
        if (texts.get(i).isEmpty()) {
          found[i] = Math.max(0, rest) / silent;
        }
      }
      return found;
    }

    private static double[] normalised(double[] probs) {
      double sum = 0;
      for (double each : probs) {
        sum += each;
      }
      double[] shares = probs.clone();
      for (int i = 0; i < shares.length; i++) {
        // A model that rules all options out is as wrong as can be.
        shares[i] = sum > 0 ? probs[i] / sum : 0;
      }
      return shares;
    }
  }

  /// The family's mean error first, then that of each kind of decision.
  public List<Measurement> measurements(String family) {
    TreeMap<String, List<Text>> byName = new TreeMap<>();
    for (Text text : texts) {
      text.decisions.stream()
          .map(Judged::name)
          .distinct()
          .forEach(name -> byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(text));
    }
    List<Measurement> found = new ArrayList<>();
    found.add(measurement(family, "", texts, new Bar.AtMost(MOST_ERROR)));
    if (byName.size() > 1) {
      byName.forEach((name, some) -> found.add(measurement(family, name, some, Bar.none())));
    }
    return found;
  }

  private static Measurement measurement(String family, String name, List<Text> texts, Bar bar) {
    List<Ratio.Share> shares = new ArrayList<>();
    for (Text text : texts) {
      List<Double> errors =
          text.decisions.stream()
              .filter(judged -> name.isEmpty() || judged.name.equals(name))
              .map(Judged::error)
              .toList();
      shares.add(
          new Ratio.Share(errors.stream().mapToDouble(Double::doubleValue).sum(), errors.size()));
    }
    long count = Math.round(shares.stream().mapToDouble(Ratio.Share::whole).sum());
    String what = name.isEmpty() ? "mean error of the probabilities" : "  " + name;
    Estimate estimate = Estimate.ratio(Ratio.of(shares), Interval.SHARE, count);
    return Measurement.held(new Label("decisions", family, what), estimate, bar).beside(0);
  }
}
