package criticalwindows.exact;

import criticalwindows.judge.Refusal;
import criticalwindows.world.Policy;
import criticalwindows.world.Program;
import criticalwindows.world.Question;
import criticalwindows.world.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the world knows of an item of a run.
///
/// @param program that writes its responses; its answers are named as outcomes show them
/// @param begun with what each response begins, before what the model wrote; often empty
public record WorldText(Program program, String begun) {
  /// Reasoning about a question.
  static WorldText of(Question question) {
    return new WorldText(question, "");
  }

  /// Reasoning about each of some questions.
  ///
  /// @param questions by the ids of their problems
  public static Map<String, WorldText> of(Map<String, Question> questions) {
    Map<String, WorldText> texts = new LinkedHashMap<>();
    questions.forEach((id, question) -> texts.put(id, of(question)));
    return texts;
  }

  /// Replies to a request, which are refused or complied with, as a judge calls it. A soft refusal
  /// is a refusal.
  ///
  /// @param policy that the model was taught
  public static WorldText of(Request request, Policy policy, String begun) {
    Program replies = request.answeredBy(policy);
    return new WorldText(
        source ->
            (replies.run(source).equals(Request.COMPLY)
                    ? Refusal.Kind.COMPLIED
                    : Refusal.Kind.REFUSED)
                .word(),
        begun);
  }
}
