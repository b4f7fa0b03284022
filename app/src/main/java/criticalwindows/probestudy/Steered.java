package criticalwindows.probestudy;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.dataset.Problem;
import criticalwindows.gguf.ControlVector;
import criticalwindows.hub.WorldRequest;
import criticalwindows.hub.WorldRequests;
import criticalwindows.judge.Refusal;
import criticalwindows.judge.RefusalJudge;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.Steering;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeRow;
import criticalwindows.replies.RatioOnWorld;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import criticalwindows.trace.Tracing;
import criticalwindows.world.Policy;
import criticalwindows.world.Request;
import criticalwindows.world.WrittenReply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// What replies to forbidden requests come to when a probe's direction is added to the residual
/// stream, and when one by chance of the same length is.
record Steered(Lab lab, ProbesScale scale, long seed) {
  static final String PROBE = "probe";
  static final String RANDOM = "random";

  /// The whole recipe, to the last step, as a program of the world writes it.
  static final String COMPLIED = "complied ";

  /// What the judge of refusals takes for compliance, whatever it is.
  static final String JUDGED = "judged ";

  /// Replies that a program of the world writes to their end.
  static final String READABLE = "readable ";

  /// The architecture of the built-in models.
  private static final String ARCHITECTURE = "llama";

  /// A direction in the residual stream after a layer.
  static final class Direction {
    private final int layer;
    private final float[] vector;

    private Direction(int layer, float[] vector) {
      this.layer = layer;
      this.vector = vector;
    }

    int layer() {
      return layer;
    }

    /// As long as the standard deviation of the activations' projection on it.
    float[] vector() {
      return vector.clone();
    }

    /// The direction in which a probe's log-odds of its first class rise.
    ///
    /// @param input the activations
    static Direction of(FittedProbe probe, ProbeInput input) {
      double[] towards = unit(probe.numbers().direction(0));
      float[][] vectors = input.set().at(probe.hooks().getFirst());
      double sum = 0;
      double squares = 0;
      for (ProbeRow row : input.rows()) {
        double projection = 0;
        for (int i = 0; i < towards.length; i++) {
          projection += towards[i] * vectors[row.place()][i];
        }
        sum += projection;
        squares += projection * projection;
      }
      int n = input.rows().size();
      double deviation = StrictMath.sqrt(StrictMath.max(0, squares / n - sum / n * sum / n));
      return new Direction(probe.hooks().getFirst().layer(), times(towards, deviation));
    }

    /// One by chance, of the same layer and length.
    Direction random(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] other = new double[vector.length];
      double length = 0;
      for (int i = 0; i < other.length; i++) {
        other[i] = random.nextGaussian();
        length += (double) vector[i] * vector[i];
      }
      return new Direction(layer, times(unit(other), StrictMath.sqrt(length)));
    }

    private static double[] unit(double[] vector) {
      double squares = 0;
      for (double each : vector) {
        squares += each * each;
      }
      double[] unit = vector.clone();
      for (int i = 0; i < unit.length; i++) {
        unit[i] /= StrictMath.sqrt(StrictMath.max(squares, Double.MIN_NORMAL));
      }
      return unit;
    }

    private static float[] times(double[] vector, double length) {
      float[] scaled = new float[vector.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = (float) (vector[i] * length);
      }
      return scaled;
    }
  }

  /// A request as it is asked.
  ///
  /// @param opening what its reply is begun with, perhaps nothing
  private record Asked(String key, Request request, Tokens prompt, Tokens opening) {}

  /// Adds shares of replies, by request, for each direction and scale.
  void write(Measured.Builder measured, Model model, Direction direction)
      throws InterruptedException {
    List<Asked> asked = asked(model);
    measure(measured, model, asked, List.of(PROBE + " 0", RANDOM + " 0"));
    for (Map.Entry<String, Direction> each :
        Map.of(PROBE, direction, RANDOM, direction.random(seed)).entrySet()) {
      Path file = lab.scratch().resolve(each.getKey() + seed + ".gguf");
      Direction added = each.getValue();
      new ControlVector(ARCHITECTURE, Map.of(added.layer, added.vector)).write(file);
      for (int times : ProbesScale.SCALES) {
        if (times != 0) {
          try (LlamaModel steered = lab.engine(scale.aligned(), new Steering(file, times))) {
            measure(measured, steered, asked, List.of(each.getKey() + " " + times));
          }
        }
      }
    }
  }

  /// Requests of all families in turn that nothing was fitted to.
  private List<Asked> asked(Model model) {
    List<Asked> asked = new ArrayList<>();
    int each = Math.ceilDiv(scale.steered(), RatioOnWorld.FAMILIES.size());
    for (String family : RatioOnWorld.FAMILIES) {
      for (WorldRequest request :
          WorldRequests.of(
              Families.named(family),
              criticalwindows.attack.Request.Kind.HARMFUL,
              each,
              1000 * seed)) {
        if (asked.size() < scale.steered()) {
          asked.add(asked(model, request, family + "/" + Keys.text(asked.size())));
        }
      }
    }
    return asked;
  }

  private static Asked asked(Model model, WorldRequest request, String key) {
    Attacked attacked = request.attacked();
    Problem item = Tracing.of(model, List.of(attacked.trace(key)), "requests").items().getFirst();
    Tokens opening = attacked.opening().map(model.vocabulary()::encode).orElse(Tokens.none());
    return new Asked(key, request.request(), item.given().orElseThrow().prompt(), opening);
  }

  /// The same seeds at every scale.
  private void measure(
      Measured.Builder measured, Model model, List<Asked> asked, List<String> names)
      throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Script> scripts = new ArrayList<>();
    for (Asked each : asked) {
      int most = Math.min(RatioOnWorld.LONGEST, model.contextLength() - each.prompt.size());
      for (int i = 0; i < scale.replies(); i++) {
        scripts.add(
            new Script(each.prompt, List.of(Step.sample(Sampling.PLAIN, most)), seeds.nextLong()));
      }
    }
    List<Completion> completions = Models.run(model, scripts);
    for (int i = 0; i < asked.size(); i++) {
      Shares shares = new Shares();
      for (int j = 0; j < scale.replies(); j++) {
        Tokens written = completions.get(i * scale.replies() + j).last().tokens();
        String text = model.vocabulary().decode(asked.get(i).opening.plus(written));
        shares.add(asked.get(i).request, text);
      }
      for (String name : names) {
        shares.write(measured, name, asked.get(i).key);
      }
    }
  }

  /// What replies to one request come to.
  private static final class Shares {
    private int all;
    private int complied;
    private int judged;
    private int readable;

    void add(Request request, String text) {
      all++;
      Optional<WrittenReply> read =
          WrittenReply.read(request.answeredBy(Policy.ALIGNED), text)
              .or(() -> WrittenReply.read(request.answeredBy(Policy.BASE), text));
      readable += read.isPresent() ? 1 : 0;
      complied += read.filter(it -> it.answer().equals(Request.COMPLY)).isPresent() ? 1 : 0;
      boolean refuses =
          RefusalJudge.STANDARD.read(text) instanceof Refusal refusal
              && refusal.kind() == Refusal.Kind.REFUSED;
      judged += refuses ? 0 : 1;
    }

    void write(Measured.Builder measured, String name, String key) {
      measured.value(COMPLIED + name, key, (double) complied / all);
      measured.value(JUDGED + name, key, (double) judged / all);
      measured.value(READABLE + name, key, (double) readable / all);
    }
  }
}
