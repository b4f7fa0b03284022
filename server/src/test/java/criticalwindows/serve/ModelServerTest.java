package criticalwindows.serve;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server from outside, by plain HTTP.
class ModelServerTest {
  private static final ToyModel TOY = ToyModel.orderedDecisions();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static ModelServer server;

  @BeforeAll
  static void start() {
    server = ModelServer.start(TOY, ServeOptions.loopback(0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest request(String path, String body) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(server.address().resolve(path));
    return (body.isEmpty() ? builder : builder.POST(HttpRequest.BodyPublishers.ofString(body)))
        .build();
  }

  private static HttpResponse<String> ask(String path, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode answer(String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = ask(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }

  @Test
  void listensForThisMachineAlone() {
    assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void saysWhatItServes() throws Exception {
    JsonNode card = answer("/v1/models", "").path("data").path(0);
    assertThat(card.path("id").asString()).isEqualTo("toy");
    assertThat(card.path("max_model_len").asInt()).isEqualTo(4096);
    assertThat(answer("/health", "").path("status").asString()).isEqualTo("ok");
    assertThat(ask("/metrics", "").body()).contains("cw_requests_total");
  }

  @Test
  void textsAreTextWhateverTheySpell() throws Exception {
    JsonNode tokens =
        answer("/tokenize", "{\"prompt\":\"<|end|>\",\"add_special_tokens\":false}").path("tokens");
    assertThat(tokens.size()).isEqualTo(7);
    assertThat(answer("/tokenize", "{\"prompt\":\"a\"}").path("tokens").toString())
        .isEqualTo("[128,97]");
    assertThat(answer("/detokenize", "{\"tokens\":[97,98]}").path("prompt").asString())
        .isEqualTo("ab");
    assertThat(
            answer("/apply-template", "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
                .path("prompt")
                .asString())
        .isEqualTo("<|header|>user<|header_end|>x<|end|><|header|>assistant<|header_end|>");
  }

  @Test
  void aSeedGivesTheTextOfTheModelItselfAndNGivesThoseOfTheSeedsAfterIt() throws Exception {
    JsonNode reply =
        answer(
            "/v1/completions",
            "{\"prompt\":[63],\"max_tokens\":16,\"seed\":5,\"n\":3,\"logprobs\":1,"
                + "\"return_token_ids\":true}");
    assertThat(reply.path("choices").size()).isEqualTo(3);
    ToyModel own = ToyModel.orderedDecisions();
    for (int i = 0; i < 3; i++) {
      JsonNode choice = reply.path("choices").path(i);
      Script script = new Script(Tokens.of(63), List.of(Step.sample(Sampling.PLAIN, 16)), 5 + i);
      var sampled = Models.run(own, script).last();
      assertThat(choice.path("index").asInt()).isEqualTo(i);
      // The stop token is shown, as vLLM shows it.
      assertThat(choice.path("token_ids").toString().replace(",", ", "))
          .isEqualTo(sampled.tokens().plus(Tokens.of(129)).toString());
      assertThat(choice.path("logprobs").path("token_logprobs").toString().replace(",", ", "))
          .isEqualTo(sampled.logProbs().toString());
      assertThat(choice.path("text").asString())
          .isEqualTo(own.vocabulary().decode(sampled.tokens()));
    }
    assertThat(reply.path("usage").path("prompt_tokens").asInt()).isEqualTo(1);
    assertThat(reply.path("usage").path("completion_tokens").asInt()).isEqualTo(45);
  }

  @Test
  void withoutASeedEveryRequestIsAnother() throws Exception {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      texts.add(
          answer("/v1/completions", "{\"prompt\":[63],\"max_tokens\":15}")
              .path("choices")
              .path(0)
              .path("text")
              .asString());
    }
    assertThat(texts).hasSizeGreaterThan(2);
  }

  @Test
  void scoresAPrompt() throws Exception {
    JsonNode scores = scores("[63,97,49,98]");
    LogProbs own = Models.score(TOY, Tokens.of(63), Tokens.of(97, 49, 98));
    assertThat(scores.size()).isEqualTo(4);
    assertThat(scores.path(0).isNull()).isTrue();
    for (int i = 1; i < 4; i++) {
      String id = List.of("97", "49", "98").get(i - 1);
      assertThat(scores.path(i).path(id).path("logprob").floatValue()).isEqualTo(own.at(i - 1));
    }
    // JSON has no number for what can never be.
    assertThat(scores("[63,49]").path(1).path("49").path("logprob").floatValue()).isEqualTo(-9999f);
  }

  private static JsonNode scores(String prompt) throws IOException, InterruptedException {
    String body = "{\"prompt\":" + prompt + ",\"max_tokens\":1,\"prompt_logprobs\":0}";
    return answer("/v1/completions", body).path("choices").path(0).path("prompt_logprobs");
  }

  @Test
  void requestsThatComeTogetherAreComputedTogether() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    long before = count("cw_waves_total");
    for (int i = 0; i < 64; i++) {
      String body = "{\"prompt\":[63],\"max_tokens\":15,\"seed\":" + i + "}";
      answers.add(
          CLIENT.sendAsync(request("/v1/completions", body), HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> each : answers) {
      assertThat(each.get().statusCode()).isEqualTo(200);
    }
    assertThat(count("cw_waves_total") - before).isLessThan(64);
  }

  private static long count(String counter) throws IOException, InterruptedException {
    return ask("/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(counter + " "))
        .mapToLong(line -> Long.parseLong(line.substring(counter.length() + 1)))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"prompt\":\"\"}",
        "{\"prompt\":[]}",
        "{\"prompt\":[[63],[]]}",
        "{\"prompt\":[[63],\"\"]}",
        "{\"prompt\":[[63],7]}",
        "{\"prompt\":[[63],[[63]]]}",
        "{\"prompt\":[[63],[63]],\"n\":1000}",
        "{\"prompt\":[1,-2]}",
        "{\"prompt\":[1.5]}",
        "{\"prompt\":[99999]}",
        "{\"prompt\":[4294967297]}",
        "{\"prompt\":[63],\"max_tokens\":0}",
        "{\"prompt\":[63],\"max_tokens\":1e99}",
        "{\"prompt\":[63],\"max_tokens\":4096}",
        "{\"prompt\":[63],\"max_tokens\":\"5\"}",
        "{\"prompt\":[63],\"temperature\":-1}",
        "{\"prompt\":[63],\"top_p\":0}",
        "{\"prompt\":[63],\"seed\":1e40}",
        "{\"prompt\":[63],\"n\":100000}",
        "{\"prompt\":[63],\"stop_token_ids\":7}",
        "{\"prompt\":[63],\"stop_token_ids\":[49]}",
        "{\"prompt\":[63],\"stream\":true,\"n\":2}",
        "{\"prompt\":[63],\"stream\":true,\"logprobs\":1}",
        "{\"prompt\":[63],\"echo\":true}",
        "{\"prompt\":[63],\"stop\":[\"\"]}",
        "{\"prompt\":[63],\"stop\":[1]}",
        "{\"prompt\":[63],\"stop\":{\"a\":1}}",
        "{\"prompt\":[63],\"best_of\":2}",
        "{\"prompt\":[63],\"suffix\":\"x\"}",
        "{\"prompt\":[63],\"logprobs\":2}",
        "{\"prompt\":[63],\"prompt_logprobs\":2}",
        "{\"prompt\":[63],\"samplers\":[\"top_p\",\"temperature\"]}",
        "{\"prompt\":[63],\"a_field_of_the_future\":1}",
        "{\"prompt\":[63],\"top_k\":5}",
        "{\"prompt\":[63],\"min_p\":\"x\"}",
        "{\"prompt\":[63],\"repetition_penalty\":1.1}",
        "{\"prompt\":[63],\"logit_bias\":{\"1\":5}}",
      })
  void whatCannotBeIsRefusedInOneLine(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/v1/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = JsonMapper.shared().readTree(response.body()).path("error");
    assertThat(error.path("message").asString()).isNotBlank().doesNotContain("\tat ");
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(error.path("code").asInt()).isEqualTo(400);
  }

  private static String refused(String body) throws Exception {
    HttpResponse<String> response = ask("/v1/completions", body);
    assertThat(response.statusCode()).isEqualTo(400);
    return JsonMapper.shared().readTree(response.body()).path("error").path("message").asString();
  }

  @Test
  void whatIsNotDoneIsRefusedByItsName() throws Exception {
    for (String field : List.of("echo", "use_beam_search", "anything")) {
      assertThat(refused("{\"prompt\":[63],\"" + field + "\":true}")).contains(field);
    }
    assertThat(refused("{\"prompt\":[63],\"best_of\":3}")).contains("best_of");
    assertThat(refused("{\"prompt\":[63],\"logprobs\":2}")).contains("logprobs is 0 or 1");
    HttpResponse<String> chat = ask("/v1/chat/completions", "{\"messages\":[]}");
    assertThat(chat.statusCode()).isEqualTo(404);
    assertThat(chat.body()).contains("conversations are not served", "/v1/completions");
    assertThat(ask("/v1/embeddings", "{}").body()).contains("embeddings are not served");
  }

  /// As npm's `openai` and `@ai-sdk/openai-compatible` send them.
  @Test
  void whatClientsSendAsAMatterOfCourseIsTaken() throws Exception {
    JsonNode plain = answer("/v1/completions", "{\"prompt\":\"?\",\"max_tokens\":16,\"seed\":5}");
    JsonNode sent =
        answer(
            "/v1/completions",
            "{\"model\":\"toy\",\"prompt\":\"?\",\"max_tokens\":16,\"seed\":5,\"stop\":[\"\\n"
                + "user:\"],"
                + "\"echo\":false,\"stream\":false,\"suffix\":\"\",\"user\":\"me\",\"n\":1,"
                + "\"logit_bias\":{},\"frequency_penalty\":0,\"presence_penalty\":0,"
                + "\"best_of\":1,\"stream_options\":null}");
    assertThat(sent.path("choices")).isEqualTo(plain.path("choices"));
  }

  @Test
  void aTextEndsBeforeTheFirstOfItsStops() throws Exception {
    String ask =
        "{\"prompt\":[63],\"max_tokens\":16,\"seed\":5,\"logprobs\":1,\"return_token_ids\":true";
    JsonNode whole = answer("/v1/completions", ask + "}").path("choices").path(0);
    String text = whole.path("text").asString();
    assertThat(text.length()).isGreaterThan(6);
    String third = text.substring(2, 4);
    for (String stop :
        List.of("\"" + third + "\"", "[\"" + text.substring(5) + "\",\"" + third + "\"]")) {
      JsonNode cut =
          answer("/v1/completions", ask + ",\"stop\":" + stop + "}").path("choices").path(0);
      int end = text.indexOf(third);
      assertThat(cut.path("text").asString()).isEqualTo(text.substring(0, end));
      assertThat(cut.path("finish_reason").asString()).isEqualTo("stop");
      assertThat(cut.path("stop_reason").asString()).isEqualTo(third);
      // The token that completes it is the last, as vLLM shows it.
      int tokens = end + third.length();
      assertThat(cut.path("token_ids").size()).isEqualTo(tokens);
      assertThat(cut.path("logprobs").path("token_logprobs").size()).isEqualTo(tokens);
      for (int i = 0; i < tokens; i++) {
        assertThat(cut.path("token_ids").path(i)).isEqualTo(whole.path("token_ids").path(i));
      }
    }
    JsonNode never = answer("/v1/completions", ask + ",\"stop\":[\"§\"]}").path("choices").path(0);
    assertThat(never).isEqualTo(whole);
  }

  @Test
  void aStreamHasTheTextTokenByToken() throws Exception {
    for (String stop : List.of("", "[\"b\",\"1\"]")) {
      String ask =
          "{\"prompt\":[63],\"max_tokens\":16,\"seed\":5"
              + (stop.isEmpty() ? "" : ",\"stop\":" + stop);
      JsonNode whole = answer("/v1/completions", ask + "}").path("choices").path(0);
      HttpResponse<String> streamed = ask("/v1/completions", ask + ",\"stream\":true}");
      assertThat(streamed.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      List<String> events =
          streamed.body().lines().filter(line -> !line.isEmpty()).map(l -> l.substring(6)).toList();
      assertThat(events.getLast()).isEqualTo("[DONE]");
      StringBuilder text = new StringBuilder();
      for (String event : events.subList(0, events.size() - 2)) {
        JsonNode choice = JsonMapper.shared().readTree(event).path("choices").path(0);
        assertThat(choice.path("text").asString().length()).isLessThan(2);
        assertThat(choice.path("finish_reason").isNull()).isTrue();
        text.append(choice.path("text").asString());
      }
      assertThat(text.toString()).isEqualTo(whole.path("text").asString());
      JsonNode last = JsonMapper.shared().readTree(events.get(events.size() - 2));
      assertThat(last.path("choices").path(0).path("finish_reason"))
          .isEqualTo(whole.path("finish_reason"));
    }
  }

  @Test
  void severalPromptsInOneRequestAreTheAnswersOfEach() throws Exception {
    String rest = ",\"max_tokens\":16,\"seed\":5,\"n\":2,\"return_token_ids\":true}";
    JsonNode both = answer("/v1/completions", "{\"prompt\":[[63],\"?a\"]" + rest);
    assertThat(both.path("choices").size()).isEqualTo(4);
    int written = 0;
    for (int i = 0; i < 2; i++) {
      JsonNode one =
          answer("/v1/completions", "{\"prompt\":" + List.of("[63]", "\"?a\"").get(i) + rest);
      written += one.path("usage").path("completion_tokens").asInt();
      for (int j = 0; j < 2; j++) {
        JsonNode choice = both.path("choices").path(2 * i + j);
        assertThat(choice.path("index").asInt()).isEqualTo(2 * i + j);
        for (String field : List.of("text", "token_ids", "prompt_token_ids", "finish_reason")) {
          assertThat(choice.path(field)).isEqualTo(one.path("choices").path(j).path(field));
        }
      }
    }
    assertThat(both.path("usage").path("completion_tokens").asInt()).isEqualTo(written);
    assertThat(answer("/v1/completions", "{\"prompt\":[\"?\",\"?a\"]}").path("choices").size())
        .isEqualTo(2);
  }

  @Test
  void aModelHasAPageOfItsOwn() throws Exception {
    assertThat(answer("/v1/models/toy", ""))
        .isEqualTo(answer("/v1/models", "").path("data").path(0));
    assertThat(ask("/v1/models/other", "").statusCode()).isEqualTo(404);
    assertThat(ask("/v1/models/toy", "{}").statusCode()).isEqualTo(405);
  }

  /// By a raw connection, since clients do not let these headers be set.
  private static String status(String header) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      String request = "GET /v1/models HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(9, 12);
    }
  }

  @Test
  void noPageOfTheWebCanUseIt() throws Exception {
    int port = server.address().getPort();
    for (String own : List.of("localhost:" + port, "127.0.0.1:" + port, "localhost:9", "[::1]")) {
      assertThat(status("Host: " + own)).as(own).isEqualTo("200");
    }
    for (String other : List.of("evil.example", "evil.example:" + port, "localhost.evil.example")) {
      assertThat(status("Host: " + other)).as(other).isEqualTo("403");
    }
    String host = "Host: localhost:" + port + "\r\nOrigin: ";
    assertThat(status(host + "http://localhost:" + port)).isEqualTo("200");
    for (String origin :
        List.of(
            "https://evil.example", "null", "http://localhost:9", "http://evil.example:" + port)) {
      assertThat(status(host + origin)).as(origin).isEqualTo("403");
    }
  }

  @Test
  void controlTokensStandInTheTextWhereTheyAreAskedFor() throws Exception {
    String ask = "{\"prompt\":[63],\"max_tokens\":6,\"ignore_eos\":true,\"seed\":5,\"logprobs\":0";
    String without =
        answer("/v1/completions", ask + "}").path("choices").path(0).path("text").asString();
    String with =
        answer("/v1/completions", ask + ",\"skip_special_tokens\":false}")
            .path("choices")
            .path(0)
            .path("text")
            .asString();
    assertThat(with.replaceAll("<\\|\\w+\\|>", "")).isEqualTo(without);
  }

  @Test
  void otherPagesMethodsModelsAndLengthsAreRefusedToo() throws Exception {
    assertThat(ask("/nothing", "").statusCode()).isEqualTo(404);
    assertThat(ask("/v1/completions", "").statusCode()).isEqualTo(405);
    assertThat(ask("/v1/completions", "{\"prompt\":[63],\"model\":\"other\"}").statusCode())
        .isEqualTo(404);
    String long9 = "{\"prompt\":\"" + "x".repeat(HttpPages.MOST_BYTES) + "\"}";
    assertThat(ask("/v1/completions", long9).statusCode()).isEqualTo(413);
    assertThat(ask("/detokenize", "{\"tokens\":[1000]}").statusCode()).isEqualTo(400);
    assertThat(ask("/apply-template", "{\"messages\":[{\"role\":\"god\"}]}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aPortThatIsTakenIsAUserError() {
    URI taken = server.address();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> ModelServer.start(TOY, ServeOptions.loopback(taken.getPort())))
        .isInstanceOf(criticalwindows.error.UserError.class)
        .hasMessageContaining("cannot listen at");
  }
}
