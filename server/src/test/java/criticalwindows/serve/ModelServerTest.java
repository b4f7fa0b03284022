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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    LogProbs own = TOY.score(Tokens.of(63, 97, 49, 98));
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
        "{\"prompt\":[[1],[2]]}",
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
        "{\"prompt\":[63],\"stream\":true}",
        "{\"prompt\":[63],\"echo\":true}",
        "{\"prompt\":[63],\"stop\":[\"x\"]}",
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

  @Test
  void otherPagesMethodsModelsAndLengthsAreRefusedToo() throws Exception {
    assertThat(ask("/nothing", "").statusCode()).isEqualTo(404);
    assertThat(ask("/v1/completions", "").statusCode()).isEqualTo(405);
    assertThat(ask("/v1/completions", "{\"prompt\":[63],\"model\":\"other\"}").statusCode())
        .isEqualTo(404);
    String long9 = "{\"prompt\":\"" + "x".repeat(HttpPages.MOST_BYTES) + "\"}";
    assertThat(ask("/v1/completions", long9).statusCode()).isEqualTo(413);
    assertThat(ask("/detokenize", "{\"tokens\":[132]}").statusCode()).isEqualTo(400);
    assertThat(ask("/apply-template", "{\"messages\":[{\"role\":\"god\"}]}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aPortThatIsTakenIsAMistake() {
    URI taken = server.address();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> ModelServer.start(TOY, ServeOptions.loopback(taken.getPort())))
        .isInstanceOf(criticalwindows.mistake.Mistake.class)
        .hasMessageContaining("cannot listen at");
  }
}
