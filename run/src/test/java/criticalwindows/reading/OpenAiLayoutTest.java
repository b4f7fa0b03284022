package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiLayoutTest {
  private static final Before ASKED = new Before.Turns(List.of(Message.user("Yes or no?")));
  private static final String CHAT =
      "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Yes or no?\"}]}";

  @TempDir Path folder;
  private Path requests = Path.of("");
  private Path responses = Path.of("");

  @BeforeEach
  void files() throws IOException {
    requests = folder.resolve("requests.jsonl");
    responses = folder.resolve("responses.jsonl");
    Files.writeString(requests, request("a", CHAT));
  }

  private static String request(String id, String body) {
    return "{\"custom_id\": \""
        + id
        + "\", \"method\": \"POST\", \"url\": \"/v1/chat/completions\", \"body\": "
        + body
        + "}\n";
  }

  private static String response(String id, String body) {
    return "{\"id\": \"batch_req_1\", \"custom_id\": \""
        + id
        + "\", \"response\": {\"status_code\": 200, \"request_id\": \"r\", \"body\": "
        + body
        + "}, \"error\": null}\n";
  }

  private static String choices(String... choices) {
    return "{\"object\": \"chat.completion\", \"choices\": [" + String.join(", ", choices) + "]}";
  }

  private static String choice(int index, String content, String finish) {
    return "{\"index\": "
        + index
        + ", \"message\": {\"role\": \"assistant\", \"content\": "
        + content
        + "}, \"logprobs\": null, \"finish_reason\": \""
        + finish
        + "\"}";
  }

  private Texts read(String... lines) throws IOException {
    Files.writeString(responses, String.join("", lines));
    return TraceFiles.read(
        new TraceFiles.Asked(responses, Optional.empty(), Optional.of(requests)));
  }

  @Test
  void requestsAloneAreWrittenByTheRunsModel() {
    Texts texts = TraceFiles.read(requests);
    assertThat(texts.layout()).isEqualTo("openai");
    assertThat(texts.traces())
        .containsExactly(
            new Trace(
                "line 1",
                Optional.of("a"),
                ASKED,
                new Sources.Sampled(),
                FinishReason.STOP,
                Optional.empty()));
  }

  @Test
  void eachChoiceIsATextOfItsRequest() throws IOException {
    Files.writeString(requests, request("a", CHAT) + request("b", CHAT));
    Texts texts =
        read(response("a", choices(choice(1, "\"No\"", "length"), choice(0, "\"Yes\"", "stop"))));
    assertThat(texts.traces())
        .containsExactly(
            new Trace(
                "line 1, choice 2",
                Optional.of("a#2"),
                ASKED,
                new Sources.Text("No"),
                FinishReason.LENGTH,
                Optional.empty()),
            new Trace(
                "line 1, choice 1",
                Optional.of("a"),
                ASKED,
                new Sources.Text("Yes"),
                FinishReason.STOP,
                Optional.empty()));
    assertThat(texts.notes()).containsExactly("1 of 2 requests have no response in the file");
  }

  @Test
  void completionsGoOnWithTheirPrompt() throws IOException {
    String body = "{\"choices\": [{\"text\": \" upon\", \"finish_reason\": \"stop\"}]}";
    for (String prompt : List.of("\"Once\"", "[\"Once\"]")) {
      Files.writeString(requests, request("a", "{\"prompt\": " + prompt + "}"));
      Trace trace = read(response("a", body)).traces().getFirst();
      assertThat(trace.before()).isEqualTo(new Before.Rendered("Once"));
      assertThat(trace.source()).isEqualTo(new Sources.Text(" upon"));
    }
    for (String prompt : List.of("[1, 2]", "[[1, 2]]")) {
      Files.writeString(requests, request("a", "{\"prompt\": " + prompt + "}"));
      assertThat(read(response("a", body)).traces().getFirst().before())
          .isEqualTo(new Before.Ids(Tokens.of(1, 2)));
    }
  }

  @Test
  void tokenIdsOfAResponseNeedNoRequest() throws IOException {
    String body =
        "{\"prompt_token_ids\": [1, 2], \"choices\": [{\"token_ids\": [3, 4], \"message\":"
            + " {\"content\": \"x\"}, \"finish_reason\": \"stop\"}]}";
    Files.writeString(responses, response("a", body));
    Trace trace = TraceFiles.read(responses).traces().getFirst();
    assertThat(trace.before()).isEqualTo(new Before.Ids(Tokens.of(1, 2)));
    assertThat(trace.source()).isEqualTo(new Sources.Ended(Tokens.of(3, 4)));
  }

  @Test
  void thinkingIsPutBack() throws IOException {
    String message =
        "{\"index\": 0, \"message\": {\"content\": \"Yes\", \"reasoning_content\": \"Hm.\\n\"},"
            + " \"finish_reason\": \"stop\"}";
    Texts texts = read(response("a", choices(message)));
    assertThat(texts.traces().getFirst().source())
        .isEqualTo(new Sources.Text("<think>\nHm.\n</think>\n\nYes"));
    assertThat(texts.notes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"custom_id": "b", "response": {"status_code": 429, "body": {"error": {}}}, "error": null} | it failed with status 429
          {"custom_id": "b", "response": null, "error": {"code": "batch_expired", "message": "late"}} | it failed: batch_expired
          {"custom_id": "b", "response": null, "error": null} | there is no response
          {"custom_id": "z", "response": {"body": {"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]}}} | its request is not among the requests
          {"custom_id": "b", "response": {"body": {"output": []}}} | there is no response
          {"custom_id": "b", "response": {"body": {"choices": [{"message": {"content": null}, "finish_reason": "stop"}]}}} | the response is empty
          {"custom_id": "b", "response": {"body": {"choices": [{"message": {"content": "x"}, "finish_reason": "content_filter"}]}}} | a content filter stopped it
          {"custom_id": "b", "response": {"body": {"choices": [{"message": {"tool_calls": [{}]}, "finish_reason": "tool_calls"}]}}} | tools are called outside the text
          """)
  void whatFailedIsCountedByItsReason(String line, String reason) throws IOException {
    Files.writeString(requests, request("a", CHAT) + request("b", CHAT));
    Texts texts = read(response("a", choices(choice(0, "\"Yes\"", "stop"))), line);
    assertThat(texts.traces()).hasSize(1);
    assertThat(texts.notes()).contains("1 of 2 texts left out: " + reason + " (line 2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"messages": [{"role": "user", "content": "a"}], "tools": [{}]} | its request offers tools, which a chat template adds to the prompt
          {"messages": [{"role": "user", "content": "a"}], "chat_template_kwargs": {"enable_thinking": false}} | its request changes the chat template
          {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]} | its request ends with a turn of the assistant that is finished
          {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]} | a turn is not of text alone
          {"prompt": "a", "echo": true} | its text begins with the prompt (echo)
          {"prompt": ["a", "b"]} | its request has several prompts
          {"input": "a"} | its request is neither of a chat nor of a completion
          """)
  void requestsThatSayMoreThanTheirTurnsAreLeftOut(String body, String reason) throws IOException {
    Files.writeString(requests, request("a", CHAT) + request("b", body));
    String yes = choices(choice(0, "\"Yes\"", "stop"));
    Texts texts = read(response("a", yes), response("b", yes));
    assertThat(texts.traces()).hasSize(1);
    assertThat(texts.notes()).containsExactly("1 of 2 texts left out: " + reason + " (line 2)");
  }

  @Test
  void aTurnThatGoesOnIsUnfinished() throws IOException {
    String body =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"},"
            + " {\"role\": \"assistant\", \"content\": \"b\"}], \"continue_final_message\": true}";
    Files.writeString(requests, request("a", body));
    assertThat(
            read(response("a", choices(choice(0, "\"Yes\"", "stop")))).traces().getFirst().before())
        .isEqualTo(new Before.Turns(List.of(Message.user("a"), Message.assistant("b"))));
  }

  private static void refused(Runnable work, String error, String hint) {
    assertThatThrownBy(work::run)
        .isInstanceOf(UserError.class)
        .hasMessage(error)
        .extracting(e -> ((UserError) e).hint())
        .isEqualTo(hint);
  }

  @Test
  void whatIsMissingSaysSoInTwoLines() throws IOException {
    Files.writeString(responses, response("a", choices(choice(0, "\"Yes\"", "stop"))));
    refused(
        () -> TraceFiles.read(responses),
        responses + " has responses alone, without what was asked",
        "name the file of the requests: --requests FILE");
    Files.writeString(requests, request("a", CHAT) + request("a", CHAT));
    refused(
        () ->
            TraceFiles.read(
                new TraceFiles.Asked(responses, Optional.empty(), Optional.of(requests))),
        requests + ", line 2: the custom_id a is there twice",
        "it is read as a batch of OpenAI's; name another layout with --layout");
    Path own = folder.resolve("own.jsonl");
    Files.writeString(own, "{\"prompt\": \"a\"}");
    refused(
        () -> TraceFiles.read(new TraceFiles.Asked(own, Optional.empty(), Optional.of(requests))),
        "--requests, and " + own + " is read as lines",
        "leave it out: only responses of a batch are without what was asked");
    refused(
        () -> TraceFiles.read(new TraceFiles.Asked(own, Optional.of("open"), Optional.empty())),
        "--layout open: no layout has that name",
        "there is: inspect, lm-eval, openai, vllm, lines");
  }
}
