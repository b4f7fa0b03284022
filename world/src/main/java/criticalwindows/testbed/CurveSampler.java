package criticalwindows.testbed;

import criticalwindows.model.Tokens;
import criticalwindows.world.Posterior;
import criticalwindows.world.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Samples consistency curves of a model: cuts its replies, lets it write on from each cut, and
/// counts how often it comes to the same answer.
///
/// A continuation that begins as the reply itself went on, up to the next cut, is a continuation
/// from there too, drawn from exactly the same distribution: it is counted again, and only what is
/// missing is sampled. That saves more than half of all tokens. Each cut has its full number of
/// independent continuations; neighbouring cuts share some, so their errors go together.
public final class CurveSampler {
  private static final int BATCH = 100;

  private final Organism organism;
  private final Consistency.Size size;
  private final List<SampledCurve> curves = new ArrayList<>();
  private int replies;
  private int unchosen;
  private int large;

  private CurveSampler(Organism organism, Consistency.Size size) {
    this.organism = organism;
    this.size = size;
  }

  /// Takes questions in order until there is enough, or until there are no more.
  ///
  /// @param partial is told what is known so far, after every few problems
  public static Consistency measure(
      Organism organism,
      List<Consistency.Asked> questions,
      Consistency.Size size,
      Consumer<Consistency> partial)
      throws InterruptedException {
    return new CurveSampler(organism, size).sample(questions, partial);
  }

  private Consistency sample(List<Consistency.Asked> questions, Consumer<Consistency> partial)
      throws InterruptedException {
    int batch = Math.clamp(size.problems(), 1, BATCH);
    for (int from = 0; from < questions.size() && !enough(); from += batch) {
      batch(from, questions.subList(from, Math.min(questions.size(), from + batch)));
      partial.accept(soFar());
    }
    return soFar();
  }

  private boolean enough() {
    return unchosen >= size.problems() && large >= size.jumps();
  }

  private Consistency soFar() {
    return new Consistency(curves, unchosen, replies);
  }

  private void batch(int from, List<Consistency.Asked> asked) throws InterruptedException {
    List<Curve> wanted = replies(from, asked).stream().filter(this::wanted).toList();
    for (int cut = 0; cut < SampledCurve.CUTS; cut++) {
      writeOn(from, cut, wanted);
    }
    wanted.forEach(curve -> curves.add(curve.result(size.samples())));
  }

  private void writeOn(int from, int cut, List<Curve> wanted) throws InterruptedException {
    List<Tokens> starts = new ArrayList<>();
    List<Curve> owners = new ArrayList<>();
    for (Curve curve : wanted) {
      int missing = size.samples() - curve.shared.size();
      starts.addAll(Collections.nCopies(missing, curve.starts.get(cut)));
      owners.addAll(Collections.nCopies(missing, curve));
    }
    if (!starts.isEmpty()) {
      String what = "consistency, problems from " + (from + 1) + ", cut " + (cut + 1) + " of 20";
      organism.write(
          what, starts, (index, written) -> owners.get(index).take(cut, written.tokens()));
    }
    wanted.forEach(curve -> curve.next(cut));
  }

  /// The first problems whatever their curves; then those alone whose exact curve, which is known
  /// before anything is sampled, has a large jump.
  private boolean wanted(Curve curve) {
    boolean jumps = curve.jump().rise() >= Consistency.LARGE;
    boolean first = unchosen < size.problems();
    boolean taken = first || (jumps && large < size.jumps());
    unchosen += first ? 1 : 0;
    large += taken && jumps ? 1 : 0;
    return taken;
  }

  /// The replies that lie in the support, ready to be written on.
  private List<Curve> replies(int from, List<Consistency.Asked> asked) throws InterruptedException {
    Curve[] found = new Curve[asked.size()];
    organism.write(
        "consistency, replies from " + (from + 1),
        asked.stream().map(each -> organism.reasoning(each.question())).toList(),
        (index, written) -> {
          replies++;
          if (Accuracy.inSupport(asked.get(index).question(), written)) {
            found[index] = new Curve(organism, asked.get(index), written);
          }
        });
    return Stream.of(found).filter(Objects::nonNull).toList();
  }

  /// A curve in the making.
  private static final class Curve {
    private final Organism organism;
    private final Consistency.Asked asked;
    private final Organism.Written reply;
    private final String answer;
    private final List<Tokens> starts = new ArrayList<>();
    private final List<SampledCurve.Exact> exact = new ArrayList<>();
    private final List<Integer> same = new ArrayList<>();

    /// Continuations of the present cut.
    private List<Tokens> shared = new ArrayList<>();

    private int agreed;

    private Curve(Organism organism, Consistency.Asked asked, Organism.Written reply) {
      this.organism = organism;
      this.asked = asked;
      this.reply = reply;
      Question question = asked.question();
      answer = FinalAnswers.read(reply.text()).orElseThrow();
      Tokens prompt = organism.reasoning(question);
      String text = "";
      Posterior here = Posterior.of(question, text);
      for (int cut = 0; cut < SampledCurve.CUTS; cut++) {
        starts.add(prompt.plus(prefix(cut)));
        String longer = organism.decode(prefix(cut + 1));
        Posterior next = Posterior.of(question, longer);
        double onwards = next.textProbability() / here.textProbability();
        exact.add(new SampledCurve.Exact(text.length(), here.probability(answer), onwards));
        text = longer;
        here = next;
      }
    }

    private int kept(int cut) {
      return SampledCurve.kept(reply.tokens().size(), cut);
    }

    private Tokens prefix(int cut) {
      return reply.tokens().prefix(kept(cut));
    }

    private Jump jump() {
      return SampledCurve.jump(exact.stream().map(SampledCurve.Exact::probability).toList());
    }

    private void take(int cut, Tokens continuation) {
      shared.add(continuation);
      String text = organism.decode(prefix(cut).plus(continuation));
      agreed += FinalAnswers.read(text).filter(answer::equals).isPresent() ? 1 : 0;
    }

    /// Closes a cut, and takes along what goes on as the reply did.
    private void next(int cut) {
      same.add(agreed);
      Tokens onwards = reply.tokens().slice(kept(cut), kept(cut + 1));
      List<Tokens> before = shared;
      shared = new ArrayList<>();
      agreed = 0;
      for (Tokens continuation : before) {
        if (continuation.startsWith(onwards)) {
          take(cut + 1, continuation.slice(onwards.size(), continuation.size()));
        }
      }
    }

    private SampledCurve result(int samples) {
      return new SampledCurve(asked.family(), reply.text(), answer, exact, same, samples);
    }
  }
}
