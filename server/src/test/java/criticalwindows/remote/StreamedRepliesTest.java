package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Message;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.remote.StreamedReplies.Asked;
import criticalwindows.remote.StreamedReplies.Event;
import criticalwindows.remote.StreamedReplies.Prompt;
import criticalwindows.serve.ModelServer;
import criticalwindows.serve.ServeOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// Replies heard as they are written, of the exact toy model behind the server of this program.
class StreamedRepliesTest {
  private static String written(Tokens prompt, long seed) throws InterruptedException {
    ToyModel toy = ToyModel.orderedDecisions();
    Script script = new Script(prompt, List.of(Step.sample(Sampling.PLAIN, 16)), seed);
    return toy.vocabulary().decode(Models.run(toy, script).last().tokens());
  }

  @Test
  void everyReplyIsThatOfTheModelAndOneThatFailsStopsNoOther() throws Exception {
    Tokens prompt = Tokens.of(63);
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add(new Asked("r" + i, new Prompt.Ids(prompt), i));
    }
    all.add(3, new Asked("words", new Prompt.Words("?"), 5));
    all.add(5, new Asked("chat", new Prompt.Turns(List.of(Message.user("?"))), 5));
    all.add(6, new Asked("none", new Prompt.Ids(Tokens.of(99_999)), 5));
    Map<String, StringBuilder> texts = new TreeMap<>();
    List<Event.Failed> failed = new ArrayList<>();
    Thread own = Thread.currentThread();
    try (ModelServer server =
            ModelServer.start(ToyModel.orderedDecisions(), ServeOptions.loopback(0));
        StreamedReplies replies =
            StreamedReplies.open(RemoteOptions.of(server.address().toString()), 16)) {
      replies.hear(
          all,
          event -> {
            assertThat(Thread.currentThread()).isSameAs(own);
            switch (event) {
              case Event.Piece(String id, String text) ->
                  texts.computeIfAbsent(id, _ -> new StringBuilder()).append(text);
              case Event.Ended(String id) ->
                  texts.computeIfAbsent(id, _ -> new StringBuilder()).append('$');
              case Event.Failed each -> failed.add(each);
            }
          });
    }
    for (int i = 0; i < 9; i++) {
      assertThat(texts.get("r" + i)).hasToString(written(prompt, i) + "$");
    }
    Tokens words = Tokens.of(ToyModel.orderedDecisions().vocabulary().begin().orElseThrow(), 63);
    assertThat(texts.get("words")).hasToString(written(words, 5) + "$");
    assertThat(failed.stream().map(Event.Failed::id)).containsExactlyInAnyOrder("chat", "none");
    assertThat(failed.stream().map(Event.Failed::reason))
        .anyMatch(why -> why.contains("/v1/chat/completions answers 404"))
        .anyMatch(why -> why.contains("outside the vocabulary"));
  }

  @Test
  void aServerThatIsNotThereIsSaidBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> StreamedReplies.open(RemoteOptions.of("http://127.0.0.1:1"), 16))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("http://127.0.0.1:1");
  }

  @Test
  void linesAreReadAsEventsAreWritten() throws Exception {
    String lines = ": a comment\r\nevent: x\r\ndata: one\r\n\r\ndata:two\n\ndata: ";
    EventLines events = new EventLines(stream(lines));
    assertThat(next(events)).contains("one");
    assertThat(next(events)).contains("two");
    assertThat(next(events)).contains("");
    assertThat(next(events)).isEmpty();
    EventLines longest = new EventLines(stream("data: " + "x".repeat(EventLines.LONGEST)));
    assertThatThrownBy(longest::next).hasMessageContaining("more than 1048576 bytes");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> next(EventLines events) throws IOException, CallFailure {
    return events.next().map(data -> new String(data, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'message':'too much'}} | the server says: too much",
        "{'error':'too much'} | too much",
        "{} | is not of one reply",
        "{'choices':[{'text':''},{'text':''}]} | is not of one reply",
        "{'choices':[{}]} | has no text",
        "{'choices':[{'text':7}]} | has no text",
        "{'choices':[{'delta':{'content':[]}}]} | has no text",
        "{'choices':[{'delta':{'reasoning_content':'hm'}}]} | reasoning_content apart",
        "{'choices':[{'delta':{'tool_calls':[{}]}}]} | tool_calls apart",
      })
  void whatIsNoChunkIsRefused(String chunk, String why) {
    assertThatThrownBy(
            () -> StreamedChunk.of(JsonMapper.shared().readTree(chunk.replace('\'', '"'))))
        .isInstanceOf(CallFailure.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'choices':[],'usage':{}} | '' | false",
        "{'choices':[{'text':'a','finish_reason':null}]} | a | false",
        "{'choices':[{'delta':{'role':'assistant','content':null}}]} | '' | false",
        "{'choices':[{'delta':{'content':'a','tool_calls':[],'reasoning':''}}]} | a | false",
        "{'choices':[{'delta':{},'finish_reason':'stop'}]} | '' | true",
      })
  void whatAChunkSays(String chunk, String text, boolean finished) throws Exception {
    assertThat(StreamedChunk.of(JsonMapper.shared().readTree(chunk.replace('\'', '"'))))
        .isEqualTo(new StreamedChunk(text, finished));
  }
}
