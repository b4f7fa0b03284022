package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectLayoutTest {
  private static final String SKY =
      """
      {"id": "sky", "epoch": 1, "input": "What colour is the sky?", "target": "blue",
       "messages": [{"role": "system", "content": "Be short."},
         {"role": "user", "content": "What colour is the sky?"},
         {"role": "assistant", "content": "It is blue.", "source": "generate"}],
       "output": {"model": "m", "choices": [{"stop_reason": "stop",
         "message": {"role": "assistant", "content": "It is blue."}}]},
       "scores": {"match": {"value": "C", "answer": "blue"}},
       "events": [{"event": "model", "deep": [[[1, NaN]]]}], "metadata": {"loss": NaN}}
      """;

  private static final Trace SKY_TRACE =
      new Trace(
          "sample sky",
          Optional.of("sky"),
          new Before.Turns(
              List.of(Message.system("Be short."), Message.user("What colour is the sky?"))),
          new Sources.Text("It is blue."),
          FinishReason.STOP,
          Optional.of("C"));

  @TempDir Path folder;

  /// A log as `.json` has it, with what stands before the samples.
  private Texts json(String... samples) throws IOException {
    Path file = folder.resolve("log.json");
    Files.writeString(
        file,
        "{\n\"version\": 2, \"status\": \"success\", \"eval\": {\"task\": \"t\", \"samples\": [1]},"
            + " \"results\": {\"scores\": []}, \"samples\": ["
            + String.join(",\n", samples)
            + "], \"reductions\": []}");
    return TraceFiles.read(file);
  }

  /// A sample that says this after one question, with more fields.
  private static String said(String content, String more) {
    return "{\"id\": 7, \"epoch\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"Q\"},"
        + "{\"role\": \"assistant\", \"content\": "
        + content
        + "}]"
        + more
        + "}";
  }

  @Test
  void aSampleIsAText() throws IOException {
    Texts texts = json(SKY);
    assertThat(texts.layout()).isEqualTo("inspect");
    assertThat(texts.traces()).containsExactly(SKY_TRACE);
    assertThat(texts.notes()).isEmpty();
  }

  @Test
  void anEvalLogIsReadHoweverItIsPacked() throws IOException, SQLException {
    byte[] zstandard =
        EvalFiles.zstandard(
            folder,
            "SELECT 'sky' AS id, 1 AS epoch, [{'role': 'user', 'content': repeat('sky ', 9000)},"
                + " {'role': 'assistant', 'content': 'It is blue.'}] AS messages");
    assertThat(zstandard).hasSizeLessThan(9000);
    String name = "samples/sky_epoch_1.json";
    Path log = folder.resolve("log.eval");
    for (Path file :
        List.of(
            EvalFiles.deflated(log, SKY),
            EvalFiles.zip(
                folder.resolve("stored.eval"),
                EvalFiles.STORED,
                Map.of(name, SKY.getBytes(StandardCharsets.UTF_8))),
            EvalFiles.zip(
                folder.resolve("frame.eval"),
                EvalFiles.ZSTANDARD,
                Map.of(name, EvalFiles.frame(SKY))))) {
      assertThat(TraceFiles.read(file).traces()).as("%s", file).containsExactly(SKY_TRACE);
    }
    Texts packed =
        TraceFiles.read(
            EvalFiles.zip(folder.resolve("z.eval"), EvalFiles.ZSTANDARD, Map.of(name, zstandard)));
    assertThat(packed.traces().getFirst().source()).isEqualTo(new Sources.Text("It is blue."));
  }

  @Test
  void framesOfZstandardFollowEachOther() throws IOException {
    byte[] first = EvalFiles.frame(SKY.substring(0, 100));
    byte[] second = EvalFiles.frame(SKY.substring(100));
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    Path file =
        EvalFiles.zip(
            folder.resolve("two.eval"),
            EvalFiles.ZSTANDARD,
            Map.of("samples/a/../../sky_epoch_1.json", both));
    assertThat(TraceFiles.read(file).traces()).containsExactly(SKY_TRACE);
    assertThat(folder.toFile().list()).containsExactly("two.eval");
  }

  @Test
  void partsOfATurnAreItsThinkingAndItsText() throws IOException {
    String parts =
        "[{\"type\": \"reasoning\", \"reasoning\": \"Hm.\"}, {\"type\": \"text\", \"text\": \"A\"},"
            + "{\"type\": \"text\", \"text\": \"attachment://k1\"}]";
    Texts texts = json(said(parts, ", \"attachments\": {\"k1\": \"B\"}"));
    Trace trace = texts.traces().getFirst();
    assertThat(trace.id()).contains("7#2");
    assertThat(trace.source()).isEqualTo(new Sources.Text("<think>\nHm.\n</think>\n\nA\nB"));
    assertThat(texts.notes())
        .containsExactly(
            "1 of 1 texts: its thinking, which the file keeps apart, is put back between <think>"
                + " and </think> (sample 7, epoch 2)");
    String cut = ", \"output\": {\"choices\": [{\"stop_reason\": \"max_tokens\"}]}";
    trace =
        json(said("[{\"type\": \"reasoning\", \"reasoning\": \"Hm.\"}]", cut)).traces().getFirst();
    assertThat(trace.source()).isEqualTo(new Sources.Text("<think>\nHm."));
    assertThat(trace.finish()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void withoutMessagesTheOutputAnswersTheInput() throws IOException {
    String output =
        "\"output\": {\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"R\"}}]}";
    assertThat(json("{\"id\": 1, \"input\": \"Q\", " + output + "}").traces().getFirst().before())
        .isEqualTo(new Before.Turns(List.of(Message.user("Q"))));
    Trace turns =
        json("{\"id\": 1, \"input\": [{\"role\": \"user\", \"content\": \"Q\"}], " + output + "}")
            .traces()
            .getFirst();
    assertThat(turns.before()).isEqualTo(new Before.Turns(List.of(Message.user("Q"))));
    assertThat(turns.source()).isEqualTo(new Sources.Text("R"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "R" | , "error": {"message": "no network"}           | it ended by an error
          "R" | , "limit": {"type": "time", "limit": 9}        | it ended by a limit of the evaluation (time)
          "R" | , "invalidation": {"author": "me"}             | it was made invalid later
          ""  | , "error": null                                | the response is empty
          "R" | , "output": {"choices": [{"stop_reason": "content_filter"}]} | a content filter stopped it
          [{"type": "image", "image": "i"}]                    | , "scores": {} | a turn is not of text alone
          [{"type": "reasoning", "reasoning": "x", "redacted": true}] | , "scores": {} | its thinking is not there in the model's own words
          [{"type": "reasoning", "reasoning": "", "summary": "x"}] | , "scores": {} | its thinking is not there in the model's own words
          "attachment://none"                                  | , "scores": {} | it names an attachment that is not there
          "R", "tool_calls": [{"id": "1", "function": "ls"}]   | , "scores": {} | tools are called outside the text
          """)
  void whatCannotBeUsedIsLeftOutAndCounted(String content, String more, String reason)
      throws IOException {
    Texts texts = json(SKY, said(content, more));
    assertThat(texts.traces()).containsExactly(SKY_TRACE);
    assertThat(texts.notes())
        .containsExactly("1 of 2 texts left out: " + reason + " (sample 7, epoch 2)");
  }

  @Test
  void aToolCallBeforeTheResponseLeavesItOutToo() throws IOException {
    String agent =
        """
        {"id": 1, "epoch": 1, "messages": [{"role": "user", "content": "Q"},
         {"role": "assistant", "content": "", "tool_calls": [{"function": "ls"}]},
         {"role": "tool", "content": "files"}, {"role": "assistant", "content": "Done."}]}
        """;
    assertThatThrownBy(() -> json(agent))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("log.json")
                + " has no text that can be used: 1 of 1 texts left out: tools are called outside"
                + " the text (sample 1)")
        .extracting(e -> ((UserError) e).hint())
        .isEqualTo("docs/texts.md says what is taken from a log of Inspect, and what is left out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a": {"value": "I"}}                        | I
          {"a": {"value": 1.0}}                        | 1
          {"a": {"value": 0.25}}                       | 0.25
          {"a": {"value": true}}                       | true
          {"a": {"value": "B"}}                        | B
          {"a": {"value": NaN}}                        |
          {"a": {"value": ["x"]}}                      |
          {"a": {"value": "C"}, "b": {"value": "I"}}   |
          """)
  void onePlainScoreIsWhatWasRecorded(String scores, String outcome) throws IOException {
    Texts texts = json(said("\"R\"", ", \"scores\": " + scores));
    assertThat(texts.traces().getFirst().outcome()).isEqualTo(Optional.ofNullable(outcome));
    assertThat(texts.notes().stream().anyMatch(note -> note.contains("of several scores")))
        .isEqualTo(scores.contains("\"b\""));
  }

  @Test
  void gradesAreComparedWithAProgramAlone() throws IOException {
    Texts grades = json(SKY).withoutGrades();
    assertThat(grades.traces().getFirst().outcome()).isEmpty();
    assertThat(grades.notes())
        .containsExactly(
            "the file's scores, such as C, grade the responses; only the outcomes of a program: are"
                + " compared with them");
    Texts letters = json(SKY, said("\"R\"", ", \"scores\": {\"a\": {\"value\": \"B\"}}"));
    assertThat(letters.withoutGrades()).isEqualTo(letters);
    Path own = folder.resolve("own.jsonl");
    Files.writeString(own, "{\"prompt\": \"a\", \"response\": \"b\", \"outcome\": \"C\"}");
    assertThat(TraceFiles.read(own).withoutGrades().traces().getFirst().outcome()).contains("C");
  }

  @Test
  void turnsAfterTheLastOneAreSaid() throws IOException {
    String more =
        """
        {"id": 1, "messages": [{"role": "user", "content": "Q"},
         {"role": "assistant", "content": "R"}, {"role": "user", "content": "Go on."}]}
        """;
    Texts texts = json(more);
    assertThat(texts.traces().getFirst().source()).isEqualTo(new Sources.Text("R"));
    assertThat(texts.notes())
        .containsExactly(
            "1 of 1 texts: turns after the assistant's last one are not looked at (sample 1)");
  }

  private static void refused(Path file, String error, String hint) {
    assertThatThrownBy(() -> TraceFiles.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + error)
        .extracting(e -> ((UserError) e).hint())
        .isEqualTo(hint);
  }

  @Test
  void whatIsNoLogSaysSoInTwoLines() throws IOException {
    Path header = folder.resolve("header.json");
    Files.writeString(header, "{\"version\": 2, \"eval\": {\"task\": \"t\"}}");
    String none = "name one that was written with its samples (not --no-log-samples)";
    refused(header, " is a log without samples", none);
    refused(EvalFiles.deflated(folder.resolve("none.eval")), " is a log without samples", none);
    String convert = "convert it: inspect log convert parts.eval --to json --output-dir FOLDER";
    refused(
        EvalFiles.zip(
            folder.resolve("parts.eval"),
            EvalFiles.STORED,
            Map.of("samples/1_epoch_1/sample.json", new byte[0])),
        " has its samples in parts, as logs of version 3 do: samples/1_epoch_1/sample.json",
        convert);
    refused(
        EvalFiles.zip(
            folder.resolve("parts.eval"), 12, Map.of("samples/1_epoch_1.json", new byte[3])),
        ", samples/1_epoch_1.json is compressed by method 12",
        convert);
    refused(
        EvalFiles.deflated(folder.resolve("id.eval"), "{\"epoch\": 1}"),
        ", samples/0_epoch_1.json: it has no id",
        "it is read as a log of Inspect; name another layout with --layout");
  }
}
