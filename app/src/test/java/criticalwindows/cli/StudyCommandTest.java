package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `cw study` says where nothing is trained.
class StudyCommandTest {
  @TempDir Path folder;

  @Test
  void withoutANameItListsTheStudies() {
    Cli list = Cli.run("study");
    assertThat(list.exit()).isZero();
    assertThat(list.out().lines())
        .hasSize(5)
        .first()
        .asString()
        .matches("  weights +does fine-tuning on .*\\?");
  }

  @Test
  void aStudyThatIsNoneIsNamed() {
    Cli.run("study", "wheights").assertUserError("no study named wheights", "there is: weights, ");
  }

  @Test
  void withoutLibTorchNothingIsBegun() {
    Path out = folder.resolve("new");
    Cli.run("study", "weights", "--out", out.toString())
        .assertUserError("this program was started without LibTorch", "./cw study weights");
    assertThat(out).doesNotExist();
  }

  @Test
  void aFolderThatIsNoStudyIsNotResumed() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Cli.run("study", "--resume", empty.toString())
        .assertUserError("is no folder of a study", "begin one: cw study NAME --out");
    Cli.run("study", "weights", "--resume", empty.toString())
        .assertUserError("--resume with another study or folder", "give it alone");
  }

  @Test
  void sizesAndThreadsThatAreNoneAreErrors() {
    Cli.run("study", "weights", "--threads", "0")
        .assertUserError("--threads 0", "name between 1 and 512");
    Cli.run("study", "weights", "--size", "huge").assertUserError("huge", "see: cw study --help");
  }

  /// A study that has ended needs no LibTorch for its page.
  @Test
  void thePageOfAStudyThatHasEndedIsWrittenAgain() throws IOException {
    Path published = Path.of("..", "docs", "studies", "small", "weights");
    for (String file : new String[] {"study.json", "cells.jsonl"}) {
      Files.copy(published.resolve(file), folder.resolve(file));
    }
    Cli again = Cli.run("study", "--resume", folder.toString());
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("page  " + folder.resolve("page.md"));
    assertThat(folder.resolve("page.md")).hasSameBinaryContentAs(published.resolve("page.md"));
  }
}
