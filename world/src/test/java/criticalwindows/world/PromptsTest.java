package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.prompt.PromptSet;
import criticalwindows.world.Segment.Loss;
import org.junit.jupiter.api.Test;

class PromptsTest {
  @Test
  void everyPromptIsThatOfTheReference() {
    for (Golden golden : Golden.lines()) {
      assertThat(prompt(golden)).isEqualTo(golden.text("prompt"));
    }
  }

  @Test
  void theModelsAreTaughtTheStandardPrompts() {
    PromptSet standard = PromptSet.standard();
    for (String name : Worlds.names()) {
      for (Question question : Worlds.read(name, 20, 1).questions()) {
        Problem problem = question.problem(name);
        assertThat(Prompts.reasoning(question).text())
            .contains(standard.system(problem) + "<|eot_id|>")
            .contains(standard.reason(problem) + "<|eot_id|>");
        assertThat(Prompts.direct(question).text())
            .contains(problem.text() + "\n\n" + standard.ask(problem) + "<|eot_id|>");
      }
    }
    assertThat(Prompts.PREFILL).isEqualTo(standard.prefill());
  }

  private static String prompt(Golden golden) {
    return switch (golden.family()) {
      case "fo" -> Prompts.form(golden.form()).text();
      case "sa" -> Prompts.request(golden.request()).text();
      case "re" -> Prompts.repeatedWord(golden.repeatedWord()).text();
      default -> question(golden, golden.question());
    };
  }

  private static String question(Golden golden, Question question) {
    String reasoning = Prompts.reasoning(question).text() + Prompts.PREFILL;
    return switch (golden.text("kind")) {
      case "reply" -> reasoning;
      case "follow" ->
          reasoning + golden.text("cut_reply") + Prompts.followUp(question, Loss.NONE).text();
      default -> Prompts.direct(question).text();
    };
  }
}
