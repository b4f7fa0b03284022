package criticalwindows.testbed;

import criticalwindows.model.Tokens;
import criticalwindows.world.Posterior;
import criticalwindows.world.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Samples consistency curves of a model: cuts its replies, lets it write on from each cut, and
/// counts how often it comes to the same answer.
final class CurveSampler {
  private static final int BATCH = 8;

  private final Organism organism;
  private final Consistency.Size size;
  private final List<SampledCurve> curves = new ArrayList<>();
  private int originals;
  private int unchosen;
  private int large;

  CurveSampler(Organism organism, Consistency.Size size) {
    this.organism = organism;
    this.size = size;
  }

  /// Takes questions in order until there is enough, or until there are no more.
  ///
  /// @param partial is told what is known so far, after every few problems
  Consistency sample(List<Consistency.Asked> questions, Consumer<Consistency> partial)
      throws InterruptedException {
    for (int from = 0; from < questions.size() && !enough(); from += BATCH) {
      batch(from, questions.subList(from, Math.min(questions.size(), from + BATCH)));
      partial.accept(soFar());
    }
    return soFar();
  }

  private boolean enough() {
    return unchosen >= size.problems() && large >= size.jumps();
  }

  private Consistency soFar() {
    return new Consistency(curves, unchosen, originals);
  }

  private void batch(int from, List<Consistency.Asked> asked) throws InterruptedException {
    List<Cuts> wanted = replies(from, asked).stream().filter(this::wanted).toList();
    List<Tokens> starts = new ArrayList<>();
    for (Cuts cuts : wanted) {
      cuts.starts.forEach(start -> starts.addAll(Collections.nCopies(size.samples(), start)));
    }
    if (!starts.isEmpty()) {
      organism.write(
          "consistency, problems from " + (from + 1),
          starts,
          (index, written) -> {
            int cut = index / size.samples();
            wanted.get(cut / SampledCurve.CUTS).count(cut % SampledCurve.CUTS, written);
          });
    }
    wanted.forEach(cuts -> curves.add(cuts.curve(size.samples())));
  }

  /// The first problems whatever their curves; then those alone whose exact curve, which is known
  /// before anything is sampled, has a large jump.
  private boolean wanted(Cuts cuts) {
    boolean jumps = SampledCurve.jump(cuts.exact).rise() >= Consistency.LARGE;
    boolean first = unchosen < size.problems();
    boolean taken = first || (jumps && large < size.jumps());
    unchosen += first ? 1 : 0;
    large += taken && jumps ? 1 : 0;
    return taken;
  }

  /// The replies that lie in the support, ready to be written on.
  private List<Cuts> replies(int from, List<Consistency.Asked> asked) throws InterruptedException {
    Cuts[] found = new Cuts[asked.size()];
    organism.write(
        "consistency, replies from " + (from + 1),
        asked.stream().map(each -> organism.reasoning(each.question())).toList(),
        (index, written) -> {
          originals++;
          if (Accuracy.inSupport(asked.get(index).question(), written)) {
            found[index] = new Cuts(organism, asked.get(index), written);
          }
        });
    return Stream.of(found).filter(Objects::nonNull).toList();
  }

  /// A reply with its cuts.
  private static final class Cuts {
    private final Consistency.Asked asked;
    private final Organism.Written reply;
    private final String answer;
    private final List<Tokens> starts = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private final List<Double> exact = new ArrayList<>();
    private final int[] same = new int[SampledCurve.CUTS];

    private Cuts(Organism organism, Consistency.Asked asked, Organism.Written reply) {
      this.asked = asked;
      this.reply = reply;
      Question question = asked.question();
      answer = Answers.read(reply.text()).orElseThrow();
      Tokens prompt = organism.reasoning(question);
      for (int cut = 0; cut < SampledCurve.CUTS; cut++) {
        Tokens kept = reply.tokens().prefix(SampledCurve.kept(reply.tokens().size(), cut));
        String prefix = organism.decode(kept);
        starts.add(prompt.plus(kept));
        prefixes.add(prefix);
        exact.add(Posterior.of(question, prefix).probability(answer));
      }
    }

    private void count(int cut, Organism.Written written) {
      String text = prefixes.get(cut) + written.text();
      same[cut] += Answers.read(text).filter(answer::equals).isPresent() ? 1 : 0;
    }

    private SampledCurve curve(int samples) {
      List<Integer> counts = Arrays.stream(same).boxed().toList();
      return new SampledCurve(asked.family(), reply.text(), answer, exact, counts, samples);
    }
  }
}
