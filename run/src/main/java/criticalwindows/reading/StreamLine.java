package criticalwindows.reading;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A line of a stream of responses: a whole text, or a piece of one that is being written.
public sealed interface StreamLine {
  /// What a line is, for whoever gave another.
  String HINT =
      "a line is a whole text, or a piece such as {\"id\": \"a\", \"messages\": […]}, {\"id\":"
          + " \"a\", \"text\": \"…\"}, {\"id\": \"a\", \"done\": true}; see docs/monitor.md";

  /// A text with its response.
  record Whole(Trace trace) implements StreamLine {}

  /// A piece of a response.
  ///
  /// @param id of the response
  /// @param begins what stands before it, where this is its first piece
  /// @param family of it, where this is its first piece and says one
  /// @param words that come next
  /// @param end whether this is its last piece
  record Piece(
      String id, Optional<Before> begins, Optional<String> family, Words words, boolean end)
      implements StreamLine {}

  /// What comes next in a response.
  sealed interface Words {
    /// A text, perhaps empty.
    record Text(String text) implements Words {}

    /// Token ids of the models that read it.
    record Ids(Tokens ids) implements Words {}
  }

  /// Reads a line.
  ///
  /// @param place of it, for people: `stdin, line 3`
  /// @throws UserError if it is none
  static StreamLine read(String place, String line) {
    JsonNode node = JsonValues.line(place, line, HINT);
    try {
      return of(place, node);
    } catch (Unusable | IllegalArgumentException e) {
      throw new UserError(place + ": " + e.getMessage(), HINT, e);
    }
  }

  private static StreamLine of(String place, JsonNode node) {
    boolean piece =
        List.of("text", "token_ids", "done").stream().anyMatch(name -> node.hasNonNull(name));
    boolean begins =
        List.of("messages", "prompt", "prompt_token_ids", "templated").stream().anyMatch(node::has);
    Optional<Trace> trace =
        begins || !piece ? Optional.of(LinesLayout.trace(place, node)) : Optional.empty();
    boolean open =
        trace.filter(given -> given.source() instanceof Sources.Sampled).isPresent()
            && node.hasNonNull("id");
    if (trace.isPresent() && !piece && !open) {
      return new Whole(trace.get());
    }
    return new Piece(
        Fields.word(node, "id")
            .orElseThrow(() -> new IllegalArgumentException("a piece without an id")),
        trace.map(Trace::before),
        trace.flatMap(Trace::family),
        words(node),
        node.path("done").asBoolean(false));
  }

  private static Words words(JsonNode node) {
    if (node.hasNonNull("token_ids")) {
      return new Words.Ids(Fields.ids(node.get("token_ids"), "token_ids"));
    }
    return new Words.Text(node.hasNonNull("text") ? Fields.text(node.get("text"), "text") : "");
  }
}
