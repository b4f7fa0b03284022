package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.model.Completion;
import criticalwindows.model.ModelPool;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Copies of a model that work as one keep the contract of every backend.
class ModelPoolContractTest {
  private final LlamaModel first = BuiltIn.open(12);
  private final LlamaModel second = first.again();
  private final ModelPool pool = new ModelPool(List.of(first, second));
  private final ModelContract.Subject subject = subject(pool);

  private static ModelContract.Subject subject(ModelPool model) {
    Tokens begin = Tokens.of(model.vocabulary().begin().orElseThrow());
    return new ModelContract.Subject(model, begin.plus(BuiltIn.question(model.vocabulary(), 17)));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void continuesExactlyFromEveryCut() throws InterruptedException {
    ModelContract.continuesExactlyFromEveryCut(subject);
  }

  @Test
  void continuesInABatchUpToTheFirstNarrowStep() throws InterruptedException {
    ModelContract.continuesInABatchUpToTheFirstNarrowStep(subject);
  }

  @Test
  void seedsDecide() throws InterruptedException {
    ModelContract.seedsDecide(subject);
  }

  @Test
  void logProbsSumToTheScore() throws InterruptedException {
    ModelContract.logProbsSumToTheScore(subject);
  }

  @Test
  void canBeInterrupted() throws InterruptedException {
    ModelContract.canBeInterrupted(subject);
  }

  @Test
  void refusesBadScriptsFirst() {
    ModelContract.refusesBadScriptsFirst(subject);
  }

  @Test
  void everyCopyWorksAndEveryScriptIsReportedInItsPlace() throws InterruptedException {
    List<Script> scripts =
        LongStream.range(0, 9)
            .mapToObj(
                seed -> new Script(subject.start(), List.of(Step.sample(Sampling.PLAIN, 20)), seed))
            .toList();
    List<Completion> together = Models.run(pool, scripts);
    assertThat(together).hasSize(9);
    assertThat(first.counters().sampledTokens()).isPositive();
    assertThat(second.counters().sampledTokens()).isPositive();
    ToyModel toy = ToyModel.orderedDecisions();
    Tokens start = toy.vocabulary().encode("?");
    List<Script> exact =
        scripts.stream().map(each -> new Script(start, each.steps(), each.seed())).toList();
    ModelPool toys = new ModelPool(List.of(toy, ToyModel.orderedDecisions()));
    assertThat(Models.run(toys, exact)).isEqualTo(Models.run(toy, exact));
  }

  @Test
  void aSinkThatFailsStopsTheCopies() throws InterruptedException {
    Script script = new Script(subject.start(), List.of(Step.sample(Sampling.PLAIN, 30)), 1L);
    List<Script> scripts = List.of(script, script, script, script);
    assertThatThrownBy(
            () ->
                pool.run(
                    scripts,
                    (index, done) -> {
                      throw new IllegalStateException("full");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("full");
    assertThat(Models.run(pool, scripts)).hasSize(4);
  }

  @Test
  void aPoolOfNoneIsRefused() {
    assertThatThrownBy(() -> new ModelPool(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
