package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.contract.EveryModel;
import criticalwindows.contract.ModelContract;
import criticalwindows.model.Completion;
import criticalwindows.model.Models;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// A model in several workers keeps the contract of every backend, and computes no more than it has
/// to.
@Isolated("its model computes on two cores")
class ParallelContextsTest implements EveryModel {
  private final LlamaModel model = open();
  private final ModelContract.Subject subject = BuiltIn.subject(model);

  private static LlamaModel open() {
    return LlamaModel.open(BuiltIn.FILE, BuiltIn.OPTIONS.withThreads(2).withMemory(570_000_000));
  }

  @Override
  public ModelContract.Subject subject() {
    return subject;
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static List<Step> write(int tokens) {
    return List.of(Step.sample(Sampling.PLAIN, tokens));
  }

  @Test
  void everyWorkerWorksAndEveryScriptIsReportedInItsPlace() throws InterruptedException {
    List<Script> scripts =
        LongStream.range(0, 9)
            .mapToObj(seed -> new Script(subject.start(), write(20), seed))
            .toList();
    List<Completion> together = Models.run(model, scripts);
    assertThat(model.provenance()).containsEntry("workers", "2");
    // Both workers read the start: there are scripts for two.
    assertThat(model.counters().computedTokens())
        .isBetween(2L * subject.start().size(), 2L * subject.start().size() + 9 * 20);
    for (int i = 0; i < 9; i++) {
      // Up to the first step where rounding decides, a script draws what it draws alone.
      Completion alone = Models.run(model, scripts.get(i));
      assertThat(together.get(i).last().tokens().commonPrefix(alone.last().tokens())).isPositive();
    }
  }

  @Test
  void theSameRunComputesTheSame() throws InterruptedException {
    List<Script> scripts = new ArrayList<>();
    for (int kept : List.of(60, 80, subject.start().size())) {
      LongStream.range(0, 7)
          .mapToObj(seed -> new Script(subject.start().prefix(kept), write(12), seed))
          .forEach(scripts::add);
    }
    List<Sampled> first = texts(model, scripts);
    try (LlamaModel again = open()) {
      assertThat(texts(again, scripts)).isEqualTo(first);
    }
  }

  private static List<Sampled> texts(LlamaModel model, List<Script> scripts)
      throws InterruptedException {
    return Models.run(model, scripts).stream().map(Completion::last).toList();
  }

  /// Why a run that was killed and resumed can have another word: its seeds are the same, its
  /// batches are not.
  @Test
  void anotherBatchRoundsOtherwiseAndDrawsTheSameElse() throws InterruptedException {
    int count = 120;
    List<Script> scripts =
        LongStream.range(0, count)
            .mapToObj(seed -> new Script(subject.start(), write(30), seed))
            .toList();
    List<Sampled> together = texts(model, scripts);
    List<Sampled> apart = new ArrayList<>();
    for (int from = 0; from < count; from += 7) {
      apart.addAll(texts(model, scripts.subList(from, Math.min(count, from + 7))));
    }
    int rounded = 0;
    int others = 0;
    double most = 0;
    for (int i = 0; i < count; i++) {
      Sampled one = together.get(i);
      Sampled two = apart.get(i);
      others += one.tokens().equals(two.tokens()) ? 0 : 1;
      for (int at = 0; at < one.tokens().commonPrefix(two.tokens()); at++) {
        double difference = Math.abs(one.logProbs().at(at) - two.logProbs().at(at));
        rounded += difference > 0 ? 1 : 0;
        most = Math.max(most, difference);
      }
    }
    assertThat(rounded).isPositive();
    assertThat(most).isLessThan(.02);
    assertThat(others).isLessThan(count / 10);
  }

  @Test
  void scriptsGoWhereTheirStartIsKept() throws InterruptedException {
    List<Script> originals =
        LongStream.range(0, 4)
            .mapToObj(
                i ->
                    new Script(
                        begin().plus(BuiltIn.question(model.vocabulary(), 11 + (int) i)),
                        List.of(Step.sample(Sampling.PLAIN, 24), new Step.Keep()),
                        i))
            .toList();
    List<Completion> written = Models.run(model, originals);
    List<Script> goingOn = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Tokens whole = originals.get(i).start().plus(written.get(i).last().tokens());
      goingOn.add(new Script(whole.prefix(whole.size() - 3), write(1), i));
      goingOn.add(new Script(whole.prefix(whole.size() - 3), write(1), 10 + i));
    }
    Counters before = model.counters();
    Models.run(model, goingOn);
    // One token of each cut for its logits, and nothing that was kept.
    assertThat(model.counters().since(before).computedTokens()).isEqualTo(4);
  }

  private Tokens begin() {
    return Tokens.of(model.vocabulary().begin().orElseThrow());
  }

  @Test
  void aSinkThatFailsStopsTheWorkers() throws InterruptedException {
    Script script = new Script(subject.start(), write(30), 1L);
    List<Script> scripts = List.of(script, script, script, script);
    assertThatThrownBy(
            () ->
                model.run(
                    scripts,
                    (index, done) -> {
                      throw new IllegalStateException("full");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("full");
    assertThat(Models.run(model, scripts)).hasSize(4);
  }
}
