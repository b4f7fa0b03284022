package criticalwindows.report;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.exact.ExactStudy;
import criticalwindows.explain.KindStudy;
import criticalwindows.explain.TokenKind;
import criticalwindows.explain.WindowText;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Responses of six tokens of four characters whose answer, B, is decided by the fourth: before it
/// half of the continuations write other words from there on and come to A.
class ExplanationTextTest {
  private static final String RESPONSE = "We  see that it  so  on. ";
  private static final int TOKEN = 4;

  @Test
  void aWindowIsToldWithItsTokensAnswersAndContinuations() {
    String text = ExplanationText.of(finding("isnt"));
    assertThat(text)
        .contains("The response has 6 tokens and comes to B, which is wrong.")
        .contains("Decided at token 4 (")
        .containsPattern("A +0\\.50 +0\\.01 +−0\\.4")
        .containsPattern("B +0\\.50 +0\\.99 +\\+0\\.4")
        .contains("  …We see that  【it】  so on.…")
        .containsPattern("4 +“it” +−0\\.693")
        .contains("10 of 20 from 3 tokens kept came to another answer; 10 of these leave the")
        .contains("20 of 20 from 4 tokens kept came to the same answer")
        .containsPattern("A, other words from token 4 +B, in the response's own words\\n")
        .contains("“…isnt so on.”")
        .contains("token 2 “see”, log-prob −2.000, does not lie in the window")
        .contains("with probability 0.17 (1 of 6)")
        .contains("entropy is not known")
        .contains("how open the choice was is not known: the ledger has no predictions here");
    assertThat(text.lines()).allMatch(line -> line.length() <= 130);
  }

  @Test
  void theEntropyOfEachTokenIsToldWhereTheLedgerHasIt() {
    CotFinding finding = finding("isnt");
    Sample plain = finding.original();
    Sample original =
        new Sample(
            plain.key(),
            plain.turn(),
            plain.tokens(),
            plain.text(),
            plain.ends(),
            plain.finish(),
            plain.logProbs(),
            plain.probs(),
            Stream.of(.25F, .125F, 0F, .5F, .375F, 0F)
                .map(entropy -> new Prediction(entropy, 5, -.5F, 0, 0, Prediction.Ratios.NONE))
                .map(prediction -> new Predicted(prediction, "is"))
                .toList(),
            plain.seed(),
            plain.engine(),
            plain.wave(),
            plain.elapsed());
    assertThat(ExplanationText.of(finding.with(original)))
        .containsPattern("token +text +log-prob +most often +entropy +choice +kind")
        .containsPattern("4 +“it” +−0\\.693 +“is” 0\\.607 +0\\.500 +undecided")
        .contains(
            "  likeliest token 4 “it”: undecided; its probability was 0.500, that of “is” 0.607;"
                + " entropy 0.500 nats")
        .contains("token 4 “it”, entropy 0.500 nats, lies in the window")
        .contains("mean entropy 0.500 in the window, 0.150 outside")
        .contains("token 2 “see”, log-prob −2.000, does not lie in the window")
        .doesNotContain("not known");
  }

