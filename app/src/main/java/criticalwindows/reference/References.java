package criticalwindows.reference;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Objectives;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.model.Completion;
import criticalwindows.model.Tokens;
import criticalwindows.stats.PseudoValues;
import criticalwindows.stats.PseudoValues.Scored;
import criticalwindows.study.Lab;
import criticalwindows.study.Measured;
import criticalwindows.study.Teaching;
import criticalwindows.study.TrainingStudy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One repetition of [ReferenceStudy]: the references are trained when they are first asked for.
final class References implements TrainingStudy.Repetition {
  /// After how many tokens of a reply an alarm is asked.
  static final List<Integer> ALARMS = List.of(4, 8, 16, 32);

  private static final int AT_ONCE = 16;

  private final Lab lab;
  private final ReferenceScale numbers;
  private final long seed;
  private final Map<String, List<float[]>> logProbs = new HashMap<>();
  private final Map<Topic, Drawn> drawn = new HashMap<>();
  private final Map<String, double[]> taught = new HashMap<>();

  References(Lab lab, ReferenceScale numbers, long seed) {
    this.lab = lab;
    this.numbers = numbers;
    this.seed = seed;
  }

  /// What the references of a repetition learn from: each set as many tokens.
  private record Drawn(
      List<KnownText> all, List<KnownText> again, List<KnownText> one, List<KnownText> other) {}

  @Override
  public Measured arm(String arm) throws InterruptedException {
    Measured.Builder measured = new Measured.Builder();
    for (Topic topic : Topic.values()) {
      Contrast contrast = Contrast.named(arm);
      if (contrast.of(topic)) {
        measure(measured, topic, contrast);
      }
    }
    return measured.build();
  }

  private void measure(Measured.Builder measured, Topic topic, Contrast contrast)
      throws InterruptedException {
    HeldOutTexts heldOut = heldOut(topic);
    List<double[]> sums = new ArrayList<>();
    for (int i = 0; i < heldOut.texts().size(); i++) {
      sums.add(along(topic, contrast, heldOut, i));
    }
    new AlongTexts(topic, contrast, heldOut).measure(measured, sums);
    if (topic == Topic.REPLIES && contrast != Contrast.EXACT) {
      alarms(measured, heldOut, sums);
    }
    for (String reference : contrast.references()) {
      double[] amounts = taught.getOrDefault(topic + reference, new double[2]);
      measured.fact(topic.word() + " tokens, " + reference, amounts[0]);
      measured.fact(topic.word() + " mass, " + reference, amounts[1]);
    }
  }

  /// The sum of the contrast's log-probabilities up to each token of a text, from 0 tokens on.
  private double[] along(Topic topic, Contrast contrast, HeldOutTexts heldOut, int text)
      throws InterruptedException {
    int length = heldOut.texts().get(text).response().size();
    double[] sums = new double[length + 1];
    if (contrast == Contrast.EXACT) {
      List<Double> values = text < heldOut.values().size() ? heldOut.values().get(text) : List.of();
      for (int i = 1; i <= length && !values.isEmpty(); i++) {
        sums[i] = Math.log(Math.max(1e-9, values.get(i))) - Math.log(values.getFirst());
      }
      return sums;
    }
    float[] up = logProbs(topic, contrast.up()).get(text);
    float[] down =
        contrast.down().isEmpty()
            ? new float[up.length]
            : logProbs(topic, contrast.down()).get(text);
    for (int i = 0; i < length; i++) {
      sums[i + 1] = sums[i] + up[i] - down[i];
    }
    return sums;
  }

