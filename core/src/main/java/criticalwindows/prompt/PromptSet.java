package criticalwindows.prompt;

import criticalwindows.dataset.Problem;
import criticalwindows.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The texts of a chain-of-thought experiment. A file of sections, each a `[name]` line and the
/// text under it; text before the first section is a comment. In a text, `{task}` and `{problem}`
/// stand for the problem's.
///
/// @param name from the comment's first line
/// @param source the whole file, so that a run can keep it
/// @param sections `system`, `reason`, `prefill`, `ask.choice`, `ask.number`, each without space
///   around it
public record PromptSet(String name, String source, Map<String, String> sections) {
  private static final String[] NEEDED = {
    "system", "reason", "prefill", "ask.choice", "ask.number"
  };

  private static final Pattern CHOICE_FORM = Pattern.compile("\"([^\"\n]*\\(X\\)[^\"\n]*)\"");

  public PromptSet {
    sections = Map.copyOf(sections);
    for (String needed : NEEDED) {
      if (!sections.containsKey(needed)) {
        throw new IllegalArgumentException("the prompt file has no section [" + needed + "]");
      }
    }
    if (!section(sections, "reason").contains("{problem}")) {
      throw new IllegalArgumentException(
          "the section [reason] does not say where the {problem} goes");
    }
  }

  /// The built-in prompts, which the built-in model was trained on.
  public static PromptSet standard() {
    try (InputStream in =
        Objects.requireNonNull(PromptSet.class.getResourceAsStream("standard.txt"))) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in prompts cannot be read", e);
    }
  }

  /// The prompts of a file's text.
  ///
  /// @throws IllegalArgumentException if a section is missing, saying which
  public static PromptSet parse(String source) {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    StringBuilder comment = new StringBuilder();
    StringBuilder text = comment;
    for (String line : source.lines().toList()) {
      if (line.matches("\\[[a-z.]+]")) {
        text =
            texts.computeIfAbsent(
                line.substring(1, line.length() - 1), name -> new StringBuilder());
      } else {
        text.append(line).append('\n');
      }
    }
    Map<String, String> sections = new LinkedHashMap<>();
    texts.forEach((name, body) -> sections.put(name, body.toString().strip()));
    String name = comment.toString().lines().findFirst().orElse("").replaceFirst("^#\\s*", "");
    return new PromptSet(name, source, sections);
  }

  /// A hash of the whole source, for the record: 16 hexadecimal digits.
  public String hash() {
    return Sha256.name(Sha256.of(source));
  }

  /// What the system says.
  public String system(Problem problem) {
    return fill("system", problem);
  }

  /// What the user asks for: the problem, reasoned through.
  public String reason(Problem problem) {
    return fill("reason", problem);
  }

  /// How the assistant's turn begins.
  public String prefill() {
    return section(sections, "prefill");
  }

  /// The follow-up question for the answer alone.
  public String ask(Problem problem) {
    return switch (problem.form()) {
      case CHOICE -> fill("ask.choice", problem);
      case NUMBER -> fill("ask.number", problem);
    };
  }

  /// How a reply names a choice, as the question for it quotes this: `The answer is (X)`, where X
  /// stands for the label; absent where nothing with an (X) in it is quoted.
  Optional<String> choiceForm() {
    return CHOICE_FORM
        .matcher(section(sections, "ask.choice"))
        .results()
        .map(quoted -> quoted.group(1))
        .findFirst();
  }

  private String fill(String name, Problem problem) {
    // The problem's own text goes in last, so that nothing in it is taken for a place to fill.
    return section(sections, name)
        .replace("{task}", problem.task())
        .replace("{problem}", problem.text());
  }

  private static String section(Map<String, String> sections, String name) {
    return Objects.requireNonNull(sections.get(name));
  }
}
