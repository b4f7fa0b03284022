package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.study.StudyFolder;
import criticalwindows.study.TrainingStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages in docs/studies are what the command writes from the cells beside them.
class StudyPagesTest {
  private static final Path STUDIES = Path.of("..", "docs", "studies");

  @TempDir Path folder;

  static List<String> studies() {
    return Studies.ALL.stream().map(TrainingStudy::name).toList();
  }

  static List<String> published() {
    return studies().stream().filter(name -> Files.exists(STUDIES.resolve(name))).toList();
  }

  @ParameterizedTest
  @MethodSource("published")
  void aPageFollowsFromItsCells(String name) throws IOException {
    rewritten(STUDIES.resolve(name));
  }

  @ParameterizedTest
  @MethodSource("studies")
  void soDoesThePageOfTheSmallSize(String name) throws IOException {
    rewritten(STUDIES.resolve("small").resolve(name));
  }

  private void rewritten(Path published) throws IOException {
    for (String file : List.of("study.json", "cells.jsonl")) {
      Files.copy(published.resolve(file), folder.resolve(file));
    }
    StudyFolder study = StudyFolder.open(folder, Studies.ALL);
    assertThat(study.cells()).hasSize(study.all());
    study.write();
    try (Stream<Path> files = Files.list(published)) {
      for (Path file : files.toList()) {
        assertThat(folder.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
  }
}
