package criticalwindows.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.hub.ModelFiles;
import criticalwindows.study.TrainingStudy.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cells that are kept one by one, wherever a study is stopped, and the page that follows from
/// them.
class StudyRunTest {
  @TempDir Path folder;

  private StudyFolder created(TrainingStudy study) {
    return StudyFolder.create(folder.resolve("out"), study, Size.SMALL, Map.of("cw", "test"));
  }

  private StudyFolder opened(TrainingStudy study) {
    return StudyFolder.open(folder.resolve("out"), List.of(study));
  }

  private static void run(StudyFolder study, int threads) throws InterruptedException {
    StudyRun.Tools tools =
        new StudyRun.Tools(
            new None(),
            (task, penalties) -> {
              throw new IllegalStateException("a probe is fitted");
            },
            ModelFiles.standard(),
            InstantSource.system());
    new StudyRun(study, tools, threads, (cell, done, all) -> {}).run();
  }

  /// Nothing is trained here.
  private static final class None implements WhiteBoxes {
    @Override
    public WhiteBox open(Path model, Options options) {
      throw new IllegalStateException(model + " is trained");
    }

    @Override
    public Products products(DecoderConfig config, int tokens, Options options) {
      throw new IllegalStateException(config + " is trained");
    }
  }

  @Test
  void thePageIsTheSameHoweverManyRepetitionsRunSideBySide() throws Exception {
    StudyFolder one = created(Counted.whole());
    run(one, 1);
    String page = Files.readString(one.write().page());
    StudyFolder four =
        StudyFolder.create(folder.resolve("four"), Counted.whole(), Size.SMALL, Map.of());
    run(four, 4);
    assertThat(Files.readString(four.write().page())).isEqualTo(page);
    assertThat(page).contains("Most is more by 2.000 [2.000, 2.000].");
    assertThat(folder.resolve("out").resolve("scratch")).doesNotExist();
  }

  @Test
  void whatHasEndedIsNotComputedAgain() throws Exception {
    StudyFolder begun = created(new Counted("3 more", "1"));
    assertThatThrownBy(() -> run(begun, 1)).isInstanceOf(UserError.class);
    assertThat(begun.cells()).hasSizeLessThan(Counted.SEEDS * Counted.ARMS.size());
    List<String> kept = begun.cells().stream().map(cell -> cell.seed() + " " + cell.arm()).toList();
    Counted again = Counted.whole();
    StudyFolder goesOn = opened(again);
    run(goesOn, 2);
    assertThat(again.asked).doesNotContainAnyElementsOf(kept);
    assertThat(goesOn.cells()).hasSize(goesOn.all()).doesNotHaveDuplicates();
  }

  @Test
  void aLineThatWasTornIsComputedAgain() throws Exception {
    StudyFolder study = created(Counted.whole());
    run(study, 1);
    List<StudyCell> cells = study.cells();
    Path file = folder.resolve("out").resolve("cells.jsonl");
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 20));
    Counted again = Counted.whole();
    StudyFolder goesOn = opened(again);
    run(goesOn, 1);
    assertThat(again.asked).hasSize(1);
    assertThat(goesOn.cells()).isEqualTo(cells);
  }

  @Test
  void aDamagedLineIsNamed() throws Exception {
    StudyFolder study = created(Counted.whole());
    Files.writeString(
        folder.resolve("out").resolve("cells.jsonl"), "{\"seed\": 1}\n", StandardOpenOption.CREATE);
    assertThatThrownBy(study::cells)
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("cells.jsonl line 1 is none that a study writes");
  }

  @Test
  void aStudyOfOtherSettingsIsNotGoneOnWith() {
    created(Counted.whole());
    TrainingStudy other = new Counted("", "2");
    assertThatThrownBy(() -> opened(other))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("was begun with other settings than this program has");
  }

  @Test
  void foldersThatAreNoneOrThereAlreadyAreErrors() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> StudyFolder.open(folder.resolve("empty"), List.of()))
        .hasMessageEndingWith("is no folder of a study");
    created(Counted.whole());
    assertThatThrownBy(() -> created(Counted.whole()))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("is there already");
    Path record = folder.resolve("out").resolve("study.json");
    Files.writeString(record, "{");
    assertThatThrownBy(() -> opened(Counted.whole())).hasMessageEndingWith("is damaged");
  }

  @Test
  void anInterruptEndsItWithWhatWasKept() throws Exception {
    StudyFolder study = created(Counted.whole());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run(study, 1)).isInstanceOf(InterruptedException.class);
    run(study, 1);
    assertThat(study.cells()).hasSize(study.all());
  }

  @Test
  void differencesArePairedByItemWithinEachRepetition() throws Exception {
    StudyFolder study = created(Counted.whole());
    run(study, 1);
    List<StudyCell> cells = new ArrayList<>(study.cells());
    Results results = new Results(study.design(), cells);
    assertThat(results.mean("plain", "size").estimate()).isCloseTo(1.25, within(1e-9));
    assertThat(results.difference("more", "plain", "size").standardError())
        .isCloseTo(0, within(1e-9));
    assertThat(results.facts("more", "tokens")).containsExactly(100.0, 100.0, 100.0, 100.0);
    assertThat(results.has("more", "weight")).isFalse();
  }
}
