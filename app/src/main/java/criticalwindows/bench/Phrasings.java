package criticalwindows.bench;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Ways of naming one choice in a reply.
///
/// In a phrasing `{L}` is the label that is named, `{T}` its text, `{W}` the label of another
/// choice, and `{O}` all choices as a model repeats them, each on a line of its own.
final class Phrasings {
  /// All of them. Every third one was kept aside until the rules of reading had been written.
  static final List<String> ALL =
      List.of(
          "The answer is ({L}).",
          "The answer is ({L}) {T}",
          "({L})",
          "{L}",
          "**{L}**",
          "{L}. {T}",
          "({L}) {T}",
          "The answer is {L}.",
          "The answer is {T}.",
          "The answer is: \"{T}\"",
          "{T}",
          "\\boxed{{L}}",
          "$\\boxed{\\text{({L}) {T}}}$",
          "<answer>{L}</answer>",
          "### Answer\n{L}",
          "**Final Answer**\n\n{L}",
          "The correct option is {L}.",
          "I choose {L}.",
          "It's {L}.",
          "Option: {L}",
          "Therefore, the correct answer is **({L}) {T}**.",
          "{O}\n\n**({L})**",
          "{O}\n\nAnswer: {L}",
          "({W}) is wrong, so it must be ({L}).",
          "Not ({W}), but ({L}).",
          "I first thought of ({W}), but the answer is ({L}).",
          "{L} is the correct answer.",
          "\"{T}\" is the correct answer.",
          "（{L}）",
          "答案是（{L}）。",
          "故选{L}。",
          "La respuesta correcta es {L}.",
          "A resposta correta é {L}.",
          "La réponse est {L}.",
          "Die Antwort ist {L}.",
          "Ответ: {L}",
          "答えは{L}です。",
          "Jawaban: {L}",
          "정답은 {L}입니다.",
          "{\"answer\": \"{L}\"}",
          "Final answer: {L}\n\nI hope this helps!",
          "{L}\n\nExplanation: the other options do not fit.",
          "After weighing the options, I would go with {L}, since ({W}) does not fit.",
          "Only ({L}) fits all that is said.",
          "That leaves option {L}.",
          "My answer would be option {L} - {T}",
          "**Answer:** {L}) {T}",
          "Looking at each option, ({L}) is the best choice here.",
          "So the right choice is '{T}'.",
          "The answer is\n\n{L}",
          "I'd say {L}.",
          "Answer - {L}",
          "Hence, {L}.",
          "({L}) is correct because it follows from the text. ({W}) is not.",
          "La risposta giusta è la {L}.",
          "{T}, because nothing else fits.",
          "The best option here is option ({L}): {T}.",
          "({W}): no. We are left with {L}.",
          "In conclusion: {L}",
          "Doğru cevap {L} seçeneğidir.");

  private Phrasings() {}

  /// Whether a phrasing names one choice of a problem: not, where it tells the text alone and
  /// another choice says the same.
  static boolean names(String phrasing, Problem problem, int choice) {
    String text = plain(problem.choices().get(choice));
    boolean same =
        problem.choices().stream().filter(other -> plain(other).equals(text)).count() > 1;
    return phrasing.contains("{L}") || (!same && !text.isEmpty());
  }

  private static String plain(Choice choice) {
    return choice
        .text()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^(?:an?|the)\\s", "")
        .replaceAll("[\\s.,;:!?\"'*$]", "");
  }

  /// A problem's reply that names one of its choices.
  static String reply(String phrasing, Problem problem, int choice) {
    List<Choice> choices = problem.choices();
    Choice named = choices.get(choice);
    Choice other = choices.get((choice + 1) % choices.size());
    String all =
        choices.stream()
            .map(each -> "(" + each.label() + ") " + each.text())
            .collect(Collectors.joining("\n"));
    StringBuilder reply = new StringBuilder();
    int at = 0;
    while (at < phrasing.length()) {
      boolean slot = phrasing.startsWith("}", at + 2) && phrasing.charAt(at) == '{';
      switch (slot ? phrasing.charAt(at + 1) : ' ') {
        case 'L' -> reply.append(named.label());
        case 'T' -> reply.append(named.text());
        case 'W' -> reply.append(other.label());
        case 'O' -> reply.append(all);
        default -> {
          reply.append(phrasing.charAt(at));
          at -= 2;
        }
      }
      at += 3;
    }
    return reply.toString();
  }
}
