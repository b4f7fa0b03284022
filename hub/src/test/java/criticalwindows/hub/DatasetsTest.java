package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.download.Hub;
import criticalwindows.error.UserError;
import criticalwindows.model.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

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
    assertThat(example.caption()).contains(problem.id()).contains(problem.answer().orElseThrow());
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
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw("world:forms", 5, 1));
    assertThat(failure)
        .hasMessage("world:forms holds no problems: it is for the experiment form, cw run form");
    assertThat(failure.hint()).contains("cw datasets show world:forms");
  }

  @Test
  void aWorldHasNoEnd() {
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw("world", Datasets.ALL, 1));
    assertThat(failure).hasMessageStartingWith("all problems of world");
    assertThat(failure.hint()).contains("--problems 100");
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
    return Datasets.draw(path, count, seed).problems().stream()
        .map(problem -> problem.answer().orElseThrow())
        .toList();
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
    assertThat(answers(path, 11, 7)).contains(drawn.spare().getFirst().answer().orElseThrow());
    assertThat(answers(file(String.join("\n", lines.reversed())).toString(), 10, 7))
        .isEqualTo(ten.reversed());
  }

  @Test
  void aFileOfOnesOwnIsReadLineByLine() throws IOException {
    Dataset dataset = Datasets.draw(file(GOOD).toString(), Datasets.ALL, 1);
    assertThat(dataset.name()).isEqualTo("mine");
    assertThat(dataset.problems())
        .extracting(problem -> problem.answer().orElseThrow())
        .containsExactly("42", "48", "A");
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
          {"task":"math","question":"q","answer":true}          ! the record has no answer
          {"task":"math","question":"q","answer":["1"]}         ! the record has no answer
          {"task":"math","question":"q","answer":"Paris"}       ! an answer in words and no choices: Paris
          {"task":"math","question":"q","answer":"not at all"}  ! an answer in words and no choices: not
          {"task":"math","question":"q","answer":"1","answer":"2"} ! is no JSON: Duplicate
          {"task":"math","question":"half \\ud83d","answer":"1"} ! has half a character in its question
          {"task":"math","question":"q","choices":["\\ude00"],"answer":"A"} ! half a character in its choices
          {"task":"math","question":"q","choices":"A","answer":"A"} ! choices that are no list
          {"task":"math","question":"q","choices":[{"label":"A"}],"answer":"A"} ! the record has no text
          {"task":"math","question":"q","choices":[{"label":"A","text":"x"}],"answer":"B"} ! the answer B, which is none of the choices A
          {"task":"math","question":"q","choices":["x","y"],"answer":"z"} ! the answer z, which is none of the choices A, B
          {"task":"math","question":"q","choices":["x","y"],"answer":2} ! the answer 2, which is none of the choices A, B
          {"task":"math","question":"q","choices":["B","A"],"answer":"A"} ! the label of one choice and the text of another: A
          {"task":"math","question":"q","choices":["x",true],"answer":"A"} ! has a choice that is no text
          {"task":"math","question":"q","choices":["x"," x"],"answer":"A"} ! has two choices that say x
          {"task":"math","question":"q","choices":[{"label":"A","text":"x"},{"label":"A","text":"y"}],"answer":"A"} ! has two choices labelled A
          {"task":"math","question":"What is 6 * 7?","answer":"43"} ! asks what line 1 asks, with another answer: 43, not 42
          {"task":"math","question":"What is 6 * 7?","answer":"42"} ! is the problem of line 1 again
          """)
  void aBadRecordIsNamedByFileAndLine(String record, String complaint) throws IOException {
    Path file = file(GOOD.lines().findFirst().orElseThrow() + "\n\n" + record + "\n");
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(failure).hasMessageStartingWith(file + ", line 3: ").hasMessageContaining(complaint);
    assertThat(failure.hint()).isNotBlank();
    assertThat(failure.getMessage()).doesNotContain("[label", "Exception", "REDACTED", "\n");
  }

  @Test
  void allBadLinesAreNamedAtOnce() throws IOException {
    Path file =
        file(
            """
            {"task":"math","question":"a","answer":"1"}
            {"task":"math","question":"b"}
            x
            {"task":"math","question":"a","answer":"1"}
            """
                + "y\n".repeat(30));
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(failure)
        .hasMessageStartingWith(file + ", line 2: the record has no answer; line 3: the record is")
        .hasMessageContaining("; line 4: the record is the problem of line 1 again; line 5: ")
        .hasMessageEndingWith("; and 13 records more");
    assertThat(failure.hint())
        .startsWith("give it a text: ")
        .contains("; put one JSON object on each line; remove one of them");
  }

  /// The same three problems, whatever their file looks like.
  @ParameterizedTest
  @CsvSource({
    "mine.jsonl, UTF-8, ''",
    "mine.jsonl, UTF-8, mark",
    "mine.jsonl, UTF-16LE, mark",
    "mine.jsonl, UTF-16BE, mark",
    "mine.jsonl, UTF-8, windows",
    "mine.jsonl.gz, UTF-8, gzip",
    "mine.JSONL.GZ, UTF-16LE, mark gzip",
    "mine.jsonl, UTF-8, gzip",
    "mine.JSONL, UTF-8, ''",
    "mine.ndjson, UTF-8, ''",
    "mine.json, UTF-8, list",
    "mine.json, UTF-8, pretty",
    "mine.JSON, UTF-8, pretty list",
    "mine, UTF-8, ''"
  })
  void aFileOfAnyShapeIsRead(String name, String charset, String how) throws IOException {
    List<String> lines = GOOD.lines().filter(line -> !line.isBlank()).toList();
    if (how.contains("pretty")) {
      lines =
          lines.stream()
              .map(JsonMapper.shared()::readTree)
              .map(JsonMapper.shared().writerWithDefaultPrettyPrinter()::writeValueAsString)
              .toList();
    }
    String text =
        how.contains("list") ? "[\n" + String.join(",\n", lines) + "]" : String.join("\n", lines);
    text = how.contains("windows") ? text.replace("\n", "\r\n") : text;
    byte[] bytes =
        ((how.contains("mark") ? "\uFEFF" : "") + text).getBytes(Charset.forName(charset));
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = how.contains("gzip") ? new GZIPOutputStream(out) : out) {
      packed.write(bytes);
    }
    Dataset read = Datasets.draw(file.toString(), Datasets.ALL, 1);
    Path plain = Files.writeString(folder.resolve("plain.jsonl"), GOOD);
    assertThat(read.name()).isEqualTo("mine");
    assertThat(read.problems())
        .extracting(Problem::id)
        .isEqualTo(
            Datasets.draw(plain.toString(), Datasets.ALL, 1).problems().stream()
                .map(Problem::id)
                .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      textBlock =
          """
          {"task":"t","question":"q","answer":7}                                ! 7 ! ~~
          {"task":"t","question":"q","answer":0.5}                              ! 0.5 ! ~~
          {"task":"t","question":"q","choices":null,"answer":"\\\\frac{1}{2}"}  ! \\frac{1}{2} ! ~~
          {"task":"t","question":"q","answer":"pi"}                             ! pi ! ~~
          {"task":"t","question":"q","choices":["a","b"],"answer":"B"}          ! B ! A a, B b
          {"task":"t","question":"q","choices":["a","b"],"answer":"b"}          ! B ! A a, B b
          {"task":"t","question":"q","choices":[3,4],"answer":4}                ! B ! A 3, B 4
          {"task":"t","question":"q","choices":[{"label":1,"text":9},{"label":2,"text":8}],"answer":2} ! 2 ! 1 9, 2 8
          {"task":"t","question":"q","choices":["😀","A"],"answer":"😀"}         ! A ! A 😀, B A
          """)
  void answersAndChoicesAreReadAsTheyAreWritten(String record, String answer, String choices)
      throws IOException {
    Problem problem = Datasets.draw(file(record).toString(), 1, 1).problems().getFirst();
    assertThat(problem.answer()).hasValue(answer);
    assertThat(
            String.join(
                ", ", problem.choices().stream().map(c -> c.label() + " " + c.text()).toList()))
        .isEqualTo(choices);
  }

  @Test
  void fewerProblemsThanAskedForIsSaid() throws IOException {
    String path = file(GOOD).toString();
    assertThat(Datasets.draw(path, 4, 1).notes())
        .containsExactly("mine has 3 problems, fewer than the 4 asked for");
    assertThat(Datasets.draw(path, 3, 1).notes()).isEmpty();
    assertThat(Datasets.draw(path, Datasets.ALL, 1).notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a=x;A=y ! has the labels a and A, which answers cannot tell apart",
        "yes=x;Yes=y ! has the labels yes and Yes, which answers cannot tell apart",
        "(A)=x;(B)=y ! has the label (A), which is not one word",
        "choice 1=x;choice 2=y ! has the label choice 1, which is not one word",
        "1=2;2=3 ! has the label 2, which is what choice 1 says",
        "yes=no;no=maybe ! has the label no, which is what choice yes says",
      })
  void labelsThatCannotBeToldApartAreRefusedWithTheirLine(String choices, String complaint)
      throws IOException {
    Path file = file(GOOD.lines().findFirst().orElseThrow() + "\n" + record(choices) + "\n");
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(failure).hasMessage(file + ", line 2: the record " + complaint);
    assertThat(failure.hint()).isEqualTo("label the choices A, B, C, …");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes=x;no=y", "1=x;10=y", "a=x;b=y", "A=B;B=AB;C=0", "A=2;B=1"})
  void otherLabelsAreTakenAsTheyAre(String choices) throws IOException {
    Path file = file(record(choices) + "\n");
    assertThat(Datasets.draw(file.toString(), 1, 1).problems().getFirst().choices())
        .extracting(choice -> choice.label() + "=" + choice.text())
        .containsExactly(choices.split(";", -1));
  }

  /// A record with choices such as `A=x;B=y`, the first one right.
  private static String record(String choices) {
    StringBuilder list = new StringBuilder();
    for (String choice : choices.split(";", -1)) {
      String[] parts = choice.split("=", 2);
      list.append(list.isEmpty() ? "" : ",")
          .append("{\"label\":\"" + parts[0] + "\",\"text\":\"" + parts[1] + "\"}");
    }
    String right = choices.split("=", 2)[0];
    return "{\"task\":\"t\",\"question\":\"q\",\"choices\":["
        + list
        + "],\"answer\":\""
        + right
        + "\"}";
  }

  @Test
  void aFileWithoutProblemsIsRefused() throws IOException {
    Path file = file("\n\n");
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(failure).hasMessage(file + " holds no problem");
    assertThat(failure.hint()).isEqualTo("put one JSON object on each line");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    UserError failure = catchThrowableOfType(UserError.class, () -> Datasets.draw("wrld", 1, 1));
    assertThat(failure).hasMessage("no data set named wrld");
    assertThat(failure.hint())
        .startsWith("there is: world, ")
        .endsWith(", a path to a file of problems, or a benchmark's own file as in mmlu:FILE");
  }

  @Test
  void aFileThatIsNotThereOrIsNoTextIsRefused() throws IOException {
    UserError missing =
        catchThrowableOfType(UserError.class, () -> Datasets.draw("no/such.jsonl", 1, 1));
    assertThat(missing).hasMessage("there is no file no/such.jsonl");
    assertThat(missing.hint()).contains("or name a data set: world, ");
    Path noise = Files.write(folder.resolve("noise.jsonl"), new byte[] {(byte) 0xFF, 0, 1});
    UserError binary =
        catchThrowableOfType(UserError.class, () -> Datasets.draw(noise.toString(), 1, 1));
    assertThat(binary).hasMessageStartingWith(noise + " has bytes of 0: it is no text");
    assertThat(binary.hint()).contains("UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, is not UTF-8, 'in line 2, 4, first by byte E9', iconv -f LATIN1",
    "UTF-16LE, has bytes of 0, or is in UTF-16 with no byte-order mark, iconv -f UTF-16LE"
  })
  void textInAnotherEncodingSaysWhere(String charset, String error, String where, String hint)
      throws IOException {
    Path file = folder.resolve("mine.jsonl");
    Files.write(file, "a\nh\u00e9\nb\n\u00e9t\u00e9\n".getBytes(Charset.forName(charset)));
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(failure).hasMessageStartingWith(file + " " + error).hasMessageContaining(where);
    assertThat(failure.hint()).contains(hint, file.toString());
  }

  @Test
  void aPackedFileThatWasCutShortIsRefused() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(GOOD.getBytes(StandardCharsets.UTF_8));
    }
    Path file = folder.resolve("mine.jsonl.gz");
    Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw(file.toString(), 1, 1));
    assertThat(failure).hasMessage(file + " is packed by gzip, and damaged or cut short");
    assertThat(failure.hint()).isEqualTo("fetch or pack it again");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.jsonl"), text, StandardCharsets.UTF_8);
  }
}
