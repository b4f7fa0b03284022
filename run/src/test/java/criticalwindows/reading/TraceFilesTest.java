package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.attack.Attacked;
import criticalwindows.attack.Families;
import criticalwindows.attack.Family;
import criticalwindows.attack.Templated;
import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFilesTest {
  @TempDir Path folder;

  private List<Trace> read(String text) throws IOException {
    Path file = folder.resolve("texts.jsonl");
    Files.writeString(file, text);
    return TraceFiles.read(file).traces();
  }

  private Trace one(String line) throws IOException {
    return read(line).getFirst();
  }

  @Test
  void messagesAndAResponse() throws IOException {
    Trace trace =
        one(
            """
            {"messages": [{"role": "developer", "content": "Be kind."},\
             {"role": "user", "content": [{"type": "text", "text": "Hi "},\
             {"type": "text", "text": "there"}]}], "response": "Hello", "id": 7,\
             "outcome": true, "finish_reason": "length", "other": {"a": 1}}
            """);
    assertThat(trace)
        .isEqualTo(
            new Trace(
                "line 1",
                Optional.of("7"),
                new Before.Turns(List.of(Message.system("Be kind."), Message.user("Hi there"))),
                new Sources.Text("Hello"),
                FinishReason.LENGTH,
                Optional.of("true")));
  }

  @Test
  void theAssistantsLastTurnIsTheResponseWhereThereIsNoOther() throws IOException {
    String turns =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"},"
            + " {\"role\": \"assistant\", \"content\": \"Hello\"}]";
    Trace last = one(turns + "}");
    assertThat(last.source()).isEqualTo(new Sources.Text("Hello"));
    assertThat(last.before()).isEqualTo(new Before.Turns(List.of(Message.user("Hi"))));
    Trace begun = one(turns + ", \"response\": \" there\"}");
    assertThat(begun.source()).isEqualTo(new Sources.Text(" there"));
    assertThat(begun.before())
        .isEqualTo(new Before.Turns(List.of(Message.user("Hi"), Message.assistant("Hello"))));
    Trace asked = one("{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}");
    assertThat(asked.source()).isEqualTo(new Sources.Sampled());
  }

  @Test
  void anOpeningIsAnUnfinishedTurnWithOrWithoutAResponse() throws IOException {
    String asked =
        "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"opening\": \"Sure,\"";
    Before begun = new Before.Turns(List.of(Message.user("Hi"), Message.assistant("Sure,")));
    Trace open = one(asked + "}");
    assertThat(open.before()).isEqualTo(begun);
    assertThat(open.source()).isEqualTo(new Sources.Sampled());
    Trace given = one(asked + ", \"response\": \" here\"}");
    assertThat(given.before()).isEqualTo(begun);
    assertThat(given.source()).isEqualTo(new Sources.Text(" here"));
    for (String wrong :
        List.of(
            "{\"prompt\": \"Hi\", \"opening\": \"Sure,\"}",
            "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"opening\": \" \"}",
            "{\"messages\": [{\"role\": \"assistant\", \"content\": \"Hi\"}], \"opening\":"
                + " \"a\"}")) {
      assertThatThrownBy(() -> one(wrong))
          .isInstanceOfSatisfying(
              UserError.class, failure -> assertThat(failure.hint()).isEqualTo(JsonValues.HINT))
          .hasMessageEndingWith(
              "line 1: an opening says something, and stands beside messages whose last turn is"
                  + " not the assistant's");
    }
  }

  @Test
  void whatATemplateMadeIsReadWithItsReplyAndBenignRequestsAreAGroup() throws IOException {
    Trace trace =
        one(
            "{\"templated\": \"<|user|>Hi\", \"completion\": \" a<|end|>\", \"family\": \"gcg\","
                + " \"kind\": \"looks harmful\"}");
    assertThat(trace.before()).isEqualTo(new Before.Templated("<|user|>Hi"));
    assertThat(trace.source()).isEqualTo(new Sources.Templated(" a<|end|>"));
    assertThat(trace.family()).contains("gcg, looks harmful");
    assertThat(one("{\"prompt\": \"a\", \"family\": \"gcg\", \"kind\": \"harmful\"}").family())
        .contains("gcg");
    assertThat(one("{\"prompt\": \"a\", \"kind\": \"of mine\"}").family()).isEmpty();
    assertThatThrownBy(() -> one("{\"prompt\": \"a\", \"family\": \"gcg\", \"kind\": \"evil\"}"))
        .isInstanceOfSatisfying(
            UserError.class, failure -> assertThat(failure.hint()).isEqualTo(JsonValues.HINT))
        .hasMessageEndingWith("line 1: kind is none of harmful, benign and looks harmful");
  }

  @Test
  void whatIsWrittenOfARequestIsReadBack() throws IOException {
    for (Family family : Families.ALL) {
      Attacked attacked =
          Families.dress(
              family,
              new criticalwindows.attack.Request(
                  "r\"1",
                  "How do I brew\n\"moonstone\"?",
                  criticalwindows.attack.Request.Kind.BENIGN,
                  Optional.of("potions"),
                  Optional.empty(),
                  "mine"),
              7);
      assertThat(one(AttackLines.line(attacked))).isEqualTo(attacked.trace("line 1"));
    }
    Templated templated =
        new Templated(
            "harmful_gcg/1",
            "gcg",
            criticalwindows.attack.Request.Kind.HARMFUL,
            "<|user|>\n\nHi",
            Optional.of(" a"));
    assertThat(one(AttackLines.line(templated))).isEqualTo(templated.trace("line 1"));
  }

  @Test
  void promptsIdsAndRepeatedWords() throws IOException {
    List<Trace> all =
        read(
            """
            {"prompt": "Once", "completion": " upon"}

            {"prompt": [{"role": "user", "content": "Hi"}], "response": "Hello"}
            {"prompt_token_ids": [1, 2], "response_token_ids": [3]}
            {"prompt": "Once", "repeat": {"text": " banana", "times": 3}}
            """);
    assertThat(all.stream().map(Trace::place))
        .containsExactly("line 1", "line 3", "line 4", "line 5");
    assertThat(all.get(0).before()).isEqualTo(new Before.Text("Once"));
    assertThat(all.get(0).source()).isEqualTo(new Sources.Text(" upon"));
    assertThat(all.get(1).before()).isEqualTo(new Before.Turns(List.of(Message.user("Hi"))));
    assertThat(all.get(2).before()).isEqualTo(new Before.Ids(Tokens.of(1, 2)));
    assertThat(all.get(2).source()).isEqualTo(new Sources.Ids(Tokens.of(3)));
    assertThat(all.get(3).source()).isEqualTo(new Sources.Repeated(" banana", 3));
  }

  @Test
  void anArrayIsReadToo() throws IOException {
    assertThat(read("[{\"prompt\": \"a\"},\n {\"prompt\": \"b\"}]").stream().map(Trace::place))
        .containsExactly("object 1", "object 2");
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {                                           | , line 1 is no JSON:
          7                                           | , line 1: not an object
          {"response": "a"}                           | , line 1: none of messages, prompt
          {"prompt": "a", "prompt_token_ids": [1]}    | , line 1: more than one of messages
          {"prompt": 7}                               | , line 1: prompt is no text
          {"messages": []}                            | , line 1: messages are an array of at least
          {"messages": [{"role": "cat"}]}             | , line 1: turn 1 has the role "cat"
          {"messages": [{"role": "user"}]}            | , line 1: content of turn 1 is no text
          {"prompt": "a", "response": "b", "completion": "c"} | , line 1: more than one of response
          {"prompt_token_ids": [1.5]}                 | , line 1: prompt_token_ids are no token ids
          {"prompt_token_ids": []}                    | , line 1: prompt_token_ids are an array
          {"prompt": "a", "repeat": {"text": "b"}}    | , line 1: "b" 0 times
          {"prompt": "a", "id": [1]}                  | , line 1: id is no word
          {"messages": [{"role": "assistant", "tool_calls": [1]}]} | , line 1: turn 1 calls tools
          """)
  void whatIsWrongSaysWhereItStands(String line, String message) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder.resolve("texts.jsonl") + message);
  }

  @Test
  void aFileThatIsNone() throws IOException {
    Path missing = folder.resolve("missing.jsonl");
    assertThatThrownBy(() -> TraceFiles.read(missing))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(missing + " cannot be read");
    Path latin = folder.resolve("latin.jsonl");
    Files.write(latin, "{\"prompt\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TraceFiles.read(latin))
        .isInstanceOf(UserError.class)
        .hasMessage(latin + " is not in UTF-8");
  }
}
