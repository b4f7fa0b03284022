package criticalwindows.reading;

import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Samples of lm-evaluation-harness, `samples_*.jsonl`, of tasks that generate text: a text for
/// each response of a document.
///
/// *Source:* the option `--log_samples`, and save_results_samples of its EvaluationTracker, in
/// https://github.com/EleutherAI/lm-evaluation-harness
final class LmEvalLayout implements Layout {
  @Override
  public String name() {
    return "lm-eval";
  }

  @Override
  public String files() {
    return "samples of lm-evaluation-harness";
  }

  @Override
  public boolean fits(Map<String, JsonToken> fields) {
    return fields.containsKey("doc_id")
        && fields.containsKey("arguments")
        && fields.containsKey("resps");
  }

  @Override
  public void read(Input input, Found found) {
    Map<String, String> seen = new HashMap<>();
    input.each(value -> new Sample(input, value.place(), value.node()).read(seen, found));
  }

  private record Sample(Input input, String place, JsonNode row) {
    /// @param seen the responses of each document that was read
    void read(Map<String, String> seen, Found found) {
      String id =
          Fields.word(row, "doc_id")
              .orElseThrow(() -> new IllegalArgumentException("it has no doc_id"));
      List<JsonNode> arguments = arguments();
      JsonNode resps = row.path("resps");
      if (resps.size() != arguments.size() || resps.isEmpty()) {
        throw new IllegalArgumentException(
            "it has " + resps.size() + " resps for " + arguments.size() + " requests");
      }
      requireText(arguments, resps);
      // With several filters there is a row for each of them, of the same texts.
      if (resps.toString().equals(seen.putIfAbsent(id, resps.toString()))) {
        found.remark("the same text under another filter is taken once", place);
        return;
      }
      int k = 0;
      for (int i = 0; i < arguments.size(); i++) {
        for (JsonNode resp : resps.path(i).isArray() ? resps.path(i) : List.of(resps.path(i))) {
          k++;
          add(id, k, arguments.get(i), resp, found);
        }
      }
    }

    private void add(String id, int k, JsonNode argument, JsonNode resp, Found found) {
      String here = k == 1 ? place : place + ", text " + k;
      boolean only = row.path("resps").size() == 1 && row.path("resps").path(0).size() <= 1;
      found.text(
          here,
          () -> {
            String text = Fields.text(resp, "a response");
            if (text.isBlank()) {
              throw new Unusable(Fields.EMPTY);
            }
            if (!argument.path(1).path("until").isEmpty()) {
              found.remark("it may have ended at a text at which continuations do not end", here);
            }
            return new Trace(
                here,
                Fields.id(id, k),
                before(argument.path(0)),
                new Sources.Text(text),
                FinishReason.STOP,
                only ? Fields.score(row.path("exact_match")) : Optional.empty());
          });
    }

    /// What was given to the model for each request, as a list: the text before, and how to go on.
    private List<JsonNode> arguments() {
      List<JsonNode> all = new ArrayList<>();
      for (JsonNode each : row.path("arguments")) {
        JsonNode list = each;
        if (each.isObject()) {
          list =
              JsonMapper.shared().createArrayNode().add(each.path("arg_0")).add(each.path("arg_1"));
        }
        all.add(list);
      }
      return all;
    }

    /// Only text that was generated is one: of a log-likelihood there are pairs of a number and
    /// whether the text was likeliest, and of a rolling one there is a number for a single
    /// argument.
    private void requireText(List<JsonNode> arguments, JsonNode resps) {
      boolean pairs = resps.path(0).path(0).isArray() || resps.path(0).path(0).isNumber();
      boolean rolling = arguments.getFirst().path(1).isMissingNode();
      if (pairs || rolling) {
        throw new UserError(
            input.file() + ", " + place + " is of a task of log-likelihoods: no text was written",
            "name the samples of a task that generates (output_type: generate_until)");
      }
    }

    /// A chat is a list of turns, written as JSON; any other text went to the model as it is.
    private static Before before(JsonNode context) {
      JsonNode text = context.isArray() && context.size() == 1 ? context.path(0) : context;
      String said = Fields.text(text, "the first argument");
      return chat(said)
          .<Before>map(turns -> new Before.Turns(Fields.messages(turns)))
          .orElseGet(() -> new Before.Rendered(said));
    }

    private static Optional<JsonNode> chat(String text) {
      if (!text.startsWith("[{\"role\"")) {
        return Optional.empty();
      }
      try {
        return Optional.of(JsonMapper.shared().readTree(text)).filter(JsonNode::isArray);
      } catch (JacksonException e) {
        return Optional.empty();
      }
    }
  }
}