  /// How well the sum after some tokens tells replies that comply in the end from refused ones, and
  /// from replies to harmless requests.
  private static void alarms(Measured.Builder measured, HeldOutTexts heldOut, List<double[]> sums) {
    for (int after : ALARMS) {
      List<Scored> refused = new ArrayList<>();
      List<Scored> benign = new ArrayList<>();
      List<String> items = new ArrayList<>();
      List<String> benignItems = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        KnownText text = heldOut.texts().get(i);
        double[] sum = sums.get(i);
        boolean harmless = text.asked().kind().equals(Topic.BENIGN);
        boolean positive = !harmless && text.inClass();
        Scored scored = new Scored(sum[Math.min(after, sum.length - 1)], positive);
        if (!harmless) {
          refused.add(scored);
          items.add(text.item());
        }
        if (harmless || positive) {
          benign.add(scored);
          benignItems.add(text.item());
        }
      }
      area(measured, "area refused@" + after, items, refused);
      area(measured, "area benign@" + after, benignItems, benign);
    }
  }

  private static void area(
      Measured.Builder measured, String name, List<String> items, List<Scored> scored) {
    List<Double> area = PseudoValues.area(scored);
    for (int i = 0; i < area.size(); i++) {
      measured.value(name, items.get(i), area.get(i));
    }
  }

  private HeldOutTexts heldOut(Topic topic) throws InterruptedException {
    return lab.once("held out " + topic, HeldOutTexts.class, () -> made(topic));
  }

  private HeldOutTexts made(Topic topic) throws InterruptedException {
    try (LlamaModel model = lab.engine(topic.model())) {
      long own = ReferenceScale.HELD_OUT_SEED;
      List<KnownText> known =
          KnownText.write(model, topic.word(), topic.ask(numbers.heldOut(), own), own);
      List<List<Double>> values = known.stream().map(text -> text.values(model)).toList();
      List<HeldOutTexts.Segments> measured = new ArrayList<>();
      for (KnownText text : known.subList(0, Math.min(numbers.measured(), known.size()))) {
        measured.add(segments(model, text));
      }
      List<KnownText> texts = new ArrayList<>(known);
      if (topic == Topic.REPLIES) {
        int more = numbers.heldOut() / 2;
        texts.addAll(KnownText.write(model, "noisy", Topic.noisy(more, own), own + 1));
        texts.addAll(KnownText.write(model, "benign", Topic.benign(more, own), own + 2));
      }
      return new HeldOutTexts(texts, values, measured);
    }
  }

  /// Continuations from cuts that are evenly spaced.
  private HeldOutTexts.Segments segments(LlamaModel model, KnownText text)
      throws InterruptedException {
    List<Integer> kept =
        IntStream.rangeClosed(0, numbers.cuts())
            .map(cut -> cut * text.response().size() / numbers.cuts())
            .distinct()
            .boxed()
            .toList();
    List<Tokens> starts = new ArrayList<>();
    for (int each : kept.subList(0, kept.size() - 1)) {
      Tokens start = text.prompt().plus(text.response().prefix(each));
      IntStream.range(0, numbers.rollouts()).forEach(i -> starts.add(start));
    }
    List<Completion> written =
        KnownText.sample(model, starts, ReferenceScale.HELD_OUT_SEED + text.item().hashCode());
    List<Double> shares = new ArrayList<>();
    for (int cut = 0; cut < kept.size() - 1; cut++) {
      int found = 0;
      for (int i = 0; i < numbers.rollouts(); i++) {
        Tokens went = written.get(cut * numbers.rollouts() + i).last().tokens();
        String whole = model.vocabulary().decode(text.response().prefix(kept.get(cut)).plus(went));
        found +=
            KnownText.came(text.asked(), whole).filter(text.asked().wanted()::equals).isPresent()
                ? 1
                : 0;
      }
      shares.add((double) found / numbers.rollouts());
    }
    shares.add(text.inClass() ? 1.0 : 0.0);
    return new HeldOutTexts.Segments(kept, shares);
  }

  /// Of each token of the held-out texts, by a reference.
  private List<float[]> logProbs(Topic topic, String reference) throws InterruptedException {
    List<float[]> known = logProbs.get(topic + reference);
    if (known != null) {
      return known;
    }
    List<Passage> passages =
        heldOut(topic).texts().stream().map(text -> text.example().passages().getFirst()).toList();
    List<float[]> found =
        switch (reference) {
          case Contrast.UNTRAINED -> untrained(topic.model(), passages);
          case Contrast.UNALIGNED -> untrained("small-base", passages);
          default -> trained(topic, reference, passages);
        };
    logProbs.put(topic + reference, found);
    return found;
  }

  private List<float[]> untrained(String model, List<Passage> passages) {
    try (WhiteBox box = lab.whiteBox(model, 1, 0)) {
      return read(box, passages);
    }
  }

  private List<float[]> trained(Topic topic, String reference, List<Passage> passages)
      throws InterruptedException {
    Drawn sets = drawn(topic);
    List<KnownText> learnt =
        switch (reference) {
          case Contrast.ALL -> sets.all();
          case Contrast.AGAIN -> sets.again();
          case Contrast.ONE -> sets.one();
          default -> sets.other();
        };
    List<Example> examples = learnt.stream().map(KnownText::example).toList();
    Teaching teaching =
        new Teaching(
            topic.model(),
            Objectives.named("cross-entropy", Objectives.Numbers.STANDARD),
            examples,
            numbers.epochs(),
            numbers.batch(),
            numbers.rate(),
            numbers.rank(),
            seed);
    taught.put(topic + reference, new double[] {teaching.tokens(), teaching.mass()});
    return lab.taught(teaching, (box, adapter) -> read(box, passages));
  }

  private static List<float[]> read(WhiteBox box, List<Passage> passages) {
    List<float[]> all = new ArrayList<>();
    for (int from = 0; from < passages.size(); from += AT_ONCE) {
      all.addAll(box.logProbs(passages.subList(from, Math.min(passages.size(), from + AT_ONCE))));
    }
    return all;
  }

  /// Texts are drawn until each set has its tokens.
  private Drawn drawn(Topic topic) throws InterruptedException {
    Drawn before = drawn.get(topic);
    if (before != null) {
      return before;
    }
    List<KnownText> texts = new ArrayList<>();
    try (LlamaModel model = lab.engine(topic.model())) {
      for (int round = 0; round < numbers.rounds() || !enough(texts); round++) {
        long own = 1000 * seed + round;
        texts.addAll(KnownText.write(model, topic.word(), topic.ask(numbers.drawn(), own), own));
      }
    }
    List<KnownText> one = texts.stream().filter(KnownText::inClass).toList();
    List<KnownText> other = texts.stream().filter(text -> !text.inClass()).toList();
    List<KnownText> all = filled(texts);
    List<KnownText> again = filled(texts.reversed());
    Drawn sets = new Drawn(all, again, filled(one), filled(other));
    drawn.put(topic, sets);
    return sets;
  }

  private boolean enough(List<KnownText> texts) {
    return Stream.of(true, false)
        .allMatch(
            kind ->
                texts.stream()
                        .filter(text -> text.inClass() == kind)
                        .mapToInt(References::learnt)
                        .sum()
                    >= numbers.tokens());
  }

  private List<KnownText> filled(List<KnownText> texts) {
    List<KnownText> filled = new ArrayList<>();
    int tokens = 0;
    for (KnownText text : texts) {
      if (tokens >= numbers.tokens()) {
        break;
      }
      filled.add(text);
      tokens += learnt(text);
    }
    return filled;
  }

  private static int learnt(KnownText text) {
    return text.response().size() + 1;
  }
}
