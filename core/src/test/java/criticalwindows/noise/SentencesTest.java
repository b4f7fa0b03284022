package criticalwindows.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
  /// What each sentence says, without the white space around it; `|` stands for a line break.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "One. Two! Three? ~ One./Two!/Three?",
        "Pi is 3.14 here. So 1.5. ~ Pi is 3.14 here./So 1.5.",
        "Take e.g. Paris, i.e. a city. Dr. Who vs. Mr. Bean. ~ Take e.g. Paris, i.e. a city./Dr."
            + " Who vs. Mr. Bean.",
        "The answer is B. Then (C). Done. ~ The answer is B./Then (C)./Done.",
        "He said \"no.\" She left. ~ He said \"no.\"/She left.",
        "1. First step. 2. Second. ~ 1. First step./2. Second.",
        "A. Paris|B. Rome ~ A. Paris/B. Rome",
        "Heading||- item one|- item two ~ Heading/- item one/- item two",
        "So $x = 1. 5$ holds. And \\(a. b\\) too. ~ So $x = 1. 5$ holds./And \\(a. b\\) too.",
        "Thus \\[ x = 3. |\\] End. Open \\[ x. Y ~ Thus \\[ x = 3. |\\] End./Open \\[ x./Y",
        "It costs $5. Then he pays $6. Fine. ~ It costs $5./Then he pays $6./Fine.",
        "Wait... What?! Yes. ~ Wait.../What?!/Yes.",
        "See approx. 5 and the dept. of x. End ~ See approx. 5 and the dept. of x./End",
        "See no. 5. The answer is no. The 1st. Last. ~ See no. 5./The answer is no./The 1st./Last.",
        "是的。好！ ~ 是的。/好！",
        "So x is 2.|3. Next. ~ So x is 2./3. Next.",
        "**Step 1.** Add. ~ **Step 1.**/Add.",
      })
  void sentencesEndWhereAReaderSaysSo(String text, String expected) {
    String whole = text.replace('|', '\n');
    List<String> sentences = new ArrayList<>();
    int from = 0;
    for (int end : SentenceEnds.in(whole)) {
      sentences.add(whole.substring(from, end).strip());
      from = end;
    }
    if (!whole.substring(from).isBlank()) {
      sentences.add(whole.substring(from).strip());
    }
    assertThat(String.join("/", sentences)).isEqualTo(expected.replace('|', '\n'));
  }

  @Test
  void aCutComesAfterTheTokenWithTheLastCharacter() {
    // Tokens: "One" ".\n\n" "Tw" "o. " "End" "."
    Written written = new Written("One.\n\nTwo. End.", List.of(3, 6, 8, 11, 14, 15));
    List<Cut> cuts = CutPlan.parse("sentences").cuts(6, () -> written);
    assertThat(cuts.stream().map(Cut::kept)).containsExactly(0, 2, 4);
    assertThat(cuts.getLast().fraction()).isEqualTo(4 / 6.0);
  }

  @Test
  void lineBreaksBehindTheLastSentenceMakeNoCut() {
    assertThat(kept(new Written("One. Two.\n\n", List.of(4, 9, 10, 11)))).containsExactly(0, 1);
    assertThat(kept(new Written("One.\nTwo.\n \n", List.of(4, 5, 8, 9, 12)))).containsExactly(0, 1);
  }

  @Test
  void aResponseOfOneSentenceIsCutAtItsBeginning() {
    assertThat(kept(new Written("Yes.", List.of(3, 4)))).containsExactly(0);
    assertThat(kept(new Written("", List.of()))).isEmpty();
  }

  private static List<Integer> kept(Written written) {
    CutPlan plan = new CutPlan.Sentences();
    return plan.cuts(written.ends().size(), () -> written).stream().map(Cut::kept).toList();
  }

  @Test
  void endsGrowWithinTheTextWhateverItSays() {
    SplittableRandom random = new SplittableRandom(5);
    String letters = "aB1. .?!$\\([])\n\"’e.g";
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      int last = 0;
      for (int end : SentenceEnds.in(text.toString())) {
        assertThat(end).as("%s", text).isGreaterThan(last).isLessThanOrEqualTo(text.length());
        assertThat(Character.isWhitespace(text.charAt(end - 1))).as("%s", text).isFalse();
        last = end;
      }
    }
  }

  @Test
  void thePlanIsWrittenAsItIsRead() {
    assertThat(CutPlan.parse("sentences").spec()).isEqualTo("sentences");
    assertThat(CutPlan.parse("sentences").cuts(3)).hasSize(3);
  }
}
