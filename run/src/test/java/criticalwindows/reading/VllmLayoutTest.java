package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
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

class VllmLayoutTest {
  @TempDir Path folder;

  private Texts read(String text) throws IOException {
    Path file = folder.resolve("outputs.json");
    Files.writeString(file, text);
    return TraceFiles.read(file);
  }

  private static String output(String outputs) {
    return "{\"request_id\": \"9\", \"prompt\": \"<s>Hi\", \"prompt_token_ids\": [1, 2],"
        + " \"prompt_logprobs\": [null, {\"2\": {\"logprob\": -Infinity}}], \"finished\": true,"
        + " \"outputs\": ["
        + outputs
        + "]}";
  }

  private static String ids(String ids, String finish, String stop) {
    return "{\"index\": 0, \"text\": \"x\", \"token_ids\": "
        + ids
        + ", \"cumulative_logprob\": -1.5, \"finish_reason\": "
        + finish
        + ", \"stop_reason\": "
        + stop
        + "}";
  }

  @Test
  void idsAreUsedAsTheyAre() throws IOException {
    Texts texts = read("[" + output(ids("[3, 4]", "\"length\"", "null")) + "]");
    assertThat(texts.layout()).isEqualTo("vllm");
    assertThat(texts.traces())
        .containsExactly(
            new Trace(
                "object 1",
                Optional.of("9"),
                new Before.Ids(Tokens.of(1, 2)),
                new Sources.Ids(Tokens.of(3, 4)),
                FinishReason.LENGTH,
                Optional.empty()));
  }

  /// The stop token is the last id where the model ended by itself.
  @Test
  void aStopTokenIsCutOffWhereItIsKnown() throws IOException {
    assertThat(read(output(ids("[3, 4]", "\"stop\"", "null"))).traces().getFirst().source())
        .isEqualTo(new Sources.Ended(Tokens.of(3, 4)));
    assertThat(read(output(ids("[3, 4]", "\"stop\"", "4"))).traces().getFirst().source())
        .isEqualTo(new Sources.Ids(Tokens.of(3)));
    Texts text = read(output(ids("[3, 4]", "\"stop\"", "\"END\"")));
    assertThat(text.traces().getFirst().source()).isEqualTo(new Sources.Ended(Tokens.of(3, 4)));
    assertThat(text.notes())
        .containsExactly(
            "1 of 1 texts: it ended at a text at which continuations do not end; token ids still"
                + " have that text (line 1)");
  }

  @Test
  void severalOutputsAreSeveralTexts() throws IOException {
    Texts texts =
        read(
            output(
                ids("[3, 4]", "\"stop\"", "null")
                    + ", "
                    + ids("[5, 6]", "\"abort\"", "null").replace("index\": 0", "index\": 1")
                    + ", "
                    + ids("[7]", "\"stop\"", "7").replace("index\": 0", "index\": 2")
                    + ", "
                    + "{\"index\": 3, \"text\": \"only\", \"finish_reason\": \"stop\"}"));
    assertThat(texts.traces().stream().map(trace -> trace.id().orElseThrow()))
        .containsExactly("9", "9#4");
    assertThat(texts.traces().getLast().source()).isEqualTo(new Sources.Text("only"));
    assertThat(texts.notes())
        .containsExactly(
            "1 of 4 texts left out: it was not finished (line 1, choice 2)",
            "1 of 4 texts left out: the response is empty (line 1, choice 3)");
  }

  @Test
  void aPromptWithoutIdsIsRead() throws IOException {
    String text = output(ids("[3]", "\"length\"", "null")).replace("[1, 2]", "null");
    assertThat(read(text).traces().getFirst().before()).isEqualTo(new Before.Rendered("<s>Hi"));
  }

  @Test
  void responsesOfItsServerAreRead() throws IOException {
    String chat =
        "{\"id\": \"chatcmpl-1\", \"object\": \"chat.completion\", \"prompt_token_ids\": [1, 2],"
            + " \"choices\": [{\"index\": 0, \"message\": {\"content\": \"x\", \"tool_calls\":"
            + " [{}]}, \"finish_reason\": \"tool_calls\", \"token_ids\": [3, 4]}]}";
    String completion =
        "{\"id\": \"cmpl-1\", \"object\": \"text_completion\", \"choices\": [{\"index\": 0,"
            + " \"text\": \"x\", \"finish_reason\": \"length\", \"token_ids\": [3],"
            + " \"prompt_token_ids\": [5]}]}";
    String without =
        "{\"id\": \"c\", \"choices\": [{\"text\": \"x\", \"finish_reason\": \"stop\"}]}";
    String failed = "{\"error\": {\"message\": \"too long\"}}";
    Texts texts = read(String.join("\n", chat, completion, without, failed));
    assertThat(texts.traces().stream().map(Trace::before))
        .isEqualTo(List.of(new Before.Ids(Tokens.of(1, 2)), new Before.Ids(Tokens.of(5))));
    assertThat(texts.traces().getFirst().source()).isEqualTo(new Sources.Ended(Tokens.of(3, 4)));
    assertThat(texts.notes())
        .containsExactly(
            "1 of 4 texts left out: there is no prompt; ask the server for return_token_ids"
                + " (line 3)",
            "1 of 4 texts left out: it failed (line 4)");
  }

  @Test
  void aLineOfOursMayHaveOutputsBesideIt() throws IOException {
    assertThat(read("{\"prompt\": \"a\", \"response\": \"b\", \"outputs\": []}").layout())
        .isEqualTo("lines");
  }

  @Test
  void idsThatAreNoneSayWhere() {
    assertThatThrownBy(() -> read(output(ids("\"[3 4]\"", "\"stop\"", "null"))))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(", line 1: token_ids are an array of at least one token id")
        .extracting(e -> ((UserError) e).hint())
        .isEqualTo("it is read as outputs of vLLM; name another layout with --layout");
  }
}
