package criticalwindows.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the built-in problems (`problems.jsonl`) from the model's golden data: the question
/// specifications of the kind `reply`, syllogisms aside, each once, one family after the other in
/// turn.
final class ProblemsFromGolden {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ProblemsFromGolden() {}

  /// Writes the file that is named second from the golden data that is named first.
  public static void main(String[] arguments) throws IOException {
    Files.write(Path.of(arguments[1]), lines(Path.of(arguments[0])));
  }

  /// The lines of `problems.jsonl`.
  static List<String> lines(Path golden) throws IOException {
    Map<String, Deque<String>> families = new LinkedHashMap<>();
    for (String family : List.of("wp", "me", "lo", "fa")) {
      families.put(family, new ArrayDeque<>());
    }
    Set<String> seen = new LinkedHashSet<>();
    for (JsonNode line : questions(golden)) {
      String problem = problem(line.path("spec"));
      Deque<String> family = families.get(line.path("family").asString());
      if (family != null && seen.add(problem)) {
        family.add(problem);
      }
    }
    List<String> lines = new ArrayList<>();
    while (lines.size() < seen.size()) {
      families.values().stream()
          .filter(left -> !left.isEmpty())
          .forEach(left -> lines.add(left.pop()));
    }
    return lines;
  }

  /// The golden lines whose specifications are built-in problems.
  static List<JsonNode> questions(Path golden) throws IOException {
    return Files.readAllLines(golden).stream()
        .map(JSON::readTree)
        .filter(line -> line.path("kind").asString().equals("reply"))
        .filter(line -> Set.of("wp", "me", "lo", "fa").contains(line.path("family").asString()))
        .toList();
  }

  private static String problem(JsonNode spec) {
    String question = spec.path("q").asString();
    ObjectNode problem = JSON.createObjectNode();
    problem.put("family", spec.path("fam").asString());
    problem.put("task", spec.path("task").asString());
    if (!spec.path("mc").booleanValue()) {
      problem.put("question", question);
      problem.putArray("choices");
      problem.put("answer", spec.path("truth").asString());
      return JSON.writeValueAsString(problem);
    }
    problem.put("question", question.substring(0, question.indexOf("\n (A) ")));
    ArrayNode choices = problem.putArray("choices");
    // A value that is not listed stands for the last option.
    String answer = "";
    String label = "";
    for (JsonNode option : spec.path("opts").values()) {
      label = Character.toString('A' + choices.size());
      choices.addObject().put("label", label).put("text", option.asString());
      if (option.asString().equals(spec.path("truth").asString())) {
        answer = label;
      }
    }
    problem.put("answer", answer.isEmpty() ? label : answer);
    return JSON.writeValueAsString(problem);
  }
}
