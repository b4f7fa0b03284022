package criticalwindows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.error.UserError;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Budget;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run is begun, gone on with, and refused where it is not the run it was.
class RunOpeningTest {
  @TempDir Path folder;

  private static void refused(ThrowingCallable opening, String error, String hint) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e).hasMessageContaining(error);
              assertThat(e.hint()).contains(hint);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {Toys.FRACTIONS, Toys.SEARCH})
  void aRunInSeveralSessionsHasTheRowsOfOneInASingleSession(String cuts) throws Exception {
    Path whole = Toys.begun(folder.resolve("whole"), cuts, Map.of());
    assertThat(Toys.work(whole, Budget.NONE).remaining()).isEmpty();

    Path pieces = Toys.begun(folder.resolve("pieces"), cuts, Map.of());
    int sessions = 1;
    while (Toys.work(pieces, new Budget.Rollouts(17)).remaining().isPresent()) {
      sessions++;
    }
    assertThat(sessions).isGreaterThan(2);
    assertThat(Toys.rows(pieces)).isNotEmpty().isEqualTo(Toys.rows(whole));
  }

  @Test
  void aFinishedRunIsLeftAsItIs() throws Exception {
    Path run = Toys.begun(folder.resolve("run"), Toys.FRACTIONS, Map.of());
    Toys.work(run, Budget.NONE);
    int rows = Toys.rows(run).size();
    RunWork.Ended again = Toys.work(run, Budget.NONE);
    assertThat(again.remaining()).isEmpty();
    assertThat(again.failure()).isEmpty();
    assertThat(Toys.rows(run)).hasSize(rows);
  }

  @Test
  void anotherModelIsRefused() {
    Model model = ToyModel.orderedDecisions();
    Manifest byName =
        Toys.manifest(Toys.FRACTIONS, new Manifest.ModelFile("llama", "llama", ""), Map.of());
    refused(
        () -> SameModel.require(byName, model),
        "the model " + model.name() + " is not the one this run began with",
        "name where it is with --model: llama");
    Manifest byFile =
        Toys.manifest(Toys.FRACTIONS, new Manifest.ModelFile(model.name(), "", "00ff"), Map.of());
    refused(
        () -> SameModel.require(byFile, model),
        "is not the file this run began with",
        "its SHA-256 is 00ff");
    SameModel.require(Toys.manifest(Toys.FRACTIONS, Toys.toy(), Map.of()), model);
  }

  @Test
  void samplesOfAnotherSeedAreRefused() throws Exception {
    Path run = Toys.begun(folder.resolve("run"), Toys.FRACTIONS, Map.of());
    Toys.work(run, new Budget.Rollouts(5));
    replace(run, "\"seed\" : 11", "\"seed\" : 12");
    refused(
        () -> Toys.work(run, Budget.NONE),
        "says the seed 12, and ",
        "set it back to what it was, or begin a new run with --seed 12");
    replace(run, "\"seed\" : 12", "\"seed\" : 11");
    assertThat(Toys.work(run, Budget.NONE).remaining()).isEmpty();
  }

  @Test
  void aDamagedRecordIsRefusedAndAMendedOneIsGoneOnWith() throws Exception {
    Path run = Toys.begun(folder.resolve("run"), Toys.FRACTIONS, Map.of());
    replace(run, "\"samples\" : 3", "\"samples\" : \"three\"");
    refused(
        () -> Toys.work(run, Budget.NONE),
        "the field settings.samples is \"three\", not a whole number",
        "put back what the program wrote there");
    replace(run, "\"samples\" : \"three\"", "\"samples\" : 3");
    assertThat(Toys.work(run, Budget.NONE).remaining()).isEmpty();
  }

  @Test
  void anExperimentThatIsUnknownHereIsRefused() throws Exception {
    Path run = Toys.begun(folder.resolve("run"), Toys.FRACTIONS, Map.of());
    replace(run, "\"experiment\" : \"cot\"", "\"experiment\" : \"later\"");
    refused(
        () -> Toys.work(run, Budget.NONE),
        "is of the experiment later, unknown here",
        "use the version of the program that wrote the run, or a newer one");
  }

  @Test
  void aFormRunIsNoChainOfThought() {
    List<String> choices = List.of("Barn", "a/b", "");
    FormSettings settings = new FormSettings(3, 2, new Sampling(0.5, 0.9), 40, choices, -7);
    Manifest manifest =
        Manifest.of(
            FormSettings.EXPERIMENT, settings.asData(), Toys.toy(), new Manifest.Items("forms", 1));
    try (RunFolder made =
        RunFolder.create(folder.resolve("form"), manifest, Toys.problems().subList(0, 1))) {
      assertThat(made.manifest()).isEqualTo(manifest);
    }
    try (RunFolder run = RunFolder.open(folder.resolve("form"))) {
      assertThat(run.settings(FormSettings::of)).isEqualTo(settings);
      assertThat(Experiments.sampling(run)).isEqualTo(settings.sampling());
      refused(
          () -> run.settings(CotSettings::of),
          "there is no field settings.cuts in " + run.folder().resolve("run.json"),
          "put back what the program wrote there");
      refused(
          () -> Experiments.requireAnswers(run, "plot"),
          "cw plot is for runs with answers, and " + run.folder() + " is a form run",
          "see it with: cw show " + run.folder());
    }
  }

  @Test
  void aRunRecordsItsModelItsItemsAndWhatSamples() {
    Card card = new Card("toy", "leaves", "4", "this test", "none");
    Dataset dataset = new Dataset(card, Toys.problems(), Map.of("seed", "7"));
    CotSettings settings = new CotSettings(CutPlan.parse("0"), 2, Sampling.PLAIN, 40, 11);
    try (Model model = ToyModel.orderedDecisions()) {
      Manifest manifest = Manifests.of("cot", settings.asData(), model, dataset);
      SameModel.require(manifest, model);
      assertThat(manifest.items()).isEqualTo(new Manifest.Items("toy", 4));
      assertThat(Manifests.dataset(manifest, "seed")).contains("7");
      assertThat(manifest.provenance()).containsEntry("engine", "toy").containsKey("machine");
    }
  }

  @Test
  void aRunThatIsBeingWorkedOnIsRefusedToASecondWorker() throws Exception {
    Path run = Toys.begun(folder.resolve("run"), Toys.FRACTIONS, Map.of());
    try (RunFolder first = RunFolder.resume(run)) {
      refused(
          () -> Toys.work(run, Budget.NONE),
          "this very process is writing to the run " + first.folder(),
          "wait until it has ended, or stop it");
    }
    assertThat(Toys.work(run, Budget.NONE).remaining()).isEmpty();
  }

  private static void replace(Path run, String text, String by) throws IOException {
    Path record = run.resolve("run.json");
    String before = Files.readString(record);
    assertThat(before).contains(text);
    Files.writeString(record, before.replace(text, by));
  }
}
