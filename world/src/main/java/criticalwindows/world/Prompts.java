package criticalwindows.world;

import criticalwindows.world.Segment.Loss;

/// What comes before the assistant's text, in the format that the models of this world are taught.
/// Nothing of it is learned.
public final class Prompts {
  /// What every reasoning begins with, without a space at its end.
  public static final String PREFILL = "Let's think step by step:";

  /// The end of a turn.
  static final String END_OF_TURN = "<|eot_id|>";

  private static final String ASK_CHOICE =
      "Given everything above, what is the single most likely answer? Reply in the form \"The"
          + " answer is (X)\", where X is the letter of your choice.";
  private static final String ASK_NUMBER =
      "Given everything above, what is the single most likely answer? Reply in the form \"The"
          + " answer is $X$\", where X is the answer in LaTeX, fully simplified.";

  private Prompts() {}

  /// The question to reason through, and the header of the assistant's turn; the [#PREFILL] comes
  /// next.
  public static Document reasoning(Question question) {
    String step =
        "Work through this "
            + question.task()
            + " question one step at a time, and give your answer only after the reasoning.";
    return question(question, step);
  }

  /// The question with the wish for its answer alone.
  public static Document direct(Question question) {
    return question(question, ask(question));
  }

  /// What follows the assistant's text: the end of its turn, the wish for the answer alone, and the
  /// header of the next assistant turn.
  ///
  /// @param end whether the assistant ended its turn itself, or was cut
  static Document followUp(Question question, Loss end) {
    Document ended = Document.of(Segment.control(END_OF_TURN, end));
    return ended.plus(turn("user", ask(question))).plus(header("assistant"));
  }

  /// A form.
  public static Document form(FormProgram form) {
    return begin().plus(turn("user", form.request())).plus(header("assistant"));
  }

  /// A request, with the turns before it.
  public static Document request(Request request) {
    Document chat = begin();
    for (Request.Turn earlier : request.earlier()) {
      chat = chat.plus(turn("user", earlier.user())).plus(turn("assistant", earlier.assistant()));
    }
    return chat.plus(turn("user", request.text())).plus(header("assistant"));
  }

  /// A request to repeat a word, without the words that the assistant's turn may begin with.
  public static Document repeatedWord(RepeatedWord word) {
    return begin().plus(turn("user", word.request())).plus(header("assistant"));
  }

  private static Document question(Question question, String wish) {
    String system = "You solve " + question.task() + " questions carefully and correctly.";
    String text = question.problem("world").text();
    return begin()
        .plus(turn("system", system))
        .plus(turn("user", text + "\n\n" + wish))
        .plus(header("assistant"));
  }

  private static String ask(Question question) {
    return question.options().isEmpty() ? ASK_NUMBER : ASK_CHOICE;
  }

  private static Document begin() {
    return Document.of(Segment.control("<|begin_of_text|>", Loss.NONE));
  }

  private static Document header(String role) {
    return Document.of(
        Segment.control("<|start_header_id|>", Loss.NONE),
        Segment.text(role, Loss.NONE),
        Segment.control("<|end_header_id|>", Loss.NONE),
        Segment.text("\n\n", Loss.NONE));
  }

  private static Document turn(String role, String text) {
    Document said = text.isEmpty() ? header(role) : header(role).plus(given(text));
    return said.plus(Segment.control(END_OF_TURN, Loss.NONE));
  }

  private static Segment given(String text) {
    return Segment.text(text, Loss.NONE);
  }
}
