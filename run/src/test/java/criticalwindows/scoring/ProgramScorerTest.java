package criticalwindows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramScorerTest {
  private static final String YES = "{\"class\": \"yes\"}";

  /// A loop of a shell.
  private static final String ANSWERS = "while read -r line; do echo '" + YES + "'; done";

  @TempDir static Path classes;
  @TempDir Path folder;
  private Judges judges;

  @BeforeAll
  static void compile() throws Exception {
    Judges.compile(classes);
  }

  @BeforeEach
  void judges() {
    judges = new Judges(classes, folder);
  }

  @Test
  void aLineGivesAClassOrAScoreOrWhyThereIsNone() throws Exception {
    try (ProgramScorer program = judges.scorer()) {
      shows(program, "{\"class\": \"harmful\", \"score\": 0.8}", "harmful");
      assertThat(Texts.of(program, "{\"class\": \"harmful\", \"score\": 0.8}").score())
          .hasValue(0.8);
      assertThat(
              Texts.of(program, "{\"class\": \"harmful\", \"score\": 0.8}")
                  .same(Texts.of(program, "{\"class\": \" harmful \"}")))
          .isTrue();
      shows(program, "{\"score\": 0.5}", "≥ 0.5");
      shows(program, "{\"score\": 0.4999, \"class\": null}", "< 0.5");
      shows(program, "{\"class\": true}", "true");
      shows(program, "{\"class\": 3}", "3");
      shows(program, "{\"class\": \"\"}", "empty");
      shows(program, "{\"score\": 1}", "≥ 0.5");
      shows(program, "errors {\"class\": \"yes\"}", "yes");
      shows(program, "{}", "unread: the program gave neither a class nor a score");
      shows(program, "{\"score\": 1.01}", "unread: the program gave a score that is not in [0, 1]");
      assertThat(Texts.of(program, "{\"class\": \"" + "x".repeat(60_000) + "\"}").show())
          .hasSize(60);
      shows(program, "environment", "false");
    }
  }

  @Test
  void theUsersThresholdMakesTheClasses() {
    Program.Limits limits = new Program.Limits(Judges.LONG, Judges.LONG);
    Optional<BigDecimal> threshold = Optional.of(new BigDecimal("0.7"));
    try (ProgramScorer program =
        new ProgramScorer("judge", Optional.of(judges.program(limits)), threshold)) {
      shows(program, "{\"class\": \"harmful\", \"score\": 0.7}", "≥ 0.7");
      shows(program, "{\"class\": \"harmful\", \"score\": 0.69}", "< 0.7");
      shows(program, YES, "unread: the program gave no score");
    }
  }

  @Test
  void itReadsTheItemTheWholeTextAndTheReplyOnOneLine() throws Exception {
    Problem item =
        Problem.of(
            "mine", "talk", "Which?", List.of(new Choice("A", "x"), new Choice("B", "y")), "A");
    String text = "read é\u2028 “𝒳” \ud800\r\n\"\\ end";
    try (ProgramScorer program = judges.scorer()) {
      Outcome outcome =
          program.of(item, new Said(FinishReason.LENGTH, text, Optional.of("B\nor C")));
      assertThat(outcome)
          .isEqualTo(new Judged(Quoted.of(text.substring(5)), OptionalDouble.empty()));
    }
    assertThat(judges.asked())
        .singleElement()
        .asString()
        .matches("\\p{ASCII}*")
        .startsWith("{\"id\":\"" + item.id() + "\",\"question\":\"Which?\\n (A) x\\n (B) y\",")
        .contains("\"response\":\"read \\u00E9\\u2028 \\u201C")
        .endsWith(",\"reply\":\"B\\nor C\",\"finish\":\"length\"}");
    assertThat(Files.readString(folder.resolve("log"))).doesNotContain("\r");
  }

  @Test
  void aTextIsAskedOnceByManyThreads() throws Exception {
    try (ProgramScorer program = judges.scorer()) {
      List<Thread> threads =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      Thread.ofPlatform()
                          .start(
                              () ->
                                  IntStream.range(0, 40)
                                      .forEach(
                                          j -> shows(program, "{\"class\": " + j + "}", "" + j))))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(judges.asked().stream().collect(Collectors.toSet())).hasSize(40);
    assertThat(judges.asked()).hasSize(40);
  }

  @Test
  void whatEndsIsStartedAgainAndTriedTwice() throws Exception {
    Path log = folder.resolve("starts");
    String script =
        "echo start >>$1; read -r line; echo weights >&2; echo $2 >&2; echo >&2; exit 3";
    try (ProgramScorer program = Judges.shell(script, log.toString(), "No module named torch")) {
      shows(program, "a", "unread: the program ended (exit 3: No module named torch)");
      assertThat(Files.readAllLines(log)).hasSize(2);
      shows(program, "a", "unread: the program ended (exit 3: No module named torch)");
      assertThat(Files.readAllLines(log)).hasSize(2);
    }
    try (ProgramScorer program = judges.scorer()) {
      shows(program, "exitonce " + YES, "yes");
      shows(program, "last {\"class\": 2}", "2");
      shows(program, YES, "yes");
      assertThat(judges.asked()).hasSize(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"loading", "[1]", "{\"class\": 1} {\"class\": 2}", "{\"class\": [1]}"})
  void aLineThatIsNoAnswerIsUnread(String line) {
    String script = "while read -r line; do printf '%s\\n' \"$1\"; done";
    try (ProgramScorer program = Judges.shell(script, line)) {
      shows(program, "a", "unread: the program wrote a line that is no answer: " + line);
    }
    try (ProgramScorer program =
        Judges.shell(
            "[ -f $1 ] || { touch $1; echo \"$2\"; }; " + ANSWERS,
            folder.resolve("begun").toString(),
            line)) {
      shows(program, "a", "yes");
    }
  }

  @Test
  void linesThatAreNotUtf8OrTooLongAreUnread() {
    try (ProgramScorer program =
        Judges.shell("read -r line; printf '{\"class\": \"caf\\351\"}\\n'")) {
      shows(program, "a", "unread: the program wrote a line that is not UTF-8");
    }
    try (ProgramScorer program = Judges.shell("read -r line; yes | tr -d '\\n'")) {
      shows(program, "a", "unread: the program wrote a line of more than 65536 bytes");
    }
    try (ProgramScorer program = Judges.shell("read -r line; printf '%s\\nbye\\n' \"$1\"", YES)) {
      shows(program, "a", "yes");
      shows(program, "b", "yes");
    }
    try (ProgramScorer program = Judges.shell("exec >&-; read -r line; sleep 100000")) {
      shows(program, "a", "unread: the program ended (it closed its output)");
    }
  }

  @Test
  void silenceIsUnreadAndALateAnswerIsNobodys() throws Exception {
    try (ProgramScorer program = judges.scorer(Judges.LONG, Judges.SHORT)) {
      String late = "unread: the program gave no answer in 0.2 s";
      shows(program, "{\"class\": \"first\"}", "first");
      shows(program, "hang thinking", late + ": thinking");
      shows(program, "{\"class\": \"second\"}", "second");
      assertThat(Texts.show(program, "hangonce " + YES)).startsWith(late);
      shows(program, "{\"class\": \"third\"}", "third");
      assertThat(Texts.show(program, "blanks")).startsWith(late);
    }
    assertThat(judges.asked()).hasSize(6);
    for (String pid : Files.readAllLines(folder.resolve("pids"))) {
      ends(pid);
    }
  }

  @Test
  void aProgramThatNeverAnswersIsGivenUp() throws Exception {
    Path log = folder.resolve("starts");
    try (ProgramScorer program = Judges.shell("echo start >>$1; exit 1", log.toString())) {
      for (int i = 0; i < Program.MOST_LOST; i++) {
        shows(program, "a" + i, "unread: the program ended (exit 1)");
      }
      shows(program, "b", "unread: the program was given up after 5 texts without an answer");
      assertThat(Files.readAllLines(log)).hasSize(2 * Program.MOST_LOST);
    }
  }

  @Test
  void aMegabyteThatTheProgramDoesNotReadHoldsNobodyUp() {
    Program.Limits limits = new Program.Limits(Judges.SHORT, Judges.SHORT);
    Program sleeps = new Program(List.of("sleep", "100000"), limits);
    try (ProgramScorer program =
        new ProgramScorer("sleeps", Optional.of(sleeps), Optional.empty())) {
      String large = "é".repeat(1_000_000);
      shows(program, large, "unread: the program gave no answer in 0.2 s");
    }
    try (ProgramScorer program = judges.scorer()) {
      String large = "{\"class\": \"" + "x".repeat(1_000) + "\"}" + " ".repeat(1_000_000);
      assertThat(Texts.of(program, large).readable()).isFalse();
      assertThat(Texts.of(program, "last " + YES + "\n".repeat(1_000_000)).show()).isEqualTo("yes");
    }
  }

  @Test
  void moreAnswersThanQuestionsEndTheWork() {
    ProgramScorer atOnce = judges.scorer();
    assertThatThrownBy(() -> Texts.of(atOnce, YES + "\n{\"class\": \"no\"}"))
        .isInstanceOfSatisfying(UserError.class, this::outOfStep);
    assertThatThrownBy(() -> Texts.of(atOnce, YES))
        .isInstanceOfSatisfying(UserError.class, this::outOfStep);
    atOnce.close();
    ProgramScorer withTheNext = judges.scorer();
    shows(withTheNext, "after {\"class\": \"first\"}", "first");
    assertThatThrownBy(() -> Texts.of(withTheNext, YES))
        .isInstanceOfSatisfying(UserError.class, this::outOfStep);
    withTheNext.close();
    ProgramScorer atTheEnd = judges.scorer();
    shows(atTheEnd, "after {\"class\": \"first\"}", "first");
    assertThatThrownBy(atTheEnd::close).isInstanceOfSatisfying(UserError.class, this::outOfStep);
  }

  private void outOfStep(UserError error) {
    assertThat(error)
        .hasMessage(
            "the program answered more often than it was asked, so its answers cannot be trusted: "
                + judges.command().getFirst());
    assertThat(error.hint())
        .isEqualTo("let it write one line for each line that it reads, and all else to stderr");
  }

  @Test
  void whatCannotBeStartedIsUnread() throws Exception {
    Path file = Files.writeString(folder.resolve("broken"), "#!/nowhere/judge\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Program.Limits limits = new Program.Limits(Judges.LONG, Judges.LONG);
    Program broken = new Program(List.of(file.toString()), limits);
    try (ProgramScorer program =
        new ProgramScorer("broken", Optional.of(broken), Optional.empty())) {
      assertThat(Texts.show(program, YES)).startsWith("unread: the program cannot be started: ");
    }
  }

  @Test
  void anInterruptEndsTheProgramAndTheWork() throws Exception {
    try (ProgramScorer program = judges.scorer()) {
      shows(program, YES, "yes");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> Texts.of(program, "hang on"))
          .isInstanceOfSatisfying(
              UserError.class,
              error -> {
                assertThat(error.getMessage()).startsWith("stopped while the program was asked: ");
                assertThat(error.hint())
                    .isEqualTo("do the same again; what has been sampled is kept");
              });
      assertThat(Thread.interrupted()).isTrue();
      shows(program, "{\"class\": \"no\"}", "no");
    }
  }

  @Test
  void theProgramIsNamedOnTheCommandLineAndEndsWithTheOutcomes() throws Exception {
    String command =
        judges.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Outcome score;
    try (Outcomes outcomes = Outcomes.parse(List.of("count:a", "program@.25@300s:" + command))) {
      score = Texts.of(outcomes.all().getLast().scorer(), "{\"score\": 0.25}");
    }
    assertThat(score.show()).isEqualTo("≥ 0.25");
    assertThat(score.score()).hasValue(0.25);
    ends(Files.readString(folder.resolve("pid")));
  }

  /// What was killed may take a moment; whoever started it may never ask how it ended.
  private static void ends(String pid) throws Exception {
    Path stat = Path.of("/proc", pid, "stat");
    for (int i = 0; i < 6000 && Files.exists(stat); i++) {
      if (Files.readString(stat).contains(") Z ")) {
        return;
      }
      Thread.sleep(10);
    }
    assertThat(stat).doesNotExist();
  }

  private static void shows(ProgramScorer program, String response, String shown) {
    assertThat(Texts.show(program, response)).isEqualTo(shown);
  }
}
