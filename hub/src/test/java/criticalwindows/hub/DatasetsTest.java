package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.mistake.Mistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatasetsTest {
  private static final String GOOD =
      """
      {"task":"math","question":"What is 6 * 7?","choices":[],"answer":"42"}

      {"task":"math","question":"What is 6 * 8?","answer":"48","source":"mine"}
      {"task":"science","question":"Which is a metal?","choices":[{"label":"A","text":"tin"},{"label":"B","text":"chalk"}],"answer":"A"}
      """;

  private static final long NUMBERS = 51;

  @TempDir private Path folder;

  @Test
  void theBuiltInProblemsAreOfBothFormsAndOfEveryTask() {
    Dataset dataset = Datasets.open("builtin");
    assertThat(dataset.problems()).hasSize(154);
    assertThat(dataset.problems().stream().map(Problem::id)).doesNotHaveDuplicates();
    assertThat(dataset.problems().stream().map(Problem::dataset)).containsOnly("builtin");
    assertThat(dataset.problems().stream().map(Problem::task))
        .containsOnly("math", "logic", "science");
    assertThat(
            dataset.problems().stream()
                .collect(Collectors.groupingBy(Problem::form, Collectors.counting())))
        .containsEntry(Problem.Form.NUMBER, NUMBERS)
        .containsEntry(Problem.Form.CHOICE, 154 - NUMBERS);
    assertThat(dataset.card()).contains("154").contains("Apache-2.0");
  }

  @Test
  void aFileOfOnesOwnIsReadLineByLine() throws IOException {
    Dataset dataset = Datasets.open(file(GOOD).toString());
    assertThat(dataset.name()).isEqualTo("mine");
    assertThat(dataset.problems()).extracting(Problem::answer).containsExactly("42", "48", "A");
    assertThat(dataset.problems().getLast().text())
        .isEqualTo("Which is a metal?\n (A) tin\n (B) chalk");
    assertThat(dataset.problems().getFirst().form()).isEqualTo(Problem.Form.NUMBER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      textBlock =
          """
          {"task":"math"                                        ! the record is no JSON
          [1]                                                   ! the record is no JSON object
          {"question":"q","answer":"1"}                         ! the record has no task
          {"task":"math","answer":"1"}                          ! the record has no question
          {"task":"math","question":" ","answer":"1"}           ! the record has no question
          {"task":"math","question":"q"}                        ! the record has no answer
          {"task":"math","question":"q","answer":1}             ! the record has no answer
          {"task":"math","question":"q","choices":"A","answer":"A"} ! choices that are no list
          {"task":"math","question":"q","choices":[{"label":"A"}],"answer":"A"} ! the record has no text
          {"task":"math","question":"q","choices":[{"label":"A","text":"x"}],"answer":"B"} ! the answer B is none of the choices
          {"task":"math","question":"What is 6 * 7?","answer":"42"} ! is the problem of line 1 again
          """)
  void aBadRecordIsNamedByFileAndLine(String record, String complaint) throws IOException {
    Path file = file(GOOD.lines().findFirst().orElseThrow() + "\n\n" + record + "\n");
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> Datasets.open(file.toString()));
    assertThat(mistake).hasMessageStartingWith(file + ", line 3: ").hasMessageContaining(complaint);
    assertThat(mistake.mend()).isNotBlank();
  }

  @Test
  void aFileWithoutProblemsIsRefused() throws IOException {
    Path file = file("\n\n");
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> Datasets.open(file.toString()));
    assertThat(mistake).hasMessage(file + " holds no problem");
    assertThat(mistake.mend()).isEqualTo("put one JSON object on each line");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> Datasets.open("bultin"));
    assertThat(mistake).hasMessage("no data set named bultin");
    assertThat(mistake.mend()).isEqualTo("there is: builtin, a path to a .jsonl file");
  }

  @Test
  void aFileThatIsNotThereOrIsNoTextIsRefused() throws IOException {
    Mistake missing = catchThrowableOfType(Mistake.class, () -> Datasets.open("no/such.jsonl"));
    assertThat(missing).hasMessageStartingWith("no/such.jsonl cannot be read: ");
    assertThat(missing.mend()).endsWith("or a data set: builtin");
    Path noise = Files.write(folder.resolve("noise.jsonl"), new byte[] {(byte) 0xFF, 0, 1});
    Mistake binary = catchThrowableOfType(Mistake.class, () -> Datasets.open(noise.toString()));
    assertThat(binary).hasMessageContaining("cannot be read");
    assertThat(binary.mend()).contains("UTF-8");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.jsonl"), text, StandardCharsets.UTF_8);
  }
}
