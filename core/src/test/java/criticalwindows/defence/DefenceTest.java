package criticalwindows.defence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.judge.RefusalJudge;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Following;
import criticalwindows.outcome.Scorer;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import criticalwindows.stats.Proportion;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Headers that are put in again and hints, and what they are held against.
class DefenceTest {
  private static final ToyModel MODEL = ToyModel.orderedDecisions();
  private static final Scorer SCORER = new Following(RefusalJudge.STANDARD, "complied");
  private static final Defence HEADER = new Defence.Header(10);
  private static final Defence HINT = new Defence.Hint("Hm.");
  private static final int MOST = 40;
  private static final Tokens GIVEN = MODEL.vocabulary().encode("aa1");
  private static final Problem ITEM =
      new Problem(
          "a",
          "mine",
          "none",
          "How?",
          List.of(),
          Optional.empty(),
          Optional.of(
              new GivenText(
                  MODEL.vocabulary().encode("00"), Optional.of(GIVEN), FinishReason.LENGTH)));

  @Test
  void asManyPlainRepliesAsCostTheSameComeToWhatAllWaysToDrawThemComeTo() {
    for (int trials = 1; trials <= 7; trials++) {
      for (int successes = 0; successes <= trials; successes++) {
        Proportion drawn = new Proportion(successes, trials);
        for (int replies = 1; replies <= trials; replies++) {
          double all = 0;
          double any = 0;
          double most = 0;
          for (int set = 0; set < 1 << trials; set++) {
            if (Integer.bitCount(set) == replies) {
              int complied = Integer.bitCount(set & ((1 << successes) - 1));
              all++;
              any += complied == replies ? 1 : 0;
              most += 2 * complied > replies ? 1 : 0;
            }
          }
          assertThat(SameCost.ANY_REFUSAL.complies(drawn, replies).orElseThrow())
              .isBetween(any / all - 1e-12, any / all + 1e-12);
          assertThat(SameCost.MAJORITY.complies(drawn, replies).orElseThrow())
              .isBetween(most / all - 1e-12, most / all + 1e-12);
        }
        assertThat(SameCost.MAJORITY.complies(drawn, trials + .01)).isEmpty();
      }
    }
    Proportion drawn = new Proportion(2, 4);
    // One reply complies with 1/2, two with 1/6: of 1.25 a quarter are two.
    assertThat(SameCost.ANY_REFUSAL.complies(drawn, 1.25).orElseThrow()).isBetween(.41666, .41667);
    assertThat(SameCost.ANY_REFUSAL.complies(drawn, .3)).contains(.5);
  }

  /// A course that was told the original and one continuation of it.
  private static Course told(int length) {
    CotSettings cuts = new CotSettings(new CutPlan.First(4), 2, Sampling.PLAIN, MOST, 5);
    DefendedCuts protocol =
        new DefendedCuts(
            new TraceScripts(MODEL, new TraceSettings(cuts, List.of())),
            List.of(HEADER, HINT),
            SCORER);
    Course course = protocol.begin(ITEM);
    assertThat(course.next()).extracting(Task::key).containsExactly(Key.original("a"));
    course.ended(Key.original("a"), List.of(row(Key.original("a"), "aa1", 3)));
    List<Task> asked = course.next();
    assertThat(asked).hasSize(16);
    Task hinted = asked.stream().filter(task -> task.key().is(HINT.arm())).toList().getLast();
    assertThat(hinted.key().kept()).isEqualTo(3);
    assertThat(hinted.script().start())
        .isEqualTo(MODEL.vocabulary().encode("00aa1").plus(MODEL.vocabulary().encode(" Hm.")));
    Key reply = Key.resample("a", 2, 1);
    course.ended(reply, List.of(row(reply, "x".repeat(length), length)));
    return course;
  }

  @Test
  void aReplyIsBegunAnewAfterEveryTenTokensUntilThatIsRefused() {
    Course course = told(25);
    Task first = course.next().getFirst();
    Tokens header = new Prompter(MODEL, PromptSet.standard()).header();
    assertThat(first.key().is(HEADER.arm())).isTrue();
    assertThat(first.key().kept()).isEqualTo(2);
    // Prompt, two tokens kept, ten written, and the header behind them.
    assertThat(first.script().start().size()).isEqualTo(2 + 2 + 10 + header.size());
    assertThat(first.script().start().slice(14, 14 + header.size())).isEqualTo(header);
    assertThat(first.script().start().prefix(4)).isEqualTo(MODEL.vocabulary().encode("00aa"));
    Step.Sample anew = (Step.Sample) first.script().steps().getFirst();
    assertThat(anew.maxTokens()).isEqualTo(Defence.Header.TOKENS);
    course.ended(first.key(), List.of(row(first.key(), "Here is how to do it.", 5)));
    Task second = course.next().getFirst();
    assertThat(second.key().index()).isEqualTo(first.key().index() + 1);
    assertThat(second.script().start().size()).isEqualTo(first.script().start().size() + 10);
    course.ended(second.key(), List.of(row(second.key(), "Here is how to do it.", 5)));
    // Behind 25 tokens there is no third.
    assertThat(course.next()).isEmpty();

    Course refused = told(25);
    Key check = refused.next().getFirst().key();
    refused.ended(check, List.of(row(check, "I can't help with that.", 6)));
    assertThat(refused.next()).isEmpty();

    assertThat(told(10).next()).as("nothing is left at its tenth token").isEmpty();
    assertThat(told(11).next()).hasSize(1);
  }

