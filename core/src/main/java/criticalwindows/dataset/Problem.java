package criticalwindows.dataset;

import criticalwindows.hash.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a response is about: a question, with its right answer where that is known, or a text that
/// was given.
///
/// @param id a hash of question, choices and answer, the same wherever and in whatever order the
///   problem is read; the task is no part of it, so one question in two subjects is one problem
/// @param dataset the name of the data set
/// @param task what kind of question it is, as the prompt calls it: math, logic, science; of a text
///   that was given, its family, or else where its response comes from
/// @param question without the options
/// @param choices empty where the answer is a number
/// @param answer the right one: a choice's label, or a number, or of a text the outcome that was
///   recorded with it; absent where nobody has said it
/// @param given the text as token ids; absent where a prompt is made from the question
public record Problem(
    String id,
    String dataset,
    String task,
    String question,
    List<Choice> choices,
    Optional<String> answer,
    Optional<GivenText> given) {
  public Problem {
    choices = List.copyOf(choices);
    if (question.isBlank()) {
      throw new IllegalArgumentException("a problem needs a question");
    }
    if (!choices.isEmpty()
        && answer.isPresent()
        && choices.stream().noneMatch(choice -> choice.label().equals(answer.get()))) {
      throw new IllegalArgumentException(
          "the answer "
              + answer.get()
              + " is none of the choices "
              + choices.stream().map(Choice::label).collect(Collectors.joining(", ")));
    }
  }

  /// A question, from which a prompt is made.
  public Problem(
      String id,
      String dataset,
      String task,
      String question,
      List<Choice> choices,
      Optional<String> answer) {
    this(id, dataset, task, question, choices, answer, Optional.empty());
  }

  /// How an answer is given.
  public enum Form {
    /// By a choice's label.
    CHOICE,
    /// By a number.
    NUMBER
  }

  /// A problem known by its content, without choices and without a right answer.
  public static Problem open(String dataset, String task, String question) {
    String id = hash(question, List.of(), "");
    return new Problem(id, dataset, task, question, List.of(), Optional.empty());
  }

  /// A problem known by its content.
  public static Problem of(
      String dataset, String task, String question, List<Choice> choices, String answer) {
    String id = hash(question, choices, answer);
    return new Problem(id, dataset, task, question, choices, Optional.of(answer));
  }

  /// How this problem's answer is given.
  public Form form() {
    return choices.isEmpty() ? Form.NUMBER : Form.CHOICE;
  }

  /// The problem as a model reads it: the question, then each option on a line of its own as ` (A)
  /// text`.
  public String text() {
    StringBuilder text = new StringBuilder(question);
    for (Choice choice : choices) {
      text.append("\n (").append(choice.label()).append(") ").append(choice.text());
    }
    return text.toString();
  }

  /// Each part with its length before it, so that no two problems have the same content.
  private static String hash(String question, List<Choice> choices, String answer) {
    StringBuilder content = new StringBuilder();
    part(content, question);
    for (Choice choice : choices) {
      part(content, choice.label());
      part(content, choice.text());
    }
    part(content, answer);
    return Sha256.name(Sha256.of(content.toString()));
  }

  private static void part(StringBuilder content, String text) {
    content.append(text.length()).append(':').append(text);
  }
}
