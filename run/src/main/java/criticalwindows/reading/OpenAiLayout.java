package criticalwindows.reading;

import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Batches as OpenAI and the servers that speak like it have them: a line for each request, whose
/// response the run's model is to write, or a line for each response, with the requests in a file
/// of their own.
///
/// *Source:* https://platform.openai.com/docs/api-reference/batch/request-input and
/// …/batch/request-output
final class OpenAiLayout implements Layout {
  private static final int OK = 200;

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public String files() {
    return "a batch of OpenAI's";
  }

  @Override
  public boolean fits(Map<String, JsonToken> fields) {
    return fields.containsKey("custom_id")
        && (fields.get("body") == JsonToken.START_OBJECT
            || fields.get("response") == JsonToken.START_OBJECT
            || fields.get("error") == JsonToken.START_OBJECT);
  }

  @Override
  public void read(Input input, Found found) {
    Optional<Map<String, JsonNode>> requests = input.requests().map(file -> bodies(input, file));
    Set<String> answered = new TreeSet<>();
    input.each(
        value -> {
          JsonNode line = value.node();
          String id = id(line);
          answered.add(id);
          Line here = new Line(value.place(), id, line);
          Supply supply = new Supply(input.file(), requests);
          here.read(supply, found);
        });
    requests.ifPresent(
        bodies -> {
          long none = bodies.keySet().stream().filter(id -> !answered.contains(id)).count();
          if (none > 0) {
            found.note(none + " of " + bodies.size() + " requests have no response in the file");
          }
        });
  }

  private static Map<String, JsonNode> bodies(Input input, Path file) {
    Map<String, JsonNode> bodies = new HashMap<>();
    Input requests = input.of(file);
    requests.each(
        value -> {
          String id = id(value.node());
          if (!value.node().path("body").isObject()) {
            throw new IllegalArgumentException("it has no body");
          }
          if (bodies.put(id, value.node().path("body")) != null) {
            throw new IllegalArgumentException("the custom_id " + id + " is there twice");
          }
        });
    return bodies;
  }

  private static String id(JsonNode line) {
    return Fields.word(line, "custom_id")
        .orElseThrow(() -> new IllegalArgumentException("it has no custom_id"));
  }

  /// Where what was asked is to be found.
  ///
  /// @param requests bodies by custom_id; absent where no file of them was named
  private record Supply(Path file, Optional<Map<String, JsonNode>> requests) {
    Before before(String id) {
      JsonNode body =
          requests
              .orElseThrow(
                  () ->
                      new UserError(
                          file + " has responses alone, without what was asked",
                          "name the file of the requests: --requests FILE"))
              .get(id);
      if (body == null) {
        throw new Unusable("its request is not among the requests");
      }
      return Request.before(body);
    }
  }

  private record Line(String place, String id, JsonNode line) {
    void read(Supply supply, Found found) {
      JsonNode response = line.path("response");
      if (!line.hasNonNull("response")
          && !line.hasNonNull("error")
          && line.path("body").isObject()) {
        found.text(place, this::request);
        return;
      }
      Optional<String> failure = failure(response);
      if (failure.isPresent()) {
        found.text(
            place,
            () -> {
              throw new Unusable(failure.get());
            });
        return;
      }
      JsonNode body = response.path("body");
      Choices.read(
          new Choices.Answer(place, id, body.path("choices"), () -> before(body, supply)), found);
    }

    private Trace request() {
      return new Trace(
          place,
          Fields.id(id, 1),
          Request.before(line.path("body")),
          new Sources.Sampled(),
          FinishReason.STOP,
          Optional.empty());
    }

    private Before before(JsonNode body, Supply supply) {
      if (body.hasNonNull("prompt_token_ids")) {
        return new Before.Ids(Fields.ids(body.path("prompt_token_ids"), "prompt_token_ids"));
      }
      return line.path("body").isObject() ? Request.before(line.path("body")) : supply.before(id);
    }

    private Optional<String> failure(JsonNode response) {
      int status = response.path("status_code").asInt(OK);
      if (status != OK) {
        return Optional.of("it failed with status " + status);
      }
      if (line.hasNonNull("error")) {
        return Optional.of("it failed: " + line.path("error").path("code").asString("an error"));
      }
      return response.path("body").isObject()
          ? Optional.empty()
          : Optional.of("there is no response");
    }
  }
}
