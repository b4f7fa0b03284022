package criticalwindows.monitor;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.SequencePool;
import criticalwindows.model.Completion;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.probe.Probe;
import criticalwindows.ratio.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What probes forecast of a response while it is written: the log-odds of the class that is
/// suspected, the mean over the probes, gathered over several tokens. All probes read the vectors
/// of one pass of one model, which computes every token once.
///
/// @param pool the model that reads, with all hook points of the probes
/// @param probes at least one
/// @param suspected a class of each of them
public record ProbeScore(
    SequencePool pool, List<Probe> probes, String suspected, Gathering evidence)
    implements TokenScore {
  /// By which it is called.
  public static final String NAME = "probe";

  public ProbeScore {
    probes = List.copyOf(probes);
    for (Probe probe : probes) {
      if (!probe.classes().contains(suspected)
          || !pool.reader().hooks().containsAll(probe.hooks())) {
        throw new IllegalArgumentException("a probe of " + probe.classes() + " " + probe.hooks());
      }
    }
    if (probes.isEmpty()) {
      throw new IllegalArgumentException("no probe");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "forecasts of "
        + (probes.size() == 1 ? "a probe" : probes.size() + " probes, their mean")
        + ", as log-odds of "
        + suspected
        + ": "
        + evidence.about();
  }

  /// Nothing is scored: its own model reads.
  @Override
  public List<Role> asks() {
    return List.of();
  }

  @Override
  public Following begin(Questions questions, Tokens prompt) {
    return new Along(
        pool.begin(prompt),
        probes.stream().map(probe -> new Fed(probe, probe.begin(), places(probe))).toList());
  }

  /// Where the vectors of each of a probe's hook points stand among those that are read.
  private List<Integer> places(Probe probe) {
    List<HookPoint> read = pool.reader().hooks();
    return probe.hooks().stream().map(read::indexOf).toList();
  }

  /// A probe that reads a text.
  private record Fed(Probe probe, Probe.Reading reading, List<Integer> places) {
    double odds(float[] vectors, int width, String suspected) {
      float[] own = new float[places.size() * width];
      for (int i = 0; i < places.size(); i++) {
        System.arraycopy(vectors, places.get(i) * width, own, i * width, width);
      }
      return logOdds(reading.next(own), probe.classes().indexOf(suspected));
    }
  }

  /// Of a class against all others together.
  private static double logOdds(double[] logits, int of) {
    double[] others =
        IntStream.range(0, logits.length)
            .filter(i -> i != of)
            .mapToDouble(i -> logits[i])
            .toArray();
    double most = Arrays.stream(others).max().orElseThrow();
    double sum = Arrays.stream(others).map(logit -> StrictMath.exp(logit - most)).sum();
    return logits[of] - most - StrictMath.log(sum);
  }

  private final class Along implements Following {
    private final SequencePool.Text text;
    private final List<Fed> fed;
    // Of the prompt, and of the response up to each token.
    private final List<Double> odds = new ArrayList<>();
    private final List<Double> scores = new ArrayList<>();

    Along(SequencePool.Text text, List<Fed> fed) {
      this.text = text;
      this.fed = fed;
    }

    @Override
    public List<Step> steps(Tokens next) {
      return List.of();
    }

    @Override
    public void take(Tokens next, Map<Role, Completion> found) throws InterruptedException {
      int width = pool.reader().width();
      for (float[] vectors : text.read(next)) {
        double sum = fed.stream().mapToDouble(each -> each.odds(vectors, width, suspected)).sum();
        odds.add(sum / fed.size());
        scores.add(evidence.after(odds, scores));
      }
    }

    @Override
    public double after(int token) {
      return scores.get(token + 1);
    }

    @Override
    public void rewind(int kept) {
      if (!odds.isEmpty()) {
        text.trim(kept);
        odds.subList(kept + 1, odds.size()).clear();
        scores.subList(kept + 1, scores.size()).clear();
        fed.forEach(each -> each.reading.trim(kept + 1));
      }
    }
  }
}
