package criticalwindows.explain;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.explain.KindStudy.Verdict;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Responses of 100 tokens with planted kinds, and windows of four of them.
class KindStudyTest {
  private static final int LENGTH = 100;

  private final SplittableRandom random = new SplittableRandom(11);

  /// A response in which "so" is one token in ten, numbers grow from none to two in five, and the
  /// window is anywhere.
  private WindowText anywhere() {
    List<Set<TokenKind>> kinds = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      kinds.add(
          random.nextDouble() < .1
              ? Set.of(TokenKind.CONCLUSION)
              : random.nextDouble() < .4 * i / LENGTH ? Set.of(TokenKind.NUMBER) : Set.of());
    }
    int from = random.nextInt(LENGTH - 3);
    return new WindowText(kinds, List.of(), from, from + 4);
  }

  /// The same where each window begins at a "so", which is its least likely token.
  private WindowText atSo() {
    WindowText text = anywhere();
    List<Set<TokenKind>> kinds = new ArrayList<>(text.kinds());
    kinds.set(text.from(), Set.of(TokenKind.CONCLUSION));
    List<Double> logProbs = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      logProbs.add(i == text.from() ? -2.0 : -random.nextDouble());
    }
    return new WindowText(kinds, logProbs, text.from(), text.to());
  }

  /// The same where each window is in the last tenth, where numbers are.
  private WindowText late() {
    return new WindowText(anywhere().kinds(), List.of(), 93, 97);
  }

  private static KindStudy study(int windows, java.util.function.Supplier<WindowText> text) {
    List<WindowText> all = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      all.add(text.get());
    }
    return KindStudy.of(all);
  }

  private static KindStudy.Row row(KindStudy study, TokenKind kind) {
    return study.rows().stream().filter(row -> row.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void whatIsPlantedInEveryWindowIsFound() {
    KindStudy study = study(60, this::atSo);
    KindStudy.Row so = row(study, TokenKind.CONCLUSION);
    assertThat(so.verdict()).isEqualTo(Verdict.MORE);
    // One token of four always, the three others one time in ten, against one time in ten.
    assertThat(so.found().interval().holds((1 + 3 * .1) / 4 / .1)).isTrue();
    assertThat(so.swapped().interval().holds(1)).isTrue();
    assertThat(row(study, TokenKind.NUMBER).verdict()).isNotEqualTo(Verdict.MORE);
    assertThat(study.least()).isEqualTo(new Proportion(60, 60));
    assertThat(study.leastSwapped().successes()).isLessThan(10);
    assertThat(study.windows()).isEqualTo(60);
    assertThat(study.tokens()).isEqualTo(240);
    assertThat(study.rare()).hasSize(TokenKind.values().length - 2).contains(TokenKind.NAME);
  }

  @Test
  void whereWindowsAreAnywhereNothingIsClaimedMoreOftenThanStated() {
    int rounds = 400;
    int held = 0;
    int claims = 0;
    for (int round = 0; round < rounds; round++) {
      KindStudy study = study(40, this::anywhere);
      held += row(study, TokenKind.CONCLUSION).found().interval().holds(1) ? 1 : 0;
      claims += study.rows().stream().anyMatch(row -> row.verdict() != Verdict.OPEN) ? 1 : 0;
    }
    // 400 rounds at .95 have a standard error of .011.
    assertThat(held).isBetween((int) (.92 * rounds), (int) (.99 * rounds));
    assertThat(claims).isLessThanOrEqualTo((int) (.08 * rounds));
  }

  /// A window of one token, or of up to six, anywhere in a response in which every kind has
  /// probabilities of its own.
  private WindowText mixed(int widest) {
    double[] probs = {.02, .05, .1, .2, .08, .3, .03, .12, .15, .06};
    int length = 60 + random.nextInt(200);
    List<Set<TokenKind>> kinds = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Set<TokenKind> here = EnumSet.noneOf(TokenKind.class);
      int place = 0;
      for (TokenKind kind : TokenKind.values()) {
        if (random.nextDouble() < probs[place++ % probs.length]) {
          here.add(kind);
        }
      }
      kinds.add(Set.copyOf(here));
    }
    int width = 1 + random.nextInt(widest);
    int from = random.nextInt(length - width + 1);
    return new WindowText(kinds, List.of(), from, from + width);
  }

  /// Without the test by chance, of 5 windows of one token .17 of all studies claim something.
  @ParameterizedTest
  @CsvSource({"5, 1", "6, 1", "6, 6", "10, 1"})
  void ofFewWindowsNothingIsClaimedMoreOftenThanStated(int windows, int widest) {
    int rounds = 300;
    int claims = 0;
    for (int round = 0; round < rounds; round++) {
      KindStudy study = study(windows, () -> mixed(widest));
      claims += study.rows().stream().anyMatch(row -> row.verdict() != Verdict.OPEN) ? 1 : 0;
    }
    // 300 rounds at .05 have a standard error of .013.
    assertThat(claims).isLessThanOrEqualTo(26);
  }

  @Test
  void aKindThatIsCommonWhereWindowsAreIsNoMoreFrequentInThem() {
    int held = 0;
    for (int round = 0; round < 200; round++) {
      KindStudy.Row numbers = row(study(40, this::late), TokenKind.NUMBER);
      held += numbers.found().interval().holds(1) ? 1 : 0;
      // Of the whole response, .18 are numbers.
      assertThat(numbers.found().expected()).isGreaterThan(.22);
    }
    assertThat(held).isBetween(182, 200);
  }

  @Test
  void ofFewWindowsNothingIsSaid() {
    assertThat(study(KindStudy.FEWEST - 1, this::atSo).rows()).isEmpty();
    assertThat(study(KindStudy.FEWEST, this::atSo).rows()).isNotEmpty();
    KindStudy none = KindStudy.of(List.of());
    assertThat(none.windows()).isZero();
    assertThat(none.least().known()).isFalse();
  }

  @Test
  void aWindowThatIsAllOfItsResponseHasNothingOutside() {
    WindowText whole = new WindowText(List.of(Set.of(TokenKind.NUMBER)), List.of(), 0, 1);
    List<WindowText> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(whole);
    }
    assertThat(KindStudy.of(all).rows()).isEmpty();
  }
}
