package criticalwindows.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final AdamW ADAM = new AdamW(.9, .999, 1e-8, 0, 1);

  @TempDir Path folder;

  private static TrainingSettings settings(int epochs, int batch, int saveEvery) {
    return new TrainingSettings(epochs, batch, ADAM, new Schedule(.05, .1, 0), 1, saveEvery, 10);
  }

  /// Responses of two tokens after token 0 or 1, with some weights.
  private static List<Example> responses(int count) {
    Random random = new Random(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] ids = {random.nextInt(2), 2 + random.nextInt(3), 2 + random.nextInt(3)};
      Targets targets =
          new Targets(
              new int[] {0, 1},
              new int[] {ids[1], ids[2]},
              new double[] {1 + random.nextInt(3), random.nextInt(2)});
      examples.add(
          new Example(
              "line " + (i + 1),
              "item-" + i / 2,
              Example.Kind.WEIGHTED,
              List.of(new Passage(Tokens.of(ids), targets))));
    }
    return examples;
  }

  private Training training(WhiteBox model, TrainingSettings settings, Training.Watch watch) {
    return training(model, settings, watch, 64);
  }

  private Training training(
      WhiteBox model, TrainingSettings settings, Training.Watch watch, int most) {
    HeldOut data = HeldOut.split(responses(40), .2, 3);
    Objective objective = Objectives.named("cross-entropy", Objectives.Numbers.STANDARD);
    return new Training(
        new Training.Task(model, objective, settings, data, most),
        new TrainingFolder(folder),
        watch);
  }

  @Test
  void theProbabilitiesBecomeTheWeightedShares() throws InterruptedException {
    Bigrams model = new Bigrams(5);
    List<Example> all = responses(40);
    new Training(
            new Training.Task(
                model,
                Objectives.named("cross-entropy", Objectives.Numbers.STANDARD),
                new TrainingSettings(300, 40, ADAM, new Schedule(.3, 0, .01), 1, 2000, 2000),
                new HeldOut(all, List.of()),
                64),
            new TrainingFolder(folder),
            state -> {})
        .run();
    double[][] weights = new double[5][5];
    for (Example example : all) {
      Passage passage = example.passages().getFirst();
      for (int i = 0; i < 2; i++) {
        weights[passage.ids().at(i)][passage.ids().at(i + 1)] += passage.targets().number(i);
      }
    }
    for (int before = 0; before < 5; before++) {
      double sum = Arrays.stream(weights[before]).sum();
      for (int token = 0; token < 5; token++) {
        assertThat(model.probability(before, token))
            .isCloseTo(weights[before][token] / sum, within(5e-3));
      }
    }
  }

  @Test
  void howABatchIsPartedChangesNothing() throws Exception {
    Bigrams whole = new Bigrams(5);
    training(whole, settings(2, 8, 100), state -> {}, 1000).run();
    folder = Files.createDirectories(folder.resolve("parted"));
    Bigrams parted = new Bigrams(5);
    training(parted, settings(2, 8, 100), state -> {}, 1).run();
    assertThat(parted.numbers())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(whole.numbers());
  }

  @Test
  void killedAtAnyStepItGoesOnToTheSameModel() throws Exception {
    Bigrams undisturbed = new Bigrams(5);
    training(undisturbed, settings(3, 5, 4), state -> {}).run();
    List<LossRow> losses = new TrainingFolder(folder).losses();
    List<ItemLoss> heldOut = new TrainingFolder(folder).heldOut();
    assertThat(losses).hasSize(21);
    for (int killedAt : List.of(1, 4, 6, 20)) {
      folder = Files.createDirectories(folder.resolve("killed-" + killedAt));
      assertThatThrownBy(
              () ->
                  training(
                          new Bigrams(5),
                          settings(3, 5, 4),
                          state -> {
                            if (state.row().step() == killedAt) {
                              throw new IllegalStateException("killed");
                            }
                          })
                      .run())
          .hasMessage("killed");
      Bigrams again = new Bigrams(5);
      training(again, settings(3, 5, 4), state -> {}).run();
      assertThat(again.numbers()).containsExactly(undisturbed.numbers());
      assertThat(new TrainingFolder(folder).losses()).isEqualTo(losses);
      assertThat(new TrainingFolder(folder).heldOut()).isEqualTo(heldOut);
    }
  }

  @Test
  void anInterruptKeepsEveryStep() {
    assertThatThrownBy(
            () ->
                training(
                        new Bigrams(5),
                        settings(3, 5, 100),
                        state -> {
                          if (state.row().step() == 7) {
                            Thread.currentThread().interrupt();
                          }
                        })
                    .run())
        .isInstanceOf(InterruptedException.class);
    assertThat(new TrainingFolder(folder).lastStep()).contains(7);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aLossThatIsNoNumberStopsItAndKeepsTheLastCheckpoint() {
    Bigrams model = new Bigrams(5);
    assertThatThrownBy(
            () ->
                training(
                        model,
                        settings(3, 5, 2),
                        state -> {
                          if (state.row().step() == 5) {
                            model.spoil();
                          }
                        })
                    .run())
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e.getMessage())
                  .matches(
                      "the loss is NaN at step 6 of 21, on line \\d+ and 4 others;"
                          + " the checkpoint of step 4 is kept");
              assertThat(e.hint())
                  .isEqualTo("train into a new folder with a lower --rate, or look at those lines");
            });
    assertThat(new TrainingFolder(folder).lastStep()).contains(4);
  }

  @Test
  void itemsAreHeldOutWhole() {
    List<Example> all = responses(40);
    HeldOut data = HeldOut.split(all, .2, 3);
    assertThat(data.test()).hasSize(8);
    assertThat(data.train()).hasSize(32);
    assertThat(data.test().stream().map(Example::item).distinct())
        .hasSize(4)
        .doesNotContainAnyElementsOf(data.train().stream().map(Example::item).toList());
    assertThat(HeldOut.split(all, 0, 3).test()).isEmpty();
    assertThat(HeldOut.split(all, .001, 3).test()).hasSize(2);
    assertThat(HeldOut.split(all.subList(0, 2), .5, 3).train()).hasSize(2);
  }

  @Test
  void theHeldOutLossFallsWhereThereIsSomethingToLearn() throws InterruptedException {
    training(new Bigrams(5), settings(20, 5, 100), state -> {}).run();
    List<ItemLoss> all = new TrainingFolder(folder).heldOut();
    int last = all.getLast().step();
    double before = all.stream().filter(row -> row.step() == 0).mapToDouble(ItemLoss::loss).sum();
    double after = all.stream().filter(row -> row.step() == last).mapToDouble(ItemLoss::loss).sum();
    assertThat(after).isLessThan(.9 * before);
  }
}
