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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LmEvalLayoutTest {
  @TempDir Path folder;

  private Texts read(String... lines) throws IOException {
    Path file = folder.resolve("samples_sums_2026-11-30.jsonl");
    Files.writeString(file, String.join("\n", lines));
    return TraceFiles.read(file);
  }

  private static String row(int id, String arguments, String resps, String more) {
    return "{\"doc_id\": "
        + id
        + ", \"doc\": {\"question\": \"2+2\", \"loss\": NaN}, \"target\": \"4\", \"arguments\": "
        + arguments
        + ", \"resps\": "
        + resps
        + ", \"filtered_resps\": [\"4\"]"
        + more
        + "}";
  }

  @Test
  void argumentsOfBothFormsAreRead() throws IOException {
    Trace expected =
        new Trace(
            "line 1",
            Optional.of("0"),
            new Before.Rendered("<s>Q: 2+2\nA:"),
            new Sources.Text(" It is 4."),
            FinishReason.STOP,
            Optional.of("1"));
    String resps = "[[\" It is 4.\"]]";
    String match = ", \"exact_match\": 1.0";
    for (String arguments :
        List.of(
            "[[\"<s>Q: 2+2\\nA:\", {\"until\": []}]]",
            "[[\"<s>Q: 2+2\\nA:\", \"{'until': []}\"]]",
            "{\"gen_args_0\": {\"arg_0\": \"<s>Q: 2+2\\nA:\", \"arg_1\": {\"until\": []}}}")) {
      Texts texts = read(row(0, arguments, resps, match));
      assertThat(texts.layout()).isEqualTo("lm-eval");
      assertThat(texts.traces()).as(arguments).containsExactly(expected);
      assertThat(texts.notes()).isEmpty();
    }
  }

  @Test
  void aChatIsTurns() throws IOException {
    String chat =
        "\"[{\\\"role\\\": \\\"system\\\", \\\"content\\\": \\\"Count.\\\"}, {\\\"role\\\":"
            + " \\\"user\\\", \\\"content\\\": \\\"2+2\\\", \\\"type\\\": \\\"text\\\"}]\"";
    Before turns = new Before.Turns(List.of(Message.system("Count."), Message.user("2+2")));
    for (String context : List.of(chat, "[" + chat + "]")) {
      String arguments = "{\"gen_args_0\": {\"arg_0\": " + context + ", \"arg_1\": {}}}";
      assertThat(read(row(0, arguments, "[[\"4\"]]", "")).traces().getFirst().before())
          .isEqualTo(turns);
    }
  }

  @Test
  void severalResponsesOfADocumentAreSeveralTexts() throws IOException {
    String arguments = "[[\"Q\", {\"until\": [\"\\n\\n\"]}]]";
    Texts texts =
        read(
            row(3, arguments, "[[\"a\", \"b\", \"\"]]", ", \"exact_match\": 0"),
            row(4, arguments, "[[\"a\"]]", ", \"exact_match\": 0"));
    assertThat(texts.traces().stream().map(trace -> trace.id().orElseThrow()))
        .containsExactly("3", "3#2", "4");
    assertThat(texts.traces().stream().map(Trace::place))
        .containsExactly("line 1", "line 1, text 2", "line 2");
    assertThat(texts.traces().stream().map(Trace::outcome))
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of("0"));
    assertThat(texts.notes())
        .containsExactly(
            "1 of 4 texts left out: the response is empty (line 1, text 3)",
            "3 of 4 texts: it may have ended at a text at which continuations do not end (line 1,"
                + " line 1, text 2, line 2)");
  }

  /// With several filters there is a row for each.
  @Test
  void theSameTextUnderAnotherFilterIsTakenOnce() throws IOException {
    String arguments = "[[\"Q\", {}]]";
    Texts texts =
        read(
            row(3, arguments, "[[\"a\"]]", ", \"filter\": \"strict\", \"exact_match\": 0.0"),
            row(3, arguments, "[[\"a\"]]", ", \"filter\": \"loose\", \"exact_match\": 1.0"));
    assertThat(texts.traces()).hasSize(1);
    assertThat(texts.traces().getFirst().outcome()).contains("0");
    assertThat(texts.notes())
        .containsExactly("1 of 1 texts: the same text under another filter is taken once (line 2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [["Q", " 4"], ["Q", " 5"]] | [[["-1.5", "True"]], [["-2.5", "False"]]]
          {"gen_args_0": {"arg_0": "Q", "arg_1": " 4"}} | [[[-1.5, true]]]
          {"gen_args_0": {"arg_0": "A whole page."}} | [["-85.25"]]
          [["A whole page."]] | [[-85.25]]
          """)
  void logLikelihoodsAreRefused(String arguments, String resps) {
    assertThatThrownBy(() -> read(row(0, arguments, resps, "")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("samples_sums_2026-11-30.jsonl")
                + ", line 1 is of a task of log-likelihoods: no text was written")
        .extracting(e -> ((UserError) e).hint())
        .isEqualTo("name the samples of a task that generates (output_type: generate_until)");
  }

  @Test
  void whatIsNoSampleSaysWhere() {
    String hint =
        "it is read as samples of lm-evaluation-harness; name another layout with --layout";
    String row = row(0, "[[\"Q\", {}]]", "[[\"4\"]]", "");
    assertThatThrownBy(() -> read(row, "{\"doc_id\": 1, \"arguments\": [], \"resps\": []}"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(", line 2: it has 0 resps for 0 requests")
        .extracting(e -> ((UserError) e).hint())
        .isEqualTo(hint);
    assertThatThrownBy(() -> read(row, "{\"results\": {}}"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(", line 2: it has no doc_id");
  }
}