  @Test
  void whatAModelWroteCannotDriveTheTerminal() {
    String text = ExplanationText.of(finding("\u001b[2J\u202e"));
    assertThat(text).contains("Decided at token 4", "[2J");
    assertThat(text.codePoints().filter(c -> c != '\n'))
        .allMatch(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
  }

  /// The curve rises at token 4, and all who come to A write it, and leave at token 5.
  @Test
  void aWindowThatItsContinuationsContradictCarriesAWarning() {
    CotFinding finding = finding("no", 4);
    assertThat(ExplanationText.of(finding))
        .contains("Decided at token 4 (", "0 of these leave the response's words within the window")
        .contains("warning: its own continuations contradict this place");
    Heading heading = new Heading("toy", List.of(), List.of());
    String warning = "warning: of the window of " + finding.problem().id();
    assertThat(CotTable.of(heading, List.of(finding), ExactStudy.NONE)).contains(warning);
    assertThat(CotPage.of(heading, List.of(finding), ExactStudy.NONE))
        .contains("of the window of " + finding.problem().id());
    CotFinding right = finding("isnt");
    assertThat(ExplanationText.of(right)).doesNotContain("warning");
    assertThat(CotTable.of(heading, List.of(right), ExactStudy.NONE)).doesNotContain("warning");
    assertThat(CotPage.of(heading, List.of(right), ExactStudy.NONE))
        .doesNotContain("of the window of");
  }

  @Test
  void withoutAWindowItSaysSo() {
    assertThat(ExplanationText.of(finding(RESPONSE.substring(12, 16))))
        .contains("Decided before the response. There is no window to explain: the chance that")
        .doesNotContain("Decided at");
  }

  @Test
  void aStudyTellsWhatItsWindowsShareAndWhatChanceGives() {
    List<WindowText> windows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<Set<TokenKind>> kinds = new ArrayList<>();
      List<Double> logProbs = new ArrayList<>();
      int from = 7 * i % 49;
      for (int j = 0; j < 50; j++) {
        boolean so = j == from || (j + i) % 10 == 0;
        kinds.add(so ? Set.of(TokenKind.CONCLUSION) : Set.of());
        logProbs.add(j == from ? -3.0 : -1);
      }
      windows.add(new WindowText(kinds, logProbs, from, from + 1));
    }
    String table = KindTable.of("toy\u001b", KindStudy.of(windows), 40);
    assertThat(table)
        .startsWith("toy\n")
        .contains("30 of 40 problems at a false discovery rate of 5 %, 30 tokens in all")
        .containsPattern("so, thus, therefore +1\\.00 +0\\.(09|10|11) +(9\\.|10|11).* more\n")
        .contains("least likely token lies in the window in 30 of 30, 1.00 [0.89, 1.00]");
  }

  @Test
  void aStudyWithoutWindowsSaysThatThereIsNothing() {
    assertThat(KindTable.of("toy", KindStudy.of(List.of()), 8))
        .contains("0 of 8 problems", "There is nothing to explain: no window survives.")
        .doesNotContain("times");
    WindowText one = new WindowText(List.of(Set.of(), Set.of()), List.of(), 0, 1);
    assertThat(KindTable.of("toy", KindStudy.of(List.of(one)), 1))
        .contains("Too few windows to say what they have in common: 1, and it takes 5.");
  }

  /// @param other what half of the continuations write instead of the fourth token
  private static CotFinding finding(String other) {
    return finding(other, 3);
  }

  /// @param at the token that they write otherwise, counted from 0
  private static CotFinding finding(String other, int at) {
    Problem problem =
        Problem.of(
            "mine", "logic", "Is it?", List.of(new Choice("A", "no"), new Choice("B", "yes")), "A");
    boolean decides = !RESPONSE.startsWith(other, TOKEN * at);
    List<Sample> rows = new ArrayList<>(rows(Key.original(problem.id()), RESPONSE, "B"));
    for (int kept = 0; kept < 6; kept++) {
      for (int i = 0; i < 20; i++) {
        boolean strays = decides && kept <= 3 && i % 2 == 0;
        String text = RESPONSE.substring(TOKEN * kept);
        String written = strays ? text.replace(token(at), other + "  ") : text;
        rows.addAll(rows(Key.resample(problem.id(), kept, i), written, strays ? "A" : "B"));
      }
    }
    return CotFinding.of(problem, rows, CutPlan.parse("every:1"), Grader.STANDARD).orElseThrow();
  }

  private static String token(int at) {
    return RESPONSE.substring(TOKEN * at, TOKEN * at + TOKEN);
  }

  private static List<Sample> rows(Key key, String text, String answer) {
    boolean original = key.is(Arm.ORIGINAL);
    int size = 6 - key.kept();
    int[] ids = new int[size];
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean same = text.startsWith(token(key.kept() + i), TOKEN * i);
      ids[i] = same ? key.kept() + i : 99;
      ends.add(i + 1 == size ? text.length() : TOKEN * (i + 1));
    }
    LogProbs logProbs = original ? LogProbs.of(0, -2, 0, -.693F, 0, 0) : LogProbs.of(new float[6]);
    Sample response =
        new Sample(
            key,
            Sample.Turn.RESPONSE,
            Tokens.of(ids),
            text,
            original ? ends : List.of(),
            FinishReason.STOP,
            logProbs,
            1,
            "toy",
            1,
            Duration.ZERO);
    Sample reply =
        new Sample(
            key,
            Sample.Turn.ANSWER,
            Tokens.of(7),
            "The answer is (" + answer + ").",
            List.of(),
            FinishReason.STOP,
            LogProbs.of(-1),
            1,
            "toy",
            1,
            Duration.ZERO);
    return List.of(response, reply);
  }
}
