package criticalwindows.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
  @Test
  void theAnswerIsTheOutcomeOfWhoNamesNone() {
    assertThat(Outcomes.parse(List.of()).all())
        .containsExactly(new Outcomes.Named("answer", Grader.STANDARD));
    assertThat(Outcomes.parse(List.of("answer"))).isEqualTo(Outcomes.parse(List.of()));
  }

  @Test
  void severalAreColumnsAndTheFirstIsSearchedFor() {
    Outcomes outcomes = Outcomes.parse(List.of("contains:yes", " answer ", "length:3"));
    assertThat(outcomes.all().stream().map(Outcomes.Named::name))
        .containsExactly("contains:yes", "answer", "length:3");
    assertThat(outcomes.searched().name()).isEqualTo("contains:yes");
    assertThat(outcomes.all().get(1).scorer().repliesAlone()).isTrue();
    assertThat(outcomes.searched().scorer().repliesAlone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pattern:(\\d+)", "contains:yes", "length:2", "count:yes"})
  void kindsThatReadTextsReadWhatWasCutOffAndNoReply(String spec) {
    Scorer scorer = Texts.scorer(spec);
    Outcome ended = scorer.of(Texts.ITEM, Said.response(FinishReason.STOP, "yes 1 yes"));
    assertThat(ended.readable()).isTrue();
    assertThat(ended.score()).isEmpty();
    assertThat(scorer.of(Texts.ITEM, Said.response(FinishReason.LENGTH, "yes 1 yes")))
        .isEqualTo(ended);
    assertThat(scorer.of(Texts.ITEM, new Said(FinishReason.STOP, "yes 1 yes", Optional.of("no 2"))))
        .isEqualTo(ended);
    assertThat(scorer.of(Texts.ITEM, Said.reply(FinishReason.STOP, "yes 1 yes")).show())
        .isEqualTo("unread: there is a reply and no response");
    assertThat(scorer.of(Texts.ITEM, Said.response(FinishReason.STOP, "")).readable()).isTrue();
    assertThat(scorer.right(Problem.of("mine", "talk", "How many?", List.of(), "1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          patern:x    ~ no kind of outcome named patern ~ there is: answer, refusal, pattern:REGEX, contains:WORDS, length:N, count:WORD, program:COMMAND, judge:TEMPLATE, repeats, recorded
          ""          ~ no kind of outcome named “”     ~ there is: answer, refusal, pattern:REGEX, contains:WORDS, length:N, count:WORD, program:COMMAND, judge:TEMPLATE, repeats, recorded
          :x          ~ no kind of outcome named “”     ~ there is: answer, refusal, pattern:REGEX, contains:WORDS, length:N, count:WORD, program:COMMAND, judge:TEMPLATE, repeats, recorded
          answer:B    ~ the outcome answer:B: answer takes nothing after it ~ write answer alone
          refusal:x   ~ the outcome refusal:x: refusal takes nothing after it ~ write refusal alone
          refusal@.5  ~ the outcome refusal@.5: refusal takes no @.5 ~ only program takes an @
          judge:yes-no ~ the outcome judge:yes-no is judged by a model, and none is named ~ name it with --judge-model, or judge the run first: cw judges score RUN
          answer@.5   ~ the outcome answer@.5: answer takes no @.5 ~ only program takes an @
          pattern@1:x ~ the outcome pattern@1:x: pattern takes no @1 ~ only program takes an @
          pattern:    ~ the outcome pattern:: the pattern is empty ~ write pattern:REGEX, such as pattern:(yes|no)
          pattern     ~ the outcome pattern: the pattern is empty ~ write pattern:REGEX, such as pattern:(yes|no)
          pattern:so (?=yes) ~ the outcome pattern:so (?=yes): invalid or unsupported Perl syntax: (?=, at character 4 ~ the syntax is RE2's, which is Python's without look-ahead (?=…), look-behind (?<=…) and back references \\1
          pattern:(a)\\1 ~ the outcome pattern:(a)\\1: invalid escape sequence: \\1, at character 4 ~ the syntax is RE2's, which is Python's without look-ahead (?=…), look-behind (?<=…) and back references \\1
          pattern:a)  ~ the outcome pattern:a): a ) without its ( ~ the syntax is RE2's, which is Python's without look-ahead (?=…), look-behind (?<=…) and back references \\1
          pattern:((a{100}){100}){200} ~ the outcome pattern:((a{100}){100}){200}: the pattern is too large ~ use fewer or smaller counts, such as {2,20}
          pattern:((a{100}){100} ~ the outcome pattern:((a{100}){100}: missing closing ): ((a{100}){100}, at character 1 ~ the syntax is RE2's, which is Python's without look-ahead (?=…), look-behind (?<=…) and back references \\1
          pattern:(a{100}){100} ~ the outcome pattern:(a{100}){100}: the pattern is too large ~ use fewer or smaller counts, such as {2,20}
          contains:   ~ the outcome contains:: a word is empty ~ write contains:WORD or contains:WORD|WORD, without spare |
          contains:a||b ~ the outcome contains:a||b: a word is empty ~ write contains:WORD or contains:WORD|WORD, without spare |
          count: |a   ~ the outcome count: |a: a word is empty ~ write count:WORD or count:WORD|WORD, without spare |
          length:     ~ the outcome length:: a number of words is missing ~ write length:100, length:50,200 or length:500 characters, with limits that rise
          length:0    ~ the outcome length:0: the limit “0” is no whole number above 0 ~ write length:100, length:50,200 or length:500 characters, with limits that rise
          length:9,9  ~ the outcome length:9,9: the limit “9” is no whole number above 9 ~ write length:100, length:50,200 or length:500 characters, with limits that rise
          length:9,   ~ the outcome length:9,: the limit “” is no whole number above 9 ~ write length:100, length:50,200 or length:500 characters, with limits that rise
          length:9999999999 ~ the outcome length:9999999999: the limit “9999999999” is no whole number above 0 ~ write length:100, length:50,200 or length:500 characters, with limits that rise
          length:9 tokens ~ the outcome length:9 tokens: no unit named tokens ~ count words or characters
          program:    ~ the outcome program:: the command is empty ~ write program:COMMAND, such as program:python3 judge.py
          program:a 'b ~ the outcome program:a 'b: a quote is not closed ~ close it
          program:no-such-program-here -x ~ the outcome program:no-such-program-here -x: there is no program no-such-program-here ~ give its path, or put it on the search path (PATH); it must be executable
          program:/proc/self/maps ~ the outcome program:/proc/self/maps: there is no program /proc/self/maps ~ give its path, or put it on the search path (PATH); it must be executable
          program@1.5:sh ~ the outcome program@1.5:sh: @1.5 is neither a threshold above 0 and up to 1 nor a time ~ write program@0.5:… or program@30s:…
          program@0:sh ~ the outcome program@0:sh: @0 is neither a threshold above 0 and up to 1 nor a time ~ write program@0.5:… or program@30s:…
          program@:sh ~ the outcome program@:sh: @ is neither a threshold above 0 and up to 1 nor a time ~ write program@0.5:… or program@30s:…
          program@0s:sh ~ the outcome program@0s:sh: @0s is no time from 1 s to 3600 s ~ write program@30s:…
          """,
      quoteCharacter = '"')
  void whatIsWrongSaysWhatToDo(String spec, String error, String hint) {
    assertThatThrownBy(() -> Outcomes.parse(List.of(spec)))
        .isInstanceOfSatisfying(
            UserError.class,
            wrong -> {
              assertThat(wrong).hasMessage(error);
              assertThat(wrong.hint()).isEqualTo(hint);
            });
  }

  @Test
  void oneTwiceIsRefusedAndSoIsATextWithoutEnd() {
    assertThatThrownBy(() -> Outcomes.parse(List.of("count:a", " count:a")))
        .isInstanceOfSatisfying(
            UserError.class,
            wrong -> {
              assertThat(wrong).hasMessage("--outcome count:a is there twice");
              assertThat(wrong.hint()).isEqualTo("name each outcome once");
            });
    assertThatThrownBy(() -> Outcomes.parse(List.of("pattern:" + "\u001b[31m x".repeat(1000))))
        .isInstanceOfSatisfying(
            UserError.class,
            wrong -> {
              assertThat(wrong.getMessage()).hasSizeLessThan(200).doesNotContain("\u001b");
              assertThat(wrong.hint()).isEqualTo("give at most 2000 letters");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"count:a\nb", "pattern:\u001b[31m", "pattern:a\u0000"})
  void aSpecStandsOnOneLine(String spec) {
    assertThatThrownBy(() -> Outcomes.parse(List.of(spec)))
        .isInstanceOfSatisfying(
            UserError.class,
            wrong -> {
              assertThat(wrong)
                  .hasMessageMatching("the outcome \\P{Cc}+ has a control character in it");
              assertThat(wrong.hint())
                  .isEqualTo("write it on one line; in a pattern \\n and \\t stand for themselves");
            });
  }

  @Test
  void aProgramThatOnlyARunNamesIsNotStarted() {
    assertThat(Outcomes.recorded(List.of("count:a"))).isEqualTo(Outcomes.parse(List.of("count:a")));
    assertThatThrownBy(() -> Outcomes.recorded(List.of("count:a", " Program@.5: sh -c 'rm x'")))
        .isInstanceOfSatisfying(
            UserError.class,
            wrong -> {
              assertThat(wrong)
                  .hasMessage(
                      "the run's outcome is by a program, which its folder alone does not start:"
                          + " Program@.5: sh -c 'rm x'");
              assertThat(wrong.hint())
                  .isEqualTo(
                      "look at the command; if you trust it, name the outcome yourself with"
                          + " --outcome");
            });
  }

  /// Writes down that it was asked, and answers by a word of the text.
  private static final String JUDGE =
      """
      while read -r line; do
        echo asked >> "$1"
        case $line in
          *yes*) echo '{"class": "good", "score": 0.75}' ;;
          *quiet*) echo nothing ;;
          *) echo '{"score": 0.25}' ;;
        esac
      done
      """;

  @TempDir Path folder;

  /// A run's folder is shown, resumed and merged without asking anew.
  @Test
  void whatAProgramSaidIsKeptWithTheRun() throws IOException {
    Path asked = folder.resolve("asked");
    Path judge = Files.writeString(folder.resolve("judge.sh"), JUDGE);
    String spec = "program:sh " + judge + " " + asked;
    try (Outcomes outcomes = Outcomes.parse(List.of(spec))) {
      outcomes.keepIn(folder);
      Scorer scorer = outcomes.searched().scorer();
      assertThat(Texts.show(scorer, "yes")).isEqualTo("good");
      assertThat(Texts.show(scorer, "no")).isEqualTo("< 0.5");
      assertThat(Texts.show(scorer, "quiet")).startsWith("unread: ");
    }
    int times = Files.readAllLines(asked).size();
    Files.writeString(
        folder.resolve("verdicts.jsonl"), "no JSON\n{}\n{\"key\": ", StandardOpenOption.APPEND);

    Outcomes shown = Outcomes.told(List.of(spec), folder);
    Scorer told = shown.searched().scorer();
    assertThat(Texts.show(told, "yes")).isEqualTo("good");
    assertThat(Texts.of(told, "yes").score()).hasValue(.75);
    assertThat(Texts.show(told, "no")).isEqualTo("< 0.5");
    assertThat(Texts.show(told, "quiet")).isEqualTo("unread: the program was not asked about it");
    assertThat(Texts.show(told, "new")).isEqualTo("unread: the program was not asked about it");
    // Another threshold reads the same scores; another command has said nothing.
    String higher = spec.replace("program:", "program@0.2:");
    Scorer other = Outcomes.told(List.of(higher), folder).searched().scorer();
    assertThat(Texts.show(other, "no")).isEqualTo("≥ 0.2");
    Scorer stranger = Outcomes.told(List.of("program:cat"), folder).searched().scorer();
    assertThat(Texts.show(stranger, "yes")).startsWith("unread: ");
    assertThat(Files.readAllLines(asked)).hasSize(times);

    Path merged = Files.createDirectory(folder.resolve("merged"));
    Outcomes.mergeInto(merged, folder);
    try (Outcomes resumed = Outcomes.parse(List.of(spec))) {
      resumed.keepIn(merged);
      assertThat(Texts.show(resumed.searched().scorer(), "yes")).isEqualTo("good");
      assertThat(Files.readAllLines(asked)).as("kept").hasSize(times);
      assertThat(Texts.show(resumed.searched().scorer(), "another")).isEqualTo("< 0.5");
      assertThat(Files.readAllLines(asked)).as("asked now").hasSize(times + 1);
    }
    assertThat(Texts.show(Outcomes.told(List.of(spec), merged).searched().scorer(), "another"))
        .isEqualTo("< 0.5");
  }

  @Test
  void aClassThatAnOutcomeDoesNotHaveCannotBeFollowed() {
    Outcomes refusal = Outcomes.parse(List.of("refusal"));
    Problem item = Problem.open("mine", "talk", "Will you?");
    assertThat(refusal.searched().scorer().followed(item)).isEmpty();
    Scorer complied = refusal.following(Optional.of("complied")).searched().scorer();
    assertThat(complied.followed(item).orElseThrow().show()).isEqualTo("complied");
    assertThat(complied.followed(item).orElseThrow().same(Texts.of(complied, "Sure."))).isTrue();
    assertThatThrownBy(() -> refusal.following(Optional.of("complid")))
        .isInstanceOfSatisfying(
            UserError.class,
            wrong -> {
              assertThat(wrong)
                  .hasMessage("--follow complid: the outcome refusal has no such class");
              assertThat(wrong.hint())
                  .isEqualTo(
                      "name one of its classes as tables show them; docs/outcomes.md lists them");
            });
  }
}
