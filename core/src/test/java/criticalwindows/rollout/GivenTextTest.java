package criticalwindows.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Models;
import criticalwindows.model.Prediction;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Texts that exist already, scored beside each other.
class GivenTextTest {
  private final ToyModel model = ToyModel.threeChoices();
  private final List<Problem> problems =
      IntStream.range(0, 3)
          .mapToObj(i -> Problem.of("toy", "given", "Which? " + i, List.of(), "$1$"))
          .toList();

  private Task task(int problem, Step.Score score) {
    Script script = new Script(model.vocabulary().encode(":"), List.of(score), 0L);
    return new Task(Key.original(problems.get(problem).id()), script);
  }

  private Step.Score plain(String text) {
    return new Step.Score(List.of(model.vocabulary().encode(text)));
  }

  @Test
  void theyKeepTheirPredictionsWhereTheseAreWanted() throws InterruptedException {
    Sampling sampling = new Sampling(.7, .9);
    List<Task> tasks =
        List.of(
            task(0, plain("aa1").withPredictions(sampling)),
            task(1, plain("ab0").withPredictions(sampling)),
            task(2, plain("aa1")));
    List<Joined> joined = Joined.of(tasks);
    // What is wanted of the third is something else.
    assertThat(joined.stream().map(one -> one.tasks().size())).containsExactly(2, 1);
    MemoryLedger ledger = new MemoryLedger(problems);
    WaveWriter writer = new WaveWriter(model, ledger, InstantSource.fixed(Instant.EPOCH));
    for (Joined one : joined) {
      for (int i = 0; i < one.tasks().size(); i++) {
        writer.add(one.tasks().get(i), one.part(i, Models.run(model, one.script())));
      }
    }
    writer.commit();
    for (int i = 0; i < 2; i++) {
      Sample row = ledger.samples(problems.get(i).id()).getFirst();
      assertThat(row.predictions().stream().map(Predicted::prediction).toList())
          .isEqualTo(alone(row.tokens(), sampling));
      assertThat(row.predictions().stream().map(Predicted::text)).containsExactly("a", "a", "1");
    }
    assertThat(ledger.samples(problems.get(2).id()).getFirst().predictions()).isEmpty();
  }

  private List<Prediction> alone(Tokens text, Sampling sampling) throws InterruptedException {
    Step score = new Step.Score(List.of(text)).withPredictions(sampling);
    Script script = new Script(model.vocabulary().encode(":"), List.of(score), 0L);
    Scored found = Models.run(model, script).scores().getFirst().getFirst();
    assertThat(found.predictions()).hasSize(3);
    return found.predictions();
  }
}
