package criticalwindows.probestudy;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.model.Tokens;
import criticalwindows.probe.PlaceIndex;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.Target;
import criticalwindows.replies.RatioOnWorld;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What activations know of P(a reply complies with a forbidden request), with families of attacks
/// that were held out; what their direction does; and a monitor by them.
///
/// @param seed of every draw
record RefusalsArm(Lab lab, ProbesScale scale, long seed) {
  static final String STEERED = "steered layer";

  Measured measured() throws InterruptedException {
    try (LlamaModel aligned = lab.engine(scale.aligned());
        LlamaModel base = lab.engine(scale.base())) {
      Reply.Pair models = new Reply.Pair(aligned, base);
      List<Reply> replies = Reply.sample(lab, models, scale, seed);
      ProbeInput input = input(aligned, replies);
      Measured.Builder measured = new Measured.Builder();
      HeldOutFamilies families = new HeldOutFamilies(lab.fits().probes(), scale, input, replies);
      HeldOutFamilies.Fitted fitted = families.write(new CellWriter(measured), seed);
      new Monitored(lab, scale, seed).write(measured, models, fitted.best());
      Steered.Direction direction = Steered.Direction.of(fitted.middle(), input);
      measured.fact(STEERED, direction.layer());
      new Steered(lab, scale, seed).write(measured, aligned, direction);
      return measured.build();
    }
  }

  private ProbeInput input(LlamaModel aligned, List<Reply> replies) throws InterruptedException {
    MemoryActivations set;
    List<HookPoint> hooks = scale.hooks(lab, scale.aligned(), List.of(Site.RESIDUAL));
    int most =
        replies.stream().mapToInt(r -> r.prompt().size() + r.response().size()).max().orElse(1);
    try (LlamaActivations reader = lab.reader(scale.aligned(), hooks, most)) {
      set =
          MemoryActivations.read(
              reader, scale.aligned(), replies.stream().map(Reply::wanted).toList());
    }
    PlaceIndex index = new PlaceIndex(set);
    List<ProbeRow> rows = new ArrayList<>();
    List<Double> last = new ArrayList<>();
    List<Double> mean = new ArrayList<>();
    Map<String, Tokens> responses = new HashMap<>();
    for (Reply reply : replies) {
      responses.put(reply.key(), reply.response());
      for (int kept : reply.places()) {
        rows.add(row(reply, kept, index));
        last.add(kept == 0 ? 0 : reply.logProb(kept - 1));
        mean.add(reply.mean(kept));
      }
    }
    List<Double> early = EarlyPhrases.ask(aligned, replies);
    return new ProbeInput(
        set,
        Reply.CLASSES,
        rows,
        responses,
        Map.of("early", early, "logprob last", last, "logprob mean", mean));
  }

  /// How long a reply comes to be is not known while it is read, so none is longer than another.
  private static ProbeRow row(Reply reply, int kept, PlaceIndex index) {
    return new ProbeRow(
        index.of(reply.key(), kept).orElseThrow(),
        reply.key(),
        reply.family(),
        reply.key(),
        kept,
        RatioOnWorld.LONGEST,
        Target.label(reply.complied() ? 0 : 1, 2));
  }
}
