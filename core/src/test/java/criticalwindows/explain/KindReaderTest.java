package criticalwindows.explain;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.noise.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindReaderTest {
  /// Tokens divided by `|`, each with its kinds.
  private static List<Set<TokenKind>> kinds(String tokens) {
    StringBuilder text = new StringBuilder();
    List<Integer> ends = new ArrayList<>();
    for (String token : tokens.split("\\|", -1)) {
      text.append(token);
      ends.add(text.length());
    }
    return new KindReader(new Written(text.toString(), ends), Set.of("A", "B")).kinds();
  }

  /// The tokens of one kind, divided by `|`.
  private static String of(TokenKind kind, String tokens) {
    List<Set<TokenKind>> kinds = kinds(tokens);
    String[] all = tokens.split("\\|", -1);
    return java.util.stream.IntStream.range(0, all.length)
        .filter(i -> kinds.get(i).contains(kind))
        .mapToObj(i -> all[i].strip())
        .collect(Collectors.joining("|"));
  }

  private static final String REASONING =
      "All| cats| pu|rr|.| So| Tom| does|n't|:| 3| +| 4| =| 7|.| Wait|,| if| (|B|)| is| wrong|,"
          + "| the| ans|wer| is| A|.";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "NUMBER; 3|4|7",
        "OPERATOR; +|=",
        "NAME; Tom",
        "OPTION; B|A",
        "CONCLUSION; So",
        "TURN; Wait|wrong",
        "REASON; if",
        "QUANTIFIER; All|does|n't",
        "PUNCTUATION; .|:|.|,|(|)|,|.",
        "SENTENCE_START; All|So|Wait",
        "IN_CONCLUSION; So|Tom|does|n't|:|3|+|4|=|7|.",
        "IN_CALCULATION; So|Tom|does|n't|:|3|+|4|=|7|.",
        "IN_TURN; Wait|,|if|(|B|)|is|wrong|,|the|ans|wer|is|A|.",
        "IN_ANSWER; Wait|,|if|(|B|)|is|wrong|,|the|ans|wer|is|A|.",
      })
  void eachKindIsFoundInReasoning(TokenKind kind, String expected) {
    assertThat(of(kind, REASONING)).isEqualTo(expected);
  }

  @Test
  void dashesOfWordsAndStarsOfEmphasisAreNoOperators() {
    assertThat(of(TokenKind.OPERATOR, "**|A|**| well|-|known| and|/|or| 2|*|3| - |1|−|x"))
        .isEqualTo("*|-|−");
    assertThat(of(TokenKind.OPERATOR, "\\(|\\|fr|ac|{|1|}|{|2|}|\\)")).isEqualTo("fr|ac");
  }

  @Test
  void aLabelThatBeginsASentenceIsOneOnlyWhereItIsMarked() {
    assertThat(of(TokenKind.OPTION, "A| cat| purrs|.| (|A|)| holds|.| It| is| B|."))
        .isEqualTo("A|B");
    assertThat(of(TokenKind.OPTION, "A|:| cat|.")).isEqualTo("A");
  }

  @Test
  void everyTokenHasItsKindsEvenWhereItBringsNoText() {
    assertThat(kinds("So|||\n|\n| we| go|.")).hasSize(8);
    assertThat(kinds("So|| we").get(1)).doesNotContain(TokenKind.CONCLUSION, TokenKind.PUNCTUATION);
    assertThat(of(TokenKind.SENTENCE_START, "Go|.|\n\n|No|w|.")).isEqualTo("Go|No");
  }

  /// A word of 200,000 letters and a line of as many numbers: a look at all of it from each token
  /// would take hours.
  @Test
  void aTextThatIsOneWordOrOneLineOfNumbersIsReadToo() {
    List<String> letters = java.util.Collections.nCopies(200_000, "x");
    assertThat(kinds(String.join("|", letters))).hasSize(200_000);
    List<String> numbers = java.util.Collections.nCopies(200_000, " 7");
    List<Set<TokenKind>> read = kinds(String.join("|", numbers));
    assertThat(read.getLast()).contains(TokenKind.NUMBER).doesNotContain(TokenKind.IN_CALCULATION);
  }
}
