package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Every number of the independent implementation, to 1e-9.
class GoldenTest {
  private static final double TOLERANCE = 1e-9;

  @TestFactory
  List<DynamicTest> everyReplyAgrees() {
    return tests("reply", 236, GoldenTest::replyAgrees);
  }

  @TestFactory
  List<DynamicTest> everyFollowUpAgrees() {
    return tests("follow", 36, GoldenTest::followUpAgrees);
  }

  @TestFactory
  List<DynamicTest> everyDirectAnswerAgrees() {
    return tests("direct", 18, GoldenTest::followUpAgrees);
  }

  @Test
  void theQuestionsAreWhatADataSetWouldHold() {
    int questions = 0;
    for (Golden golden : Golden.lines()) {
      if (List.of("fo", "sa", "re").contains(golden.family())) {
        continue;
      }
      questions++;
      Question question = golden.question();
      assertThat(question.problem("golden").text()).isEqualTo(golden.spec().get("q").asString());
      assertThat(question.task()).isEqualTo(golden.spec().get("task").asString());
      assertThat(question.truth()).isEqualTo(golden.spec().get("truth").asString());
      assertThat(question.answerNaming(question.truth())).isEqualTo(golden.text("truth"));
    }
    assertThat(questions).isEqualTo(226);
  }

  @Test
  void formsAndRequestsAreWordedAsThere() {
    for (Golden golden : Golden.lines()) {
      String asked = golden.spec().get("q").asString();
      switch (golden.family()) {
        case "fo" -> assertThat(golden.form().request()).isEqualTo(asked);
        case "sa" ->
            assertThat(golden.request().forbidden())
                .isEqualTo(golden.spec().get("forb").asBoolean());
        default -> assertThat(asked).isNotNull();
      }
    }
  }

  private interface Check {
    void check(Golden golden);
  }

  private static List<DynamicTest> tests(String kind, int count, Check check) {
    List<Golden> lines = Golden.lines(kind);
    assertThat(lines).hasSize(count);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Golden golden = lines.get(i);
      tests.add(DynamicTest.dynamicTest(golden.family() + " " + i, () -> check.check(golden)));
    }
    return tests;
  }

  private static void replyAgrees(Golden golden) {
    Program program = golden.program();
    String text = golden.text("reply");
    decisionsAgree(golden, WrittenReply.read(program, text).orElseThrow());
    for (JsonNode prefix : golden.line().get("prefixes")) {
      agrees(Posterior.of(program, text.substring(0, prefix.get("chars").asInt())), prefix);
    }
    for (JsonNode other : golden.line().get("other_texts")) {
      agrees(Posterior.of(program, other.get("text").asString()), other);
    }
  }

  private static void decisionsAgree(Golden golden, WrittenReply reply) {
    assertThat(reply.answer()).isEqualTo(golden.text("answer"));
    assertThat(reply.text()).isEqualTo(golden.text("reply"));
    JsonNode expected = golden.line().get("decisions");
    assertThat(reply.decisions()).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      ProgramDecision decision = reply.decisions().get(i);
      JsonNode there = expected.get(i);
      assertThat(decision.offset()).isEqualTo(there.get("offset").asInt());
      // There a plain request has no attack.
      assertThat(decision.name())
          .isEqualTo(there.get("name").asString().replace(":None", ":plain"));
      assertThat(decision.taken()).isEqualTo(there.get("chosen").asInt());
      assertThat(decision.options().stream().map(Option::text).toList())
          .isEqualTo(
              Golden.list(there.get("options"), text -> text.isNull() ? "" : text.asString()));
      List<Double> probs = Golden.list(there.get("probs"), JsonNode::asDouble);
      assertThat(decision.options()).hasSize(probs.size());
      for (int j = 0; j < probs.size(); j++) {
        assertThat(decision.options().get(j).probability())
            .isCloseTo(probs.get(j), within(TOLERANCE));
      }
    }
  }

  private static void agrees(Posterior posterior, JsonNode expected) {
    assertThat(posterior.inSupport()).isEqualTo(expected.get("in_support").asBoolean());
    // Texts are unlikely, down to 1e-9 and less: relative to the value, not absolute.
    assertThat(posterior.textProbability())
        .isCloseTo(expected.get("p_text").asDouble(), Percentage.withPercentage(100 * TOLERANCE));
    answersAgree(posterior, expected.get("p_answer"), expected.has("partial"));
  }

  private static void answersAgree(Posterior posterior, JsonNode expected, boolean partial) {
    Map<String, Double> answers = new TreeMap<>();
    expected.forEachEntry((answer, probs) -> answers.put(answer, probs.asDouble()));
    if (!partial) {
      assertThat(posterior.answers().keySet()).isEqualTo(answers.keySet());
    }
    answers.forEach(
        (answer, probs) ->
            assertThat(posterior.probability(answer)).isCloseTo(probs, within(TOLERANCE)));
  }

  private static void followUpAgrees(Golden golden) {
    Question question = golden.question();
    Posterior posterior = Posterior.of(question, golden.text("cut_reply"));
    answersAgree(posterior, golden.line().get("p_answer"), false);
    String answer = golden.text("answer");
    assertThat(posterior.answers()).containsKey(answer);
    assertThat(FollowUp.guess(question, answer)).isEqualTo(golden.text("reply"));
    if (golden.line().has("reply_after_complete_text")) {
      assertThat(FollowUp.afterReasoning(answer))
          .isEqualTo(golden.text("reply_after_complete_text"));
    }
  }
}
