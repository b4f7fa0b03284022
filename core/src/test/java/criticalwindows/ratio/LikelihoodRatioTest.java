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
import criticalwindows.stats.Proportion;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import criticalwindows.trace.Tracing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
