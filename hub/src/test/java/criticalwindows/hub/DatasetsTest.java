package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.download.Hub;
import criticalwindows.mistake.Mistake;
import criticalwindows.model.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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

  @TempDir private Path folder;

  private static Hub noHub() {
    throw new IllegalStateException("nothing here asks for a hub");
  }

  @Test
  void everyNameHasItsCardAndSomethingToShow() {
    assertThat(Datasets.names()).startsWith(Datasets.STANDARD).doesNotHaveDuplicates();
    for (Card card : Datasets.cards()) {
      assertThat(Datasets.card(card.name())).isEqualTo(card);
      assertThat(List.of(card.about(), card.size(), card.source(), card.licence()))
          .noneMatch(String::isBlank);
      if (card.name().startsWith("world")) {
        List<Example> examples =
            Datasets.examples(card.name(), 3, 7, DatasetsTest::noHub).examples();
        assertThat(examples).hasSize(3).doesNotHaveDuplicates();
        assertThat(Datasets.examples(card.name() + ":7", 3, 1, DatasetsTest::noHub).examples())
            .isEqualTo(examples);
      }
    }
  }

  @Test
  void aProblemIsShownAsAModelWillSeeIt() {
    Problem problem = Datasets.draw("world:method", 1, 7).problems().getFirst();
    Example example =
        Datasets.examples("world:method", 1, 7, DatasetsTest::noHub).examples().getFirst();
    assertThat(example.caption()).contains(problem.id()).contains(problem.answer());
    assertThat(example.messages())
        .extracting(Message::role)
        .containsExactly(Message.Role.SYSTEM, Message.Role.USER, Message.Role.ASSISTANT);
    assertThat(example.messages().get(1).text()).startsWith(problem.text());
  }

  @Test
  void aSeedBehindTheNameIsTheDataSetsOwn() {
    Dataset own = Datasets.draw("world:facts:7", 5, 1);
    assertThat(own).isEqualTo(Datasets.draw("world:facts", 5, 7));
    assertThat(own.problems()).isNotEqualTo(Datasets.draw("world:facts", 5, 1).problems());
    assertThat(own.provenance()).containsEntry("seed", "7").containsKey("programs");
    assertThat(Datasets.draw("world:-3", 5, 1)).isEqualTo(Datasets.draw("world", 5, -3));
  }

  @Test
  void whatHoldsNoProblemsSaysWhatItIsFor() {
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> Datasets.draw("world:forms", 5, 1));
    assertThat(mistake)
        .hasMessage("world:forms holds no problems: it is for the experiment form, cw run form");
    assertThat(mistake.mend()).contains("cw datasets show world:forms");
  }

  @Test
  void aWorldHasNoEnd() {
    Mistake mistake =
        catchThrowableOfType(Mistake.class, () -> Datasets.draw("world", Datasets.ALL, 1));
    assertThat(mistake).hasMessageStartingWith("all problems of world");
    assertThat(mistake.mend()).contains("--problems 100");
  }

  @Test
  void someOfAFileAreDrawnByTheSeedInItsOrder() throws IOException {
    String path = file(GOOD).toString();
    List<String> all = answers(path, Datasets.ALL, 1);
    assertThat(all).containsExactly("42", "48", "A");
    assertThat(answers(path, 7, 1)).isEqualTo(all);
    assertThat(IntStream.range(0, 20).mapToObj(seed -> answers(path, 2, seed)))
        .allMatch(two -> two.size() == 2 && all.containsAll(two))
        .contains(List.of("42", "48"), List.of("42", "A"), List.of("48", "A"));
    assertThat(Datasets.draw(path, 2, 1).provenance().get("sha256")).hasSize(64);
  }

  private static List<String> answers(String path, int count, long seed) {
    return Datasets.draw(path, count, seed).problems().stream().map(Problem::answer).toList();
  }

  @Test
  void theDrawFollowsFromWhatProblemsSayAndNotFromWhereTheyStand() throws IOException {
    List<String> lines =
        IntStream.range(0, 40)
            .mapToObj(
                i -> "{\"task\":\"math\",\"question\":\"" + i + "?\",\"answer\":\"" + i + "\"}")
            .toList();
    String path = file(String.join("\n", lines)).toString();
    List<String> ten = answers(path, 10, 7);
    assertThat(ten).hasSize(10).isNotEqualTo(answers(path, 10, 8));
    assertThat(answers(path, 20, 7)).hasSize(20).containsAll(ten);
    Dataset drawn = Datasets.draw(path, 10, 7);
    assertThat(drawn.spare()).hasSize(30).doesNotContainAnyElementsOf(drawn.problems());
    assertThat(answers(path, 11, 7)).contains(drawn.spare().getFirst().answer());
    assertThat(answers(file(String.join("\n", lines.reversed())).toString(), 10, 7))
        .isEqualTo(ten.reversed());
  }

  @Test
  void aFileOfOnesOwnIsReadLineByLine() throws IOException {
    Dataset dataset = Datasets.draw(file(GOOD).toString(), Datasets.ALL, 1);
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
    Mistake mistake =
        catchThrowableOfType(Mistake.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(mistake).hasMessageStartingWith(file + ", line 3: ").hasMessageContaining(complaint);
    assertThat(mistake.mend()).isNotBlank();
  }

  @Test
  void aFileWithoutProblemsIsRefused() throws IOException {
    Path file = file("\n\n");
    Mistake mistake =
        catchThrowableOfType(Mistake.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(mistake).hasMessage(file + " holds no problem");
    assertThat(mistake.mend()).isEqualTo("put one JSON object on each line");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    Mistake mistake = catchThrowableOfType(Mistake.class, () -> Datasets.draw("wrld", 1, 1));
    assertThat(mistake).hasMessage("no data set named wrld");
    assertThat(mistake.mend())
        .startsWith("there is: world, ")
        .endsWith(", a path to a .jsonl file, or a benchmark's own file as in mmlu:FILE");
  }

  @Test
  void aFileThatIsNotThereOrIsNoTextIsRefused() throws IOException {
    Mistake missing =
        catchThrowableOfType(Mistake.class, () -> Datasets.draw("no/such.jsonl", 1, 1));
    assertThat(missing).hasMessageStartingWith("no/such.jsonl cannot be read: ");
    assertThat(missing.mend()).contains("or a data set: world, ");
    Path noise = Files.write(folder.resolve("noise.jsonl"), new byte[] {(byte) 0xFF, 0, 1});
    Mistake binary =
        catchThrowableOfType(Mistake.class, () -> Datasets.draw(noise.toString(), 1, 1));
    assertThat(binary).hasMessageContaining("cannot be read");
    assertThat(binary.mend()).contains("UTF-8");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.jsonl"), text, StandardCharsets.UTF_8);
  }
}
