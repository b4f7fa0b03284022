package criticalwindows.scoring;

import static criticalwindows.scoring.Texts.show;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.OutcomeNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextOutcomesTest {
  private static final String LONG = "so ".repeat(350_000);

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          answer: (\\w+)      ~ answer: B, no, answer: C           ~ C
          (yes)|(no)          ~ yes, then no                       ~ no
          (yes)|(no)          ~ no, then yes                       ~ yes
          (\\d+)              ~ 12 and 345                         ~ 345
          yes                 ~ oh yes                             ~ match
          yes                 ~ YES                                ~ no match
          (?i)yes             ~ YES                                ~ match
          (a)|b               ~ ab                                 ~ match
          (?i)\\b(RED|blue)\\b ~ Red, reddish                      ~ Red
          is:(\\s*\\w*)       ~ it is:                             ~ empty
          is:([^.]*)          ~ it is:   the   left one .          ~ the left one
          (.)$                ~ Straße 𝒳é                          ~ é
          x*                  ~ no such letter                     ~ no match
          ^$                  ~ ""                                 ~ no match
          (?P<side>left|right) ~ left right left                   ~ left
          """)
  void theLastMatchNamesTheClass(String pattern, String text, String shown) {
    assertThat(show("pattern:" + pattern, text)).isEqualTo(shown);
  }

  @Test
  void capitalsMakeOtherClassesUnlessThePatternBeginsWithoutThem() {
    assertThat(same("(?i)\\b(yes|no)\\b", "No. Yes", "yes")).isTrue();
    assertThat(same("(?si)(stra.e)", "STRAßE", "straße")).isTrue();
    assertThat(same("(?i)(yes|no)", "yes", "no")).isFalse();
    assertThat(same("([Yy]es)", "Yes", "yes")).isFalse();
    assertThat(same("(?s)((?i)yes)", "Yes", "yes")).isFalse();
    assertThat(same("(?s-i)(.es)", "Yes", "yes")).isFalse();
    assertThat(show("pattern:(?i)(yes)", "YEs")).isEqualTo("YEs");
  }

  private static boolean same(String pattern, String one, String other) {
    String spec = "pattern:" + pattern;
    return Texts.of(spec, one).same(Texts.of(spec, other));
  }

  @Test
  void aPointEndsWithTheLineUnlessThePatternSaysSo() {
    assertThat(show("pattern:so(.*)", "so a\nb")).isEqualTo("a");
    assertThat(show("pattern:(?s)so(.*)", "so a\nb")).isEqualTo("a b");
    assertThat(show("pattern:(?m)^(\\w)$", "a\nb\ncc")).isEqualTo("b");
    assertThat(show("pattern:^(\\w)$", "a\nb\ncc")).isEqualTo("no match");
  }

  @Test
  void classesAreEqualWhateverTheirTextAndNoOthersAre() {
    String all = "pattern:(?s)(.+)";
    assertThat(Texts.of(all, "caf\u00e9  au\nlait").same(Texts.of(all, "cafe\u0301 au lait")))
        .isTrue();
    assertThat(Texts.of(all, "A").same(Texts.of(all, "a"))).isFalse();
    String start = "so ".repeat(9_000);
    Outcome one = Texts.of(all, start + "one");
    assertThat(one.same(Texts.of(all, start + "one"))).isTrue();
    assertThat(one.same(Texts.of(all, start + "two"))).isFalse();
    assertThat(one.toString()).hasSizeLessThan(500);
    String spec = "pattern:x|(no match|match|empty)|(y*)z";
    List<Outcome> different =
        List.of(
            Texts.of(spec, "no match"),
            Texts.of(spec, "-"),
            Texts.of(spec, "match"),
            Texts.of(spec, "x"),
            Texts.of(spec, "empty"),
            Texts.of(spec, "z"));
    for (Outcome a : different) {
      assertThat(different.stream().filter(a::same)).containsExactly(a);
    }
    OutcomeNames names = new OutcomeNames();
    assertThat(different.stream().map(names::of))
        .containsExactly("no match", "no match (2)", "match", "match (2)", "empty", "empty (2)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[31mred\u0007", "a\u202eb", "\u0001", "<b>\u2028\ud800"})
  void namesAreSafeToShow(String hostile) {
    String shown = show("pattern:(?s)(.+)", hostile + "y".repeat(500));
    assertThat(shown).hasSizeLessThanOrEqualTo(60).doesNotContainPattern("\\p{C}");
    assertThat(show("pattern:(?s)(.+)", hostile)).isNotEmpty().doesNotContainPattern("\\p{C}");
  }

  @Test
  void aMegabyteIsReadInLinearWork() {
    assertThat(show("pattern:(\\w+)", LONG)).isEqualTo("so");
    assertThat(show("pattern:(s?o?)*(s?o?)*(s?o?)*x$", LONG)).isEqualTo("no match");
  }

  @Test
  void aPatternThatSearchesTheWholeTextAtEachPlaceIsGivenUp() {
    Pattern pattern = Pattern.compile("(?s)(so).*?end|(so)");
    PatternReader reader = new PatternReader(pattern, 2_000_000);
    assertThat(reader.apply(LONG).show()).isEqualTo("unread: the pattern takes too long");
    assertThat(reader.apply(LONG).readable()).isFalse();
    assertThat(reader.apply("so it is so").show()).isEqualTo("so");
    assertThat(show("pattern:(?s)(so).*?end|(so)", "so ".repeat(700))).isEqualTo("so");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          sorry          ~ I'm SORRY.        ~ contains
          sorry|cannot   ~ I cannot do it    ~ contains
          sorry | can not ~ I can not        ~ contains
          sorry|cannot   ~ I can             ~ does not contain
          cat            ~ concatenated      ~ contains
          STRASSE        ~ Straße            ~ contains
          οδος           ~ ΟΔΟΣ              ~ contains
          k              ~ 3 \u212a        ~ contains
          sorry          ~ ""                ~ does not contain
          .              ~ no point          ~ does not contain
          """)
  void containsLooksForAnyOfTheWords(String words, String text, String shown) {
    assertThat(show("contains:" + words, text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          3     ~ one two            ~ < 3 words
          3     ~ one two three      ~ ≥ 3 words
          3     ~ ""                 ~ < 3 words
          2,4   ~ a b                ~ 2–3 words
          2,4   ~ a                  ~ < 2 words
          2, 4  ~ a b c d e          ~ ≥ 4 words
          2,3   ~ a b                ~ 2 words
          2     ~ a\u00a0b           ~ ≥ 2 words
          2 words ~ a-b              ~ < 2 words
          3 characters ~ 𝒳𝒳           ~ < 3 characters
          3characters ~ 𝒳𝒳𝒳           ~ ≥ 3 characters
          """)
  void lengthSaysBetweenWhichLimits(String limits, String text, String shown) {
    assertThat(show("length:" + limits, text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          wait   ~ Wait, wait! WAIT  ~ 3
          wait   ~ waiter await      ~ 0
          wait   ~ ""                ~ 0
          wait   ~ wait_a            ~ 0
          wait   ~ wait-a            ~ 1
          a a    ~ a a a a           ~ 2
          a|b    ~ a b c             ~ 2
          a|A    ~ a                 ~ 1
          !      ~ no!!              ~ 2
          猫      ~ 黒猫と白猫         ~ 2
          caf    ~ café              ~ 0
          """)
  void countCountsWholeWords(String word, String text, String shown) {
    assertThat(show("count:" + word, text)).isEqualTo(shown);
  }

  @Test
  void countsEndAtTen() {
    assertThat(show("count:so", "so ".repeat(9))).isEqualTo("9");
    assertThat(show("count:so", "so ".repeat(10))).isEqualTo("10 or more");
    assertThat(Texts.of("count:so", LONG)).isEqualTo(Texts.of("count:so", LONG + "so"));
    assertThat(show("count:e", "e\u0301 e")).isEqualTo("1");
  }
}
