package criticalwindows.report;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.form.FormFinding;
import criticalwindows.form.FormPrompt;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormSettings;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.world.FormProgram;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Model text and prompts are hostile wherever a page or a table shows them.
class FormPageTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final FormPrompt PROMPT =
      FormPrompt.parse(
          "Do </style>"
              + SCRIPT.replace("(1)", "")
              + "\n1. A (<b>x</b>|x\u001b[31m/y&z) {{style}}".replace("</b>", "b"));
  private static final Problem PROBLEM = FormScripts.problem("mine", PROMPT);
  private static final FormSettings SETTINGS =
      new FormSettings(2, 1, Sampling.PLAIN, 50, List.of(), 1);

  private static Sample row(Key key, String text) {
    int length = text.length();
    return new Sample(
        key,
        Sample.Turn.RESPONSE,
        Tokens.of(text.chars().toArray()),
        text,
        IntStream.rangeClosed(1, length).boxed().toList(),
        FinishReason.STOP,
        LogProbs.of(new float[length]),
        1,
        "by hand",
        1,
        Duration.ZERO);
  }

  private static FormView view() {
    String id = PROBLEM.id();
    List<Sample> rows =
        List.of(
            row(Key.text(id, 0), "Not a form " + SCRIPT + "\u001b]0;owned\u0007"),
            row(Key.text(id, 1), PROMPT.filled(PROMPT.all().getFirst())),
            row(Key.given(id, 0), PROMPT.filled(PROMPT.all().getFirst())),
            row(Key.given(id, 1), PROMPT.filled(PROMPT.all().getLast())));
    return FormView.of(FormFinding.of(PROBLEM, rows, SETTINGS), .1);
  }

  @Test
  void nothingThatAModelOrAPromptSaysIsMarkup() {
    Heading heading =
        new Heading(
            "on " + SCRIPT,
            List.of(new Heading.Fact("file", "{{body}}" + SCRIPT)),
            List.of(SCRIPT));
    String page = FormPage.of(heading, List.of(view()));
    assertThat(page).doesNotContain("<script").doesNotContain("\u001b").doesNotContain("\u0007");
    assertThat(page).contains("&lt;script&gt;").contains("y&amp;z").contains("&lt;b&gt;x");
    assertThat(page.split("</style>", -1)).hasSize(2);
    assertThat(page).containsPattern("default-src 'none'; style-src 'sha256-[^']+'; base-uri");
    assertThat(page).doesNotContain(" style=\"");
  }

  @Test
  void nothingMovesTheCursorOfATerminal() {
    Heading heading = new Heading("on \u001b[2J", List.of(), List.of("\u001b[31m"));
    assertThat(FormTable.of(heading, List.of(view()))).doesNotContain("\u001b");
    assertThat(TheoryTable.forms("on \u001b[2J", List.of(view()), .1)).doesNotContain("\u001b");
  }

  @Test
  void aFormWithoutAnyTextSaysSo() {
    FormView view = FormView.of(FormFinding.of(PROBLEM, List.of(), SETTINGS), .1);
    Heading heading = new Heading("t", List.of(), List.of());
    assertThat(FormTable.of(heading, List.of(view))).contains("no text has completed the form");
    assertThat(FormPage.of(heading, List.of(view))).contains("The form");
  }

  @Test
  void aFormOfTheWorldIsKnownByItsWords() {
    FormPrompt standard = FormPrompt.parse(FormProgram.STANDARD.request());
    assertThat(WorldForm.of(standard)).contains(FormProgram.STANDARD);
    assertThat(WorldForm.of(PROMPT)).isEmpty();
    assertThat(WorldForm.of(FormPrompt.parse("Please. " + FormProgram.STANDARD.request())))
        .isEmpty();
  }
}
