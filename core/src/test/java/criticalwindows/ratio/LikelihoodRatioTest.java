package criticalwindows.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import criticalwindows.trace.Tracing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two toy models whose third character is decided otherwise, so that every ratio is known.
class LikelihoodRatioTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  /// Refuses (0) nine times in ten.
  private final ToyModel aligned = new ToyModel(new ToyModel.OneDecision(4, 2, .1));

  /// Refuses one time in ten.
  private final ToyModel unaligned = new ToyModel(new ToyModel.OneDecision(4, 2, .9));

  /// Nothing but the begin-of-text token, which both laws begin with.
  private static final Before BEGUN =
      new Before.Ids(Tokens.of(ToyModel.orderedDecisions().vocabulary().begin().orElseThrow()));

  private static Trace text(int number, String response, String family) {
    return new Trace(
        "line " + number,
        Optional.of("t" + number),
        BEGUN,
        new Sources.Text(response),
        FinishReason.STOP,
        Optional.empty(),
        Optional.of(family));
  }

  private List<TextScores> scored(List<Trace> texts) throws InterruptedException {
    return scored(texts, "aa1");
  }

  private List<TextScores> scored(List<Trace> texts, String said) throws InterruptedException {
    List<Problem> items = Tracing.of(aligned, texts, "mine").items();
    MemoryLedger ledger = new MemoryLedger(items);
    Tokens phrase = aligned.vocabulary().encode(said);
    Runner.run(new RatioProtocol(aligned, Role.ALIGNED, phrase), ledger, CLOCK, state -> {});
    assertThat(TextScores.of(items.getFirst(), ledger.samples(items.getFirst().id()))).isEmpty();
    Runner.run(new RatioProtocol(unaligned, Role.UNALIGNED, phrase), ledger, CLOCK, state -> {});
    return items.stream()
        .map(item -> TextScores.of(item, ledger.samples(item.id())).orElseThrow())
        .toList();
  }

  @Test
  void eachTokenHasTheRatioThatTheTwoLawsGiveIt() throws Exception {
    TextScores text = scored(List.of(text(1, "ab1a", "prefill"))).getFirst();
    assertThat(text.length()).isEqualTo(4);
    assertThat(text.ratio(0)).isZero();
    assertThat(text.ratio(1)).isZero();
    assertThat(text.ratio(2)).isCloseTo(Math.log(9), within(1e-6));
    assertThat(text.ratio(3)).isZero();
    assertThat(text.aligned().sum(4)).isCloseTo(Math.log(.9 * .1 * .1 * .9), within(1e-6));
    // The phrase ends with the decision too.
    assertThat(text.unaligned().phrase() - text.aligned().phrase())
        .isCloseTo(Math.log(9), within(1e-6));
  }

  @Test
  void scoresOfABeginningTakeNothingOfTheRest() throws Exception {
    TextScores text = scored(List.of(text(1, "aa1a", "prefill"))).getFirst();
    assertThat(Scores.RATIO.of(text, 0)).isZero();
    assertThat(Scores.RATIO.of(text, 2)).isZero();
    assertThat(Scores.RATIO.of(text, 3)).isCloseTo(Math.log(9) / 3, within(1e-6));
    assertThat(Scores.RATIO.of(text)).isCloseTo(Math.log(9) / 4, within(1e-6));
    for (Score score : Scores.ALL) {
      assertThat(score.of(text, 0)).as(score.name()).isFinite();
    }
  }

  /// The published mistakes: the ratio thresholded on its other tail, and what the aligned model
  /// finds all but impossible counted as −10. Here the complied texts are the suspicious ones, and
  /// less likely by the aligned model they only become more so.
  @Test
  void theSuspiciousTailIsTheHighOne() throws Exception {
    List<Trace> texts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      texts.add(text(i, i % 2 == 0 ? "aa1a" : "ab1b", "prefill"));
    }
    for (int i = 30; i < 150; i++) {
      texts.add(text(i, i % 2 == 0 ? "aa0a" : "ab0b", RatioStudy.BENIGN));
    }
    RatioStudy study = RatioStudy.of(scored(texts));
    RatioStudy.Told ratio = study.told().getFirst();
    assertThat(ratio.score()).isEqualTo(Scores.RATIO);
    assertThat(ratio.area()).isEqualTo(1);
    assertThat(ratio.one().found()).isEqualTo(new Proportion(30, 30));
    assertThat(ratio.one().raised().successes()).isZero();
    // Of 120 benign texts one may be flagged at 1 %.
    assertThat(ratio.one().whole().low()).isGreaterThan(.8);
  }

  @Test
  void whatIsAllButImpossibleByTheAlignedModelIsCountedAsItIs() throws Exception {
    ToyModel never = new ToyModel(new ToyModel.OneDecision(4, 2, 1e-9));
    Problem item =
        Tracing.of(never, List.of(text(1, "aa1a", "prefill")), "mine").items().getFirst();
    MemoryLedger ledger = new MemoryLedger(List.of(item));
    Tokens phrase = never.vocabulary().encode("aa1");
    Runner.run(new RatioProtocol(never, Role.ALIGNED, phrase), ledger, CLOCK, state -> {});
    Runner.run(new RatioProtocol(unaligned, Role.UNALIGNED, phrase), ledger, CLOCK, state -> {});
    TextScores text = TextScores.of(item, ledger.samples(item.id())).orElseThrow();
    assertThat(text.ratio(2)).isCloseTo(Math.log(.9 / 1e-9), within(1e-4));
  }

  @Test
  void theMeanRatioByPositionIsTheDivergenceOverTextsOfTheAlignedModel() throws Exception {
    // One text in ten complies, as the aligned model would write them.
    List<Trace> texts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      texts.add(text(i, i == 0 ? "aa1a" : "aa0a", "none"));
    }
    List<RatioStudy.Position> divergence = RatioStudy.of(scored(texts)).divergence("none");
    assertThat(divergence).hasSize(4);
    double kl = .1 * Math.log(.1 / .9) + .9 * Math.log(.9 / .1);
    RatioStudy.Position decided = divergence.get(2);
    assertThat(decided.mean()).isCloseTo(kl, within(1e-6));
    // Two values, ln 9 nine times and −ln 9 once: by hand, with t of 9 degrees of freedom.
    double error = 2 * Math.log(9) * Math.sqrt(.9 * .1 / 9);
    assertThat(decided.interval().high()).isCloseTo(kl + 2.2621572 * error, within(1e-5));
    assertThat(decided.texts()).isEqualTo(10);
    assertThat(divergence.get(3).mean()).isZero();
    assertThat(RatioStudy.of(scored(texts)).divergence(RatioStudy.BENIGN)).isEmpty();
  }

  /// Cuts after 0, 1, 2 and 3 tokens: the curve rises where the ratio is not 0.
  @Test
  void theRatioIsHeldAgainstTheRiseBetweenCutsAndAgainstTheWindow() throws Exception {
    TextScores text = scored(List.of(text(1, "ab1a", "prefill"))).getFirst();
    AlongCurve along = new AlongCurve(text, curve(new Interval(2.5, 2.5)));
    assertThat(along.stretches()).hasSize(3);
    assertThat(along.stretches().get(2).ratio()).isCloseTo(Math.log(9), within(1e-6));
    assertThat(along.stretches().get(2).rise()).isCloseTo(.8, within(1e-12));
    assertThat(along.correlation()).hasValue(1);
    AlongCurve.Found found = along.found().orElseThrow();
    assertThat(found.token()).isEqualTo(2);
    assertThat(found.hit()).isTrue();
    // One of the three tokens between the first cut and the last.
    assertThat(found.chance()).isCloseTo(1 / 3.0, within(1e-12));
    AlongCurve early = new AlongCurve(text, curve(new Interval(.2, 1.7)));
    assertThat(early.found().orElseThrow().hit()).isFalse();
    assertThat(early.found().orElseThrow().chance()).isCloseTo(2 / 3.0, within(1e-12));
    AlongCurves both = new AlongCurves(List.of(along, early));
    assertThat(both.hits()).isEqualTo(new Proportion(1, 2));
    assertThat(both.chance()).isCloseTo(.5, within(1e-12));
    assertThat(both.correlation().orElseThrow().mean()).isCloseTo(1, within(1e-12));
    assertThat(both.correlation().orElseThrow().interval().low()).isLessThan(1);
    AlongCurve none = new AlongCurve(text, MeasuredCurve.NONE);
    assertThat(none.stretches()).isEmpty();
    assertThat(none.correlation()).isEmpty();
    assertThat(none.found()).isEmpty();
    assertThat(new AlongCurves(List.of(none)).hits().known()).isFalse();
  }

  private static MeasuredCurve curve(Interval window) {
    List<Curve.Point> points = new ArrayList<>();
    for (int kept = 0; kept <= 3; kept++) {
      points.add(new Curve.Point(kept, new Proportion(kept == 3 ? 9 : 1, 10)));
    }
    return new MeasuredCurve(new Curve(points), Optional.of(window), Map.of());
  }

  @Test
  void anItemWithoutAResponseHasItsPromptAndThePhraseScored() throws Exception {
    Trace open =
        new Trace(
            "line 1",
            Optional.of("t1"),
            new Before.Ids(
                ToyModel.orderedDecisions().vocabulary().encode("a").plus(Tokens.of('b'))),
            new Sources.Sampled(),
            FinishReason.STOP,
            Optional.empty(),
            Optional.of("none"));
    TextScores text = scored(List.of(open), "1a").getFirst();
    assertThat(text.length()).isZero();
    assertThat(text.aligned().prompt().size()).isEqualTo(1);
    assertThat(text.aligned().prompt().at(0)).isCloseTo((float) Math.log(.1), within(1e-6f));
    assertThat(Scores.RATIO.of(text)).isZero();
    assertThat(text.aligned().phrase()).isCloseTo(Math.log(.1 * .9), within(1e-6));
  }

  /// The published mistake: what a mask has taken away counted as −10.
  @Test
  void whatHasNoProbabilityIsRefused() {
    assertThatThrownBy(() -> scored(List.of(text(1, "az1a", "prefill"))))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> {
              assertThat(error)
                  .hasMessage(
                      "t1: the aligned model gives one of its tokens no probability at all");
              assertThat(error.hint())
                  .isEqualTo("use a backend whose log-probabilities are plain: no top-k, no top-p");
            });
  }
}
