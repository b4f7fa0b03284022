package criticalwindows.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every benchmark in every layout, from records that we wrote.
final class BenchmarkTest {
  @TempDir private Path folder;

  private static Benchmark named(String name) {
    return Benchmarks.named(name).orElseThrow();
  }

  private static List<Samples> samples() {
    return Samples.all();
  }

  @Test
  void eachHasSamplesHere() {
    assertThat(Benchmarks.all())
        .extracting(benchmark -> benchmark.card().name())
        .containsExactlyElementsOf(samples().stream().map(Samples::benchmark).toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void bothLayoutsGiveTheSameProblems(Samples samples) throws IOException {
    Benchmark benchmark = named(samples.benchmark());
    Path original = Files.writeString(folder.resolve(samples.file()), samples.original());
    List<Problem> problems = whole(benchmark, original);
    assertThat(problems).extracting(Problem::text).isEqualTo(samples.texts());
    assertThat(problems)
        .extracting(problem -> problem.answer().orElseThrow())
        .isEqualTo(samples.answers());
    assertThat(problems).extracting(Problem::dataset).containsOnly(samples.benchmark());
    assertThat(whole(benchmark, samples.parquet(folder))).isEqualTo(problems);
    assertThat(whole(benchmark, samples.hubLines(folder))).isEqualTo(problems);
  }

  private static List<Problem> whole(Benchmark benchmark, Path file) {
    Benchmark.Contents contents = benchmark.read(List.of(file));
    assertThat(contents.unreadable()).isEmpty();
    assertThat(contents.repeated()).isZero();
    return contents.problems();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aFolderGivesTheFilesOfTheSplitAndEachProblemOnce(Samples samples) throws IOException {
    Benchmark benchmark = named(samples.benchmark());
    Path split = Files.createDirectories(folder.resolve("data"));
    Path original = Files.writeString(split.resolve(samples.file()), samples.original());
    Files.writeString(split.resolve("notes.md"), "read me");
    Files.writeString(split.resolve("train.jsonl"), "nothing of ours");
    assertThat(benchmark.files(folder)).containsExactly(original);
    assertThat(benchmark.files(original)).containsExactly(original);
    Benchmark.Contents twice = benchmark.read(List.of(original, original));
    assertThat(twice.problems()).hasSize(2);
    assertThat(twice.repeated()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theCardSaysAllThatOneMustKnow(Samples samples) {
    Benchmark benchmark = named(samples.benchmark());
    assertThat(benchmark.description())
        .startsWith("# " + benchmark.card().name() + ": ")
        .contains("| paper | ", "arXiv ", "| layouts | ", "| text | ", "| checked | ")
        .contains("| licence | " + benchmark.card().licence())
        .contains("| size | " + benchmark.card().size() + " problems")
        .contains(benchmark.hub().getFirst().repository());
    assertThat(benchmark.description().lines()).allMatch(line -> line.length() <= 120);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      textBlock =
          """
          gsm8k ! {"question":"q","answer":"no mark"}                     ! has no number behind ####
          gsm8k ! {"question":"q","answer":"#### five"}                   ! has no number behind ####
          gsm8k ! {"question":" ","answer":"#### 5"}                      ! has no text in question
          gsm8k ! {"answer":"#### 5"}                                     ! has no question
          gsm8k ! {"question":"q","answer":"#### 5"                       ! is no JSON
          gsm8k ! [1]                                                     ! is no JSON object
          gsm8k ! {"question":"q","question":"r","answer":"#### 5"}       ! is no JSON: Duplicate
          math ! {"problem":"p","solution":"so it is 5"}                  ! has no \\boxed answer
          math ! {"problem":"p","solution":"\\\\boxed{1"}                 ! empty or does not end
          math ! {"problem":"p","solution":"\\\\boxed{}"}                 ! empty or does not end
          math ! {"problem":"p","solution":"\\\\boxed 5"}                 ! empty or does not end
          aqua ! {"question":"q","options":["A)1","C)2"],"correct":"A"}   ! not "B)…": C)2
          aqua ! {"question":"q","options":["A)1","B)"],"correct":"A"}    ! not "B)…": B)
          aqua ! {"question":"q","options":["A)1","B)2"],"correct":"C"}   ! its answer is none of them
          aqua ! {"question":"q","options":["A)1","B)2"],"correct":"AB"}  ! no letter from A on: AB
          aqua ! {"question":"q","options":["A)1","B)2"],"correct":1}     ! has no text in correct
          aqua ! {"question":"q","options":["A)1"],"correct":"A"}         ! has 1 options
          arc-easy ! {"question":"q","choices":{"text":["a","b"],"label":["A","B"]},"answerKey":"1"} ! its answer is none
          arc-easy ! {"question":"q","choices":{"text":["a","b"],"label":["A","A"]},"answerKey":"A"} ! under the labels [A, A]
          arc-easy ! {"question":"q","choices":{"text":["a","b"],"label":["A"]},"answerKey":"A"}     ! under the labels [A]
          arc-easy ! {"question":{"stem":"q","choices":[]},"answerKey":"A"} ! has 0 options
          mmlu ! {"question":"q","choices":["a","b","c","d"],"answer":4}   ! its answer is none
          mmlu ! {"question":"q","choices":["a","b","c","d"],"answer":"A"} ! has no number in answer: A
          mmlu ! {"question":"q","choices":["a","b","c"],"answer":1}       ! has 3 options, not 4
          mmlu ! {"question":"q","choices":["a","b","c"," "],"answer":1}   ! has no text in choices
          truthfulqa ! {"question":"q","mc1_targets":{"a":1,"b":1}}        ! not one right option
          truthfulqa ! {"question":"q","mc1_targets":{"a":0,"b":0}}        ! not one right option
          truthfulqa ! {"question":"q","mc1_targets":{"a":1,"b":2}}        ! not one right option
          truthfulqa ! {"question":"q","mc1_targets":{"choices":["a","b"],"labels":[1]}}   ! not one right
          truthfulqa ! {"question":"q","mc1_targets":{"choices":["a","a"],"labels":[1,0]}} ! an option twice
          truthfulqa ! {"question":"q"}                                    ! has no mc1_targets
          logiqa ! {"context":"c","query":"q","options":["a","b","c","d"],"correct_option":"b"} ! has no number in correct_option: b
          logiqa ! {"context":"c","query":"q","options":["a","b","c"],"correct_option":1}       ! has 3 options
          """)
  void aRecordThatCannotBeReadIsNamedByFileAndLineAndNotGuessed(
      String name, String record, String why) throws IOException {
    Benchmark benchmark = named(name);
    Samples samples =
        samples().stream().filter(each -> each.benchmark().equals(name)).findFirst().orElseThrow();
    Path file =
        Files.writeString(folder.resolve("test.jsonl"), samples.hub() + "\n" + record + "\n");
    Benchmark.Contents contents = benchmark.read(List.of(file));
    assertThat(contents.problems()).hasSize(2);
    assertThat(contents.unreadable())
        .singleElement()
        .asString()
        .startsWith(file + ", line 4: the record ")
        .contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A No moss;B Some moss;C 有 苔;D 4 mosses | No moss;Some moss;有 苔;4 mosses",
        "A? Many;B?Few;C.None;D. All | Many;Few;None;All",
        "a.one;b.two;c.three;d.four | one;two;three;four",
        "A.A.;B.B.;C.I am C;D.A is D | A.;B.;I am C;A is D",
        "A one;B Two;C Three;D four | one;Two;Three;four",
        "A.one;B.two;Only C.three;D.four | one;two;Only C.three;four",
        "A.one;B.two;three of them;D.four | one;two;three of them;four",
        "A.one;C.three;B.two;D.four | one;two;three;four",
        "d、four;C. three;b?two;A：one | one;two;three;four",
      })
  void theOddLettersOfLogiQaComeOff(String lines, String texts) throws Exception {
    assertThat(LetteredLines.texts(parts(lines))).isEqualTo(parts(texts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A dog barks;B.two;C.three;D.four | may be a word: A dog barks",
        "A is guilty;B is guilty;C is guilty;D is guilty | may be a word",
        "one;two;three;four | no options that begin with their letters",
        "A.one;C.three;two;D.four | has an option C in the place of B",
        "A.one;B.two;C.three;C.four | has an option C in the place of D",
      })
  void aLetterThatMayBeAWordIsNotGuessed(String lines, String why) {
    NotAProblem unreadable =
        catchThrowableOfType(NotAProblem.class, () -> LetteredLines.texts(parts(lines)));
    assertThat(unreadable).hasMessageContaining(why);
  }

  private static List<String> parts(String text) {
    return List.of(text.split(";", -1));
  }

  @Test
  void aBlockThatIsNoRecordOfLogiQaDoesNotShiftTheNext() throws IOException {
    String good = "a\nc\nq\nA.1\nB.2\nC.3\nD.4\n\n";
    String text =
        "\n"
            + good
            + "b\nc\nq\nA.1\nB.2\nC.3\n\nx\nc\nq\nA.1\nB.2\nC.3\nD.4\n\n"
            + good.replace("q", "r");
    Path file = Files.writeString(folder.resolve("Test.txt"), text);
    Benchmark.Contents contents = named("logiqa").read(List.of(file));
    assertThat(contents.problems()).extracting(Problem::question).containsExactly("c\nq", "c\nr");
    assertThat(contents.unreadable())
        .containsExactly(
            file + ", line 10: the record has 6 lines, not 7",
            file + ", line 17: the record has 4 options, and its answer is none of them");
  }

  @Test
  void theRightAnswerOfTruthfulQaMayBeAnywhere() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      lines.append(
          "{\"question\":\"q" + i + "\",\"mc1_targets\":{\"no\":1,\"a\":0,\"z\":0,\"m\":0}}\n");
    }
    Path file = Files.writeString(folder.resolve("mc.jsonl"), lines);
    TreeMap<String, Integer> places = new TreeMap<>();
    named("truthfulqa")
        .read(List.of(file))
        .problems()
        .forEach(problem -> places.merge(problem.answer().orElseThrow(), 1, Integer::sum));
    // Each count is binomial, 400 draws at a quarter; within 4 standard deviations, 8.7 each.
    assertThat(places).hasSize(4);
    assertThat(places.values()).allMatch(count -> count > 65 && count < 135);
  }

  @Test
  void aHeaderOverMmluIsReadByItsNames() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bird_watching_test.csv"),
            "question,choice0,choice1,choice2,choice3,answer\nWhich eats 0"
                + " fish?,wren,heron,gull,tern,0\nWhich sings?,a,b,c,d,A\nshort,1\n");
    Benchmark.Contents contents = named("mmlu").read(List.of(file));
    Problem problem = contents.problems().getFirst();
    assertThat(problem.answer()).hasValue("A");
    assertThat(problem.choices()).extracting(Choice::text).startsWith("wren");
    assertThat(problem.task()).isEqualTo("bird watching");
    assertThat(contents.unreadable())
        .containsExactly(
            file + ", line 3: the record has no number in answer: A",
            file + ", line 4: the record has 2 cells under 6 names");
  }

  @Test
  void rowsThatAreNotMmlusAreNotMisread() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x_test.csv"),
            """
            q,a,b,c,d,1
            q,a,b,c,d
            q,a,,c,d,A
            q,a,b,c,d,E
            "q" x,a,b,c,d,A
            r,a,b,c,d,D
            "q,a\
            """);
    Benchmark.Contents contents = named("mmlu").read(List.of(file));
    assertThat(contents.problems()).extracting(Problem::question).containsExactly("r");
    assertThat(contents.unreadable().stream().map(text -> text.substring(file.toString().length())))
        .containsExactly(
            ", line 1: the record has an answer that is no letter from A on: 1",
            ", line 2: the record has 5 cells, not 6",
            ", line 3: the record has an empty cell",
            ", line 4: the record has 4 options, and its answer is none of them",
            ", line 5: the record has quotation marks that do not fit",
            ", line 7: the record has quotation marks that do not fit");
  }

  @Test
  void aFaultInAListOfJsonIsNamedAndEndsTheReading() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("test.json"),
            "[\n{\"question\":\"q\",\"answer\":\"#### 5\"},\n\n{\"question\" \"r\"}]");
    Benchmark.Contents contents = named("gsm8k").read(List.of(file));
    assertThat(contents.problems()).hasSize(1);
    assertThat(contents.unreadable())
        .singleElement()
        .asString()
        .startsWith(file + ", line 4: the record is no JSON, and nothing behind it was read: ");
  }

  @Test
  void oneObjectInAFileIsARecordToo() throws IOException {
    for (int i : IntStream.range(0, 3).toArray()) {
      String text =
          "{\n  \"problem\": \"p" + i + "\",\n  \"solution\": \"\\\\boxed{" + i + "}\"\n}\n";
      Files.createDirectories(folder.resolve("test/algebra"));
      Files.writeString(folder.resolve("test/algebra/" + i + ".json"), text);
    }
    Benchmark math = named("math");
    assertThat(math.read(math.files(folder.resolve("test"))).problems())
        .extracting(problem -> problem.answer().orElseThrow())
        .containsExactly("0", "1", "2");
  }

  @Test
  void anAnswerColumnOfMathComesFirst() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.jsonl"),
            "{\"problem\":\"p\",\"solution\":\"\\\\boxed{1}\",\"answer\":\"2\"}");
    assertThat(named("math").read(List.of(file)).problems().getFirst().answer()).hasValue("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "so \\boxed{2} or \\boxed{3}. | 2, 3",
        "$x=\\boxed{2}$, $y=\\boxed{3}$ and $z=\\boxed{4}$ | 2, 3, 4",
        "\\boxed{2}\\text{ and }\\boxed{3} | 2, 3",
        "\\boxed{2}, \\boxed{2} | 2",
        "Not \\boxed{1}: it is \\boxed{5} | 5",
      })
  void boxesThatAreOneListAreOneAnswer(String solution, String answer) throws Exception {
    assertThat(Boxed.answer(solution)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "\\boxed{\\left\\{ 1 \\right.} , \\left\\{ 1 \\right.",
    "\\boxed{a{b}c}d} , a{b}c",
    "\\boxedfoo \\boxed{3} , 3",
    "$\\boxed 7$ or so , 7",
    "'It is $\\boxed{1}$ and $\\boxed{-2}$.' , '1, -2'",
    "'$\\boxed{5}$ it is.\n\nOR\n\nOnce again $\\boxed{5}$.' , 5",
    "'$a=\\boxed{1+i}$, $b=\\fbox{3}$ and $\\boxed{}$, $c=\\boxed{2}$' , '1+i, 3, 2'",
    "'Not $\\boxed{1}$ but $\\boxed{2}$' , 2",
    "\\boxed{x = \\boxed{2}} , x = \\boxed{2}",
  })
  void boxesAreReadByTheirBracesAndAllOfThemAreTheAnswer(String solution, String answer)
      throws Exception {
    assertThat(Boxed.answer(solution)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty_test.jsonl | '' | is empty",
        "other_test.jsonl | {\"a\": 1} | none of 1 records is one of gsm8k; ",
        "other_test.csv | a,b | the record is no object with question and answer",
        "broken_test.parquet | PAR1 | cannot be read as Parquet",
        "test.xlsx | x | is of no kind that is known here",
      })
  void aFileOfAnotherKindIsRefused(String name, String text, String error) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    UserError failure =
        catchThrowableOfType(UserError.class, () -> named("gsm8k").read(List.of(file)));
    assertThat(failure).hasMessageContaining(error).hasMessageContaining(file.toString());
    assertThat(failure.hint()).isNotBlank();
  }

  @Test
  void whatIsNotThereOrNoTextIsRefused() throws IOException {
    Path missing = folder.resolve("no.jsonl");
    assertThat(catchThrowableOfType(UserError.class, () -> named("gsm8k").read(List.of(missing))))
        .hasMessage("there is no file " + missing);
    Path latin = Files.write(missing, "\u00e9t\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(catchThrowableOfType(UserError.class, () -> named("gsm8k").read(List.of(latin))))
        .hasMessage(latin + " is not UTF-8 in line 1, first by byte E9");
    UserError empty =
        catchThrowableOfType(
            UserError.class,
            () -> named("gsm8k").files(Files.createDirectory(folder.resolve("x"))));
    assertThat(empty).hasMessageStartingWith("no file in ").hasMessageContaining("gsm8k's");
    assertThat(empty.hint()).isEqualTo("name the file itself: gsm8k:FILE");
  }

  @Test
  void objectsOverSeveralLinesAreRecordsUpToTheFirstFault() throws IOException {
    String one = "{\n  \"question\": \"q\",\n  \"answer\": \"#### 5\"\n}\n";
    Path file = Files.writeString(folder.resolve("t.json"), one + one.replace("5", "6") + "{\n1\n");
    Benchmark.Contents contents = named("gsm8k").read(List.of(file));
    assertThat(contents.problems())
        .extracting(problem -> problem.answer().orElseThrow())
        .containsExactly("5", "6");
    assertThat(contents.unreadable())
        .singleElement()
        .asString()
        .startsWith(file + ", line 9: the record is no JSON, and nothing behind it was read: ");
    Path list = Files.writeString(folder.resolve("l.json"), "[" + one + "]\n[" + one + "]");
    assertThat(named("gsm8k").read(List.of(list)).unreadable())
        .containsExactly(list + ", line 6: the record stands behind the end of the list");
  }

  @Test
  void aMarkOfByteOrderIsNoPartOfARecord() throws IOException {
    Path file = folder.resolve("bom.jsonl");
    Files.writeString(file, "\uFEFF{\"question\":\"q\",\"answer\":\"#### 5\"}\n");
    assertThat(named("gsm8k").read(List.of(file)).problems()).hasSize(1);
  }
}
