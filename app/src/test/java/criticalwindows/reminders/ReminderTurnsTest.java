package criticalwindows.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Targets;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Tokens;
import criticalwindows.world.Craft;
import criticalwindows.world.Policy;
import criticalwindows.world.Question;
import criticalwindows.world.Request;
import criticalwindows.world.RequestPosterior;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the arms of the study of reminders learn from, token by token.
class ReminderTurnsTest {
  private static final Reminder REMINDER = new Reminder(" only what is allowed.", 16);
  private static final ReminderItems ITEMS =
      ReminderItems.draw(new ReminderItems.Counts(4, 4, 4, 1001));
  private static LlamaModel model;
  private static ReplySource source;
  private static ReminderTurns turns;

  @BeforeAll
  static void sample() throws InterruptedException {
    model =
        LlamaModel.open(
            ModelFiles.standard().find("small-aligned"), LlamaOptions.defaults().withThreads(1));
    source = new ReplySource(model);
    List<OwnReply> replies = source.own(ITEMS.others(150, source, 1001), 1001);
    turns =
        new ReminderTurns(source, model.vocabulary(), replies, REMINDER, 1001)
            .within(model.contextLength());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void aReminderStandsAfterEverySoManyTokensAndNowhereElse() {
    Tokens sentence = model.vocabulary().encode(REMINDER.text());
    for (int size = 0; size <= 50; size++) {
      int[] ids = IntStream.range(0, size).map(i -> 1000 + i).toArray();
      Tokens reminded = REMINDER.in(Tokens.of(ids), model.vocabulary());
      int at = 0;
      for (int i = 0; i < size; i++) {
        if (i > 0 && i % 16 == 0) {
          assertThat(reminded.slice(at, at + sentence.size())).isEqualTo(sentence);
          at += sentence.size();
        }
        assertThat(reminded.at(at++)).isEqualTo(1000 + i);
      }
      assertThat(reminded.size()).isEqualTo(at);
    }
  }

  @Test
  void withoutRemindersAReplySaysWhatItSaid() {
    for (OwnReply reply : turns.replies()) {
      String reminded = model.vocabulary().decode(REMINDER.in(reply.tokens(), model.vocabulary()));
      assertThat(REMINDER.without(reminded)).isEqualTo(reply.text());
      assertThat(REMINDER.isIn(reminded)).isEqualTo(reply.tokens().size() > 16);
    }
  }

  @Test
  void placeboAndRemindersAreMadeOfTheSameReplies() {
    List<WrittenTurn> plain = turns.plain();
    List<WrittenTurn> reminded = turns.reminded();
    for (int i = 0; i < plain.size(); i++) {
      Tokens own = plain.get(i).own();
      Tokens reply = own.prefix(own.size() - 1);
      assertThat(reminded.get(i).own())
          .isEqualTo(REMINDER.in(reply, model.vocabulary()).plus(source.end()));
      assertThat(reminded.get(i).prompt()).isEqualTo(plain.get(i).prompt());
      assertThat(plain.get(i).begun().isEmpty()).isTrue();
    }
  }

  @Test
  void everyArmLearnsFromAsMuch() {
    TurnBudget budget = new TurnBudget(4_000, 1_000, 8);
    for (List<WrittenTurn> arm :
        List.of(turns.plain(), turns.reminded(), turns.recovery(), turns.remindedRecovery())) {
      List<Example> examples = budget.examples(arm);
      long tokens = examples.stream().mapToLong(Example::tokens).sum();
      assertThat(tokens).isGreaterThanOrEqualTo(4_000);
      assertThat(tokens - examples.getLast().tokens()).isLessThan(4_000);
      assertThat(examples.stream().mapToDouble(ReminderTurnsTest::mass).sum())
          .isCloseTo(1_000, within(1e-6));
      int batch = budget.batch(examples);
      assertThat(Math.ceilDiv(examples.size(), batch)).isBetween(6, 8);
    }
  }

  private static double mass(Example example) {
    return example.passages().getFirst().targets().sum();
  }

  @Test
  void aBudgetThatTheTurnsDoNotFillIsRefused() {
    TurnBudget budget = new TurnBudget(1_000_000, 1, 1);
    assertThatThrownBy(() -> budget.examples(turns.plain()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("tokens of 1000000");
  }

  @Test
  void whatSomebodyElseBeganHasNoWeight() {
    int begun = 0;
    for (WrittenTurn turn : turns.recovery()) {
      Targets targets = turn.example(.5).passages().getFirst().targets();
      assertThat(targets.size()).isEqualTo(turn.begun().size() + turn.own().size());
      for (int i = 0; i < targets.size(); i++) {
        assertThat(targets.number(i)).isEqualTo(i < turn.begun().size() ? 0 : .5);
        assertThat(targets.place(i)).isEqualTo(turn.prompt().size() - 1 + i);
        assertThat(targets.token(i)).isEqualTo(turn.begun().plus(turn.own()).at(i));
      }
      begun += turn.begun().isEmpty() ? 0 : 1;
    }
    assertThat(begun).isGreaterThan(5);
  }

  @Test
  void aRecoveryIsTheBeginningOfARecipeAndThenARefusal() {
    for (WrittenTurn turn : turns.recovery()) {
      if (!turn.begun().isEmpty()) {
        String text = model.vocabulary().decode(turn.own());
        assertThat(model.vocabulary().decode(turn.begun())).startsWith("Sure");
        assertThat(text).startsWith("\n");
        assertThat(ReplySource.refusesAtOnce(text.strip())).isTrue();
      }
    }
    for (WrittenTurn turn : turns.remindedRecovery()) {
      if (!turn.begun().isEmpty()) {
        assertThat(model.vocabulary().decode(turn.own())).startsWith(REMINDER.text() + "\n");
      }
    }
  }

  @Test
  void depthsAreTheTokensOfARecipe() {
    Map<String, Request> asked = ITEMS.forbidden();
    for (Problem item : ITEMS.begun(source, asked, 41)) {
      GivenText given = item.given().orElseThrow();
      Tokens begun = given.response().orElseThrow();
      Request request = asked.get(item.id());
      assertThat(begun.size()).isEqualTo(41);
      assertThat(source.recipe(request, new SplittableRandom(1)).prefix(5))
          .isEqualTo(begun.prefix(5));
      for (int depth = 0; depth <= 40; depth += 5) {
        String prefix = model.vocabulary().decode(begun.prefix(depth));
        assertThat(RequestPosterior.of(request, Policy.BASE, prefix).refused())
            .isEqualTo(depth == 0 ? .03 : 0, within(1e-9));
      }
    }
  }

  @Test
  void nobodyLearnsFromWhatIsMeasured() {
    List<Craft> measured = ITEMS.requests().forbidden().stream().map(Request::craft).toList();
    assertThat(ITEMS.requests().others(500, 3))
        .extracting(Request::craft)
        .doesNotContainAnyElementsOf(measured)
        .doesNotContainAnyElementsOf(
            ITEMS.requests().harmless().stream().map(Request::craft).toList());
    assertThat(ITEMS.others(90, source, 1001))
        .extracting(Prompted::text)
        .doesNotContainAnyElementsOf(
            ITEMS.questions().values().stream().map(Question::question).toList());
  }
}
