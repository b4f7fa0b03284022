package criticalwindows.hub;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.mistake.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Problems as JSON Lines: one object a line, blank lines aside.
///
/// ```
/// {"task": "math", "question": "What is 6 * 7?", "choices": [], "answer": "42"}
/// {"task": "science", "question": "Which is a metal?",
///  "choices": [{"label": "A", "text": "tin"}, {"label": "B", "text": "chalk"}], "answer": "A"}
/// ```
///
/// (The second is shown in two lines; in a file it is one.)
///
/// | field | what |
/// |---|---|
/// | `task` | what kind of question it is, as the prompt calls it |
/// | `question` | without the options |
/// | `choices` | each with `label` and `text`; left out or empty: the answer is a number |
/// | `answer` | the right choice's label, or the number, without dollar signs |
///
/// Other fields are left to their makers.
///
/// @param where for complaints: the path of the file
/// @param name of the data set
record ProblemFile(String where, String name) {
  /// The problems of a file's text.
  ///
  /// @throws Mistake if a line cannot be used, saying which
  List<Problem> read(String text) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    int line = 0;
    for (String json : text.lines().toList()) {
      line++;
      if (json.isBlank()) {
        continue;
      }
      Problem problem = problem(json, line);
      Integer earlier = lines.putIfAbsent(problem.id(), line);
      if (earlier != null) {
        throw mistake(line, "is the problem of line " + earlier + " again", "remove one of them");
      }
      problems.add(problem);
    }
    if (problems.isEmpty()) {
      throw new Mistake(where + " holds no problem", "put one JSON object on each line");
    }
    return problems;
  }

  private Problem problem(String json, int line) {
    JsonNode node = parse(json, line);
    List<Choice> choices = new ArrayList<>();
    try {
      for (JsonNode choice : node.path("choices").values()) {
        choices.add(new Choice(text(choice, "label", line), text(choice, "text", line)));
      }
      return Problem.of(
          name,
          text(node, "task", line),
          text(node, "question", line),
          choices,
          text(node, "answer", line));
    } catch (IllegalArgumentException e) {
      throw mistake(line, "cannot be: " + e.getMessage(), "mend the record");
    }
  }

  private JsonNode parse(String json, int line) {
    try {
      JsonNode node = JsonMapper.shared().readTree(json);
      if (!node.isObject()) {
        throw mistake(line, "is no JSON object", "put one JSON object on each line");
      }
      JsonNode choices = node.path("choices");
      if (!choices.isMissingNode() && !choices.isArray()) {
        throw mistake(line, "has choices that are no list", "write \"choices\": [...]");
      }
      return node;
    } catch (JacksonException e) {
      throw mistake(
          line, "is no JSON: " + e.getOriginalMessage(), "put one JSON object on each line");
    }
  }

  private String text(JsonNode node, String field, int line) {
    JsonNode value = node.path(field);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw mistake(
          line,
          "has no " + field,
          "give it a text: \""
              + field
              + "\": \"...\" (numbers in quotation marks, too); a file of a"
              + " benchmark is named as in gsm8k:FILE");
    }
    return value.stringValue();
  }

  private Mistake mistake(int line, String what, String mend) {
    return new Mistake(where + ", line " + line + ": the record " + what, mend);
  }
}
