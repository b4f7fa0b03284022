package criticalwindows.remote;

import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// One request for completions, every sampling parameter spelled out: servers have defaults of
/// their own, and take some from the model's files.
///
/// *Source:* `CompletionRequest` of vLLM 0.15 and SGLang 0.5, and llama-server's README, each as
/// published with the program.
///
/// @param model its name there
/// @param prompt ids, begin-of-text included
/// @param step what to sample
/// @param seed of this call alone
/// @param choices how many texts
/// @param extras what is asked for beside the text
record CompletionCall(
    String model, Tokens prompt, Step.Sample step, long seed, int choices, Extras extras) {
  /// Added to the logit of a token that is to be drawn whatever the others are.
  private static final double FORCE = 1e4;

  /// What is asked for beside the text.
  ///
  /// @param topLogProbs of how many tokens at each place
  /// @param prompt whether the prompt's log-probabilities are wanted, and how
  /// @param keep whether the server does well to keep its state
  record Extras(int topLogProbs, Dialect.Scoring prompt, Keeping keep) {
    static final Extras NONE = new Extras(1, Dialect.Scoring.NONE, Keeping.NO);
  }

  /// Whether texts to come start from this one.
  enum Keeping {
    YES,
    NO
  }

  /// A prompt's log-probabilities, with the one token that servers insist on writing.
  static CompletionCall score(String model, Tokens prompt, Dialect.Scoring scoring) {
    Step.Sample one = new Step.Sample(Sampling.GREEDY, 1, Set.of());
    return new CompletionCall(model, prompt, one, 0, 1, new Extras(1, scoring, Keeping.NO));
  }

  /// The request as UTF-8.
  ///
  /// @param stops that end the text where the dialect can name them
  byte[] json(Dialect dialect, Set<Integer> stops) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try (JsonGenerator json = JsonMapper.shared().createGenerator(bytes)) {
      json.writeStartObject();
      if (dialect.words() == Dialect.Words.LLAMA) {
        llama(json);
      } else {
        plain(json);
      }
      if (dialect.words() == Dialect.Words.EXTENDED) {
        extended(json);
        if (dialect.stopping() == Dialect.Stopping.BY_IDS) {
          ids(
              json,
              "stop_token_ids",
              Tokens.of(stops.stream().sorted().mapToInt(i -> i).toArray()));
          json.writeBooleanProperty("ignore_eos", true);
        }
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /// The request to llama-server that shows the likeliest tokens after the prompt, whatever the
  /// text would go on with there: of a token that ends inside a character it shows nothing, so
  /// another one is forced.
  ///
  /// @param id that is written
  byte[] forced(int id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    try (JsonGenerator json = JsonMapper.shared().createGenerator(bytes)) {
      json.writeStartObject();
      llama(json);
      json.writeName("logit_bias");
      json.writeStartArray();
      json.writeStartArray();
      json.writeNumber(id);
      json.writeNumber(FORCE);
      json.writeEndArray();
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void llama(JsonGenerator json) {
    json.writeStringProperty("model", model);
    ids(json, "prompt", prompt);
    json.writeNumberProperty("n_predict", step.maxTokens());
    json.writeNumberProperty("temperature", step.sampling().temperature());
    json.writeNumberProperty("top_p", step.sampling().topP());
    order(json);
    json.writeNumberProperty("top_k", 0);
    json.writeNumberProperty("min_p", 0);
    json.writeNumberProperty("seed", folded(seed));
    json.writeNumberProperty("n_probs", Math.max(1, extras.topLogProbs()));
    json.writeBooleanProperty("post_sampling_probs", false);
    json.writeBooleanProperty("return_tokens", true);
    json.writeBooleanProperty("stream", false);
    // Its slots keep what they read; without this every cut would be read anew.
    json.writeBooleanProperty("cache_prompt", true);
    json.writeNumberProperty("presence_penalty", 0);
    json.writeNumberProperty("frequency_penalty", 0);
    otherSamplersOff(json);
  }

  /// llama-server takes the lower 32 bits, and all ones for a seed of its own.
  static int folded(long seed) {
    return (int) (seed ^ (seed >>> 32)) & Integer.MAX_VALUE;
  }

  private static void otherSamplersOff(JsonGenerator json) {
    json.writeNumberProperty("repeat_penalty", 1);
    json.writeNumberProperty("typical_p", 1);
    json.writeNumberProperty("dynatemp_range", 0);
    json.writeNumberProperty("mirostat", 0);
    json.writeNumberProperty("xtc_probability", 0);
    json.writeNumberProperty("dry_multiplier", 0);
  }

  /// llama-server cuts off by top-p first where it is not told otherwise.
  private static void order(JsonGenerator json) {
    json.writeName("samplers");
    json.writeStartArray();
    json.writeString("temperature");
    json.writeString("top_p");
    json.writeEndArray();
  }

  private void plain(JsonGenerator json) {
    json.writeStringProperty("model", model);
    ids(json, "prompt", prompt);
    json.writeNumberProperty("max_tokens", step.maxTokens());
    json.writeNumberProperty("temperature", step.sampling().temperature());
    json.writeNumberProperty("top_p", step.sampling().topP());
    json.writeNumberProperty("n", choices);
    json.writeNumberProperty("seed", seed);
    json.writeNumberProperty("logprobs", extras.topLogProbs());
    json.writeNumberProperty("presence_penalty", 0);
    json.writeNumberProperty("frequency_penalty", 0);
    json.writeBooleanProperty("echo", extras.prompt() == Dialect.Scoring.ECHO);
    json.writeBooleanProperty("stream", false);
  }

  private void extended(JsonGenerator json) {
    json.writeNumberProperty("top_k", -1);
    json.writeNumberProperty("min_p", 0);
    json.writeNumberProperty("repetition_penalty", 1);
    json.writeNumberProperty("min_tokens", 0);
    json.writeBooleanProperty("add_special_tokens", false);
    json.writeBooleanProperty("skip_special_tokens", false);
    json.writeBooleanProperty("return_token_ids", true);
    json.writeBooleanProperty("return_tokens_as_token_ids", true);
    json.writeBooleanProperty("cache_prompt", extras.keep() == Keeping.YES);
    otherSamplersOff(json);
    order(json);
    if (extras.prompt() == Dialect.Scoring.PROMPT_LOGPROBS) {
      json.writeNumberProperty("prompt_logprobs", 0);
    }
  }

  private static void ids(JsonGenerator json, String name, Tokens tokens) {
    json.writeName(name);
    json.writeArray(tokens.toArray(), 0, tokens.size());
  }
}
