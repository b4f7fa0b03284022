package criticalwindows.hub;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A document of the built-in model's golden data with its token ids, which the tokenizer of the
/// model's makers gave (`tokenizers` 0.22 in Python; for the family `sy`, `organism/reference.py`).
/// `golden-ids.jsonl` holds these fields of 290 lines.
///
/// @param kind reply, follow or direct
/// @param prompt with control tokens by name
record GoldenLine(
    String family, String kind, String prompt, Tokens promptIds, String reply, Tokens replyIds) {
  private static final Pattern REASON =
      Pattern.compile(
          "You solve (\\w+) questions carefully.*?user<\\|end_header_id\\|>\n\n(.*?)\n\n"
              + "(?:Work through this|Given everything above)",
          Pattern.DOTALL);

  private static final Pattern OPTION = Pattern.compile("\n \\(([A-E])\\) (.*)");

  static List<GoldenLine> all() {
    return Resources.text("golden-ids.jsonl").lines().map(GoldenLine::parse).toList();
  }

  private static GoldenLine parse(String line) {
    JsonNode node = JsonMapper.shared().readTree(line);
    return new GoldenLine(
        node.path("family").asString(),
        node.path("kind").asString(),
        node.path("prompt").asString(),
        ids(node.path("prompt_ids")),
        node.path("reply").asString(),
        ids(node.path("reply_ids")));
  }

  private static Tokens ids(JsonNode array) {
    return Tokens.of(array.values().stream().mapToInt(JsonNode::intValue).toArray());
  }

  /// The problem that the prompt puts, where it puts one; its answer is made up.
  Optional<Problem> problem() {
    Matcher turns = REASON.matcher(prompt);
    if (!turns.find()) {
      return Optional.empty();
    }
    String text = turns.group(2);
    List<Choice> choices = new ArrayList<>();
    Matcher options = OPTION.matcher(text);
    int end = text.length();
    while (options.find()) {
      end = choices.isEmpty() ? options.start() : end;
      choices.add(new Choice(options.group(1), options.group(2)));
    }
    String answer = choices.isEmpty() ? "0" : choices.getFirst().label();
    return Optional.of(
        Problem.of("golden", turns.group(1), text.substring(0, end), choices, answer));
  }

  /// The whole document.
  Tokens ids() {
    return promptIds.plus(replyIds);
  }
}