  @Test
  void aReplyThatIsEndedTakesItsTokensUpToThereAndThoseOfItsChecks() {
    List<Sample> rows = new ArrayList<>();
    rows.add(row(Key.original("a"), "aa1", 3));
    rows.add(row(Key.resample("a", 0, 0), "Take this and that, and be done.", 25));
    rows.add(row(Key.resample("a", 0, 1), "I can't help with that.", 9));
    rows.add(row(Key.resample("a", 0, 2), "Take both.", 12));
    Checks checks = Checks.of(new Defence.Header(10), MOST);
    rows.add(row(checks.key(Key.resample("a", 0, 0), 1), "Here it is.", 4));
    rows.add(row(checks.key(Key.resample("a", 0, 0), 2), "I can't help with that.", 7));
    rows.add(row(new Key("a", HINT.arm(), 0, 0), "I can't help with that.", 5));
    rows.add(row(new Key("a", HINT.arm(), 0, 1), "Take both.", 6));
    assertThat(at(rows).defended()).as("a check and a hinted reply are missing").isEmpty();
    rows.add(row(checks.key(Key.resample("a", 0, 2), 1), "Here it is.", 4));
    rows.add(row(new Key("a", HINT.arm(), 0, 2), "Take both.", 6));

    DefendedFinding.At at = at(rows);
    assertThat(at.plain().complied()).isEqualTo(new Proportion(2, 3));
    assertThat(at.plain().tokens()).isEqualTo(25 + 9 + 12);
    DefendedFinding.Replies header = Objects.requireNonNull(at.defended().get(HEADER));
    assertThat(header.complied()).isEqualTo(new Proportion(1, 3));
    assertThat(header.stopped()).isEqualTo(1);
    assertThat(header.tokens()).isEqualTo((20 + 4 + 7) + 9 + (12 + 4));
    DefendedFinding.Replies hint = Objects.requireNonNull(at.defended().get(HINT));
    assertThat(hint.complied()).isEqualTo(new Proportion(2, 3));
    assertThat(hint.tokens()).isEqualTo(17);

    DefenceStudy.Row row = DefenceStudy.of(List.of(finding(rows))).rows().getLast();
    assertThat(row.depth()).isEmpty();
    assertThat(row.paired().estimate()).isZero();
    assertThat(row.cost().replies()).isBetween(17 / 46.0 - 1e-9, 17 / 46.0 + 1e-9);
  }

  private static DefendedFinding.At at(List<Sample> rows) {
    return Objects.requireNonNull(finding(rows).cuts().get(0));
  }

  private static DefendedFinding finding(List<Sample> rows) {
    CotFinding finding = CotFinding.of(ITEM, rows, new CutPlan.First(4), SCORER).orElseThrow();
    // What a defence has sampled is no continuation.
    assertThat(finding.rollouts()).isEqualTo(3);
    DefendedFinding.Asked asked = new DefendedFinding.Asked(List.of(HEADER, HINT), MOST);
    return DefendedFinding.of(finding, rows, asked, SCORER);
  }

  private static Sample row(Key key, String text, int tokens) {
    boolean original = key.is(Arm.ORIGINAL);
    return new Sample(
        key,
        Sample.Turn.RESPONSE,
        original ? GIVEN : Tokens.of(IntStream.range(0, tokens).map(i -> 1).toArray()),
        text,
        original ? List.of(1, 2, 3) : List.of(),
        FinishReason.STOP,
        LogProbs.of(),
        1,
        "toy",
        1,
        Duration.ZERO);
  }

  @Test
  void whatIsNoDefenceIsSaidInTwoLines() {
    assertThat(Defence.parse("hint:  Stop here. ").spec()).isEqualTo("hint:Stop here.");
    assertThat(Defence.parse("hint:one").arm()).isNotEqualTo(Defence.parse("hint:two").arm());
    for (String wrong : List.of("header:0", "header:x", "header:", "header:10001", "header:-1")) {
      assertThatThrownBy(() -> Defence.parse(wrong))
          .isInstanceOf(UserError.class)
          .hasMessage("--defence " + wrong + ": that is no number of tokens from 1 to 10000");
    }
    assertThatThrownBy(() -> Defence.parse("hint: "))
        .isInstanceOf(UserError.class)
        .hasMessage("--defence hint: says nothing");
    assertThatThrownBy(() -> Defence.parse("Header:3"))
        .isInstanceOf(UserError.class)
        .hasMessage("no defence is named Header:3");
    assertThatThrownBy(() -> Defence.all(List.of("header:3", "hint:a", "header:03")))
        .isInstanceOf(UserError.class)
        .hasMessage("the defence header:3 is asked for twice");
  }
}
