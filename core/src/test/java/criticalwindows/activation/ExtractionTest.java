package criticalwindows.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtractionTest {
  /// Its vectors are hashes of all tokens so far; it counts what it computes.
  private static final class Hashing implements ActivationReader {
    private static final int MOST = 60;

    private Tokens text = Tokens.none();
    private int computed;
    private int handedOut;

    static float[] vector(Tokens prefix) {
      return new float[] {prefix.hashCode(), prefix.size()};
    }

    @Override
    public int layers() {
      return 3;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public List<HookPoint> hooks() {
      return List.of(new HookPoint(Site.RESIDUAL, 2));
    }

    @Override
    public int sequences() {
      return 1;
    }

    @Override
    public int contextLength() {
      return MOST;
    }

    @Override
    public float[][] read(int sequence, Tokens next, int[] wanted) {
      assertThat(next.isEmpty()).isFalse();
      int held = text.size();
      text = text.plus(next);
      computed += next.size();
      handedOut += wanted.length;
      return IntStream.of(wanted)
          .mapToObj(place -> vector(text.prefix(held + place + 1)))
          .toArray(float[][]::new);
    }

    @Override
    public void trim(int sequence, int kept) {
      assertThat(kept).isBetween(0, text.size());
      text = text.prefix(kept);
    }

    @Override
    public void close() {}
  }

  private static Tokens tokens(int... ids) {
    return Tokens.of(ids);
  }

  /// Every text has what it wants, and as many tokens are computed as the texts have different
  /// beginnings.
  private static void check(List<WantedText> texts) throws InterruptedException {
    List<WantedText> sorted = Extraction.sorted(texts);
    Hashing reader = new Hashing();
    Extraction extraction = new Extraction(reader);
    List<Integer> order = new ArrayList<>();
    extraction.read(
        sorted,
        (i, vectors) -> {
          order.add(i);
          WantedText text = sorted.get(i);
          assertThat(vectors).hasNumberOfRows(text.kept().size());
          Tokens whole = text.prompt().plus(text.response());
          for (int p = 0; p < vectors.length; p++) {
            int length = text.prompt().size() + text.kept().get(p);
            assertThat(vectors[p]).containsExactly(Hashing.vector(whole.prefix(length)));
          }
        });
    Set<Tokens> beginnings = new HashSet<>();
    Set<Tokens> places = new HashSet<>();
    for (WantedText text : texts) {
      Tokens read = text.read();
      IntStream.rangeClosed(1, read.size()).forEach(n -> beginnings.add(read.prefix(n)));
      text.kept().forEach(kept -> places.add(read.prefix(text.position(kept) + 1)));
    }
    assertThat(order).isEqualTo(IntStream.range(0, texts.size()).boxed().toList());
    assertThat(extraction.computed()).isEqualTo(beginnings.size());
    assertThat(reader.computed).isEqualTo(beginnings.size());
    assertThat(reader.handedOut).isEqualTo(places.size());
  }

  @Test
  void aPlaceInASharedBeginningIsReadOnceForAllThatWantIt() throws InterruptedException {
    check(
        List.of(
            new WantedText("a", "g", tokens(1, 2, 3), tokens(4, 5), List.of(2)),
            new WantedText("b", "g", tokens(1, 2, 3), tokens(4, 6), List.of(-1, 0, 1)),
            new WantedText("c", "g", tokens(1, 2, 3), tokens(4, 5), List.of(-2, 2)),
            new WantedText("d", "g", tokens(1, 2), tokens(3, 4, 5, 6), List.of(0, 4)),
            new WantedText("e", "g", tokens(9), Tokens.none(), List.of(0))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noTokenOfTextsByChanceIsComputedTwice(long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    List<WantedText> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Tokens prompt = Tokens.of(random.ints(1 + random.nextInt(5), 0, 2).toArray());
      Tokens response = Tokens.of(random.ints(random.nextInt(20), 0, 2).toArray());
      List<Integer> kept =
          random
              .ints(1 + random.nextInt(4), 1 - prompt.size(), response.size() + 1)
              .sorted()
              .distinct()
              .boxed()
              .toList();
      texts.add(new WantedText("t" + i, "g", prompt, response, kept));
    }
    check(texts);
  }

  @Test
  void whatStandsBehindTheLastPlaceIsNotComputed() throws InterruptedException {
    Hashing reader = new Hashing();
    Extraction extraction = new Extraction(reader);
    extraction.read(
        List.of(new WantedText("a", "g", tokens(1, 2), tokens(3, 4, 5), List.of(0))),
        (i, vectors) -> {});
    assertThat(extraction.computed()).isEqualTo(2);
  }

  @Test
  void aTextThatIsTooLongIsAUserErrorBeforeAnythingIsComputed() {
    Hashing reader = new Hashing();
    Tokens response = Tokens.of(new int[Hashing.MOST]);
    assertThatThrownBy(
            () ->
                new Extraction(reader)
                    .read(
                        List.of(
                            new WantedText("a", "g", tokens(1), Tokens.none(), List.of(0)),
                            new WantedText("b", "g", tokens(1), response, List.of(60))),
                        (i, vectors) -> {}))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e)
                  .hasMessage("the text b has 61 tokens up to its last place, and 60 can be read");
              assertThat(e.hint()).contains("longer context");
            });
    assertThat(reader.computed).isZero();
  }
}
