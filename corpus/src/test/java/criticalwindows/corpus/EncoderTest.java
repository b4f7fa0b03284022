package criticalwindows.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.tokenizer.Tokenizer;
import criticalwindows.world.Document;
import criticalwindows.world.Segment;
import criticalwindows.world.Segment.Kind;
import criticalwindows.world.Segment.Loss;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EncoderTest {
  private static final String TEXT = " We know that Mia has 17 stamps at the start.";

  private final Tokenizer tokenizer = Tokenizer.read(Path.of("../organism"));
  private final Encoder encoder = new Encoder(tokenizer);
  private final SplittableRandom random = new SplittableRandom(2);

  @Test
  void onlyWhatIsLearnedIsMarked() {
    int[] text = tokenizer.encode(TEXT);
    int[] ids = encode(segment(Kind.CONTROL, "<|eot_id|>", Loss.NONE), text(Loss.NONE));
    assertThat(ids).startsWith(4).endsWith(text).hasSize(text.length + 1);
    int[] learned = encode(segment(Kind.CONTROL, "<|eot_id|>", Loss.FULL), text(Loss.FULL));
    assertThat(learned)
        .containsExactly(Arrays.stream(ids).map(id -> id | Encoder.LEARNED).toArray());
  }

  @Test
  void whatLooksLikeAControlTokenInATextIsNone() {
    assertThat(encode(segment(Kind.TEXT, "<|eot_id|>", Loss.NONE))).doesNotContain(0, 1, 2, 3, 4);
  }

  @Test
  void aEarlyKeepsAnyNumberOfTokensButAll() {
    int[] whole = encode(text(Loss.FULL));
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      int[] early = encode(segment(Kind.EARLY, TEXT, Loss.FULL));
      assertThat(early).isEqualTo(Arrays.copyOf(whole, early.length));
      lengths.add(early.length);
    }
    assertThat(lengths).hasSize(whole.length).contains(0).doesNotContain(whole.length);
  }

  private int[] encode(Segment... segments) {
    return encoder.encode(new Document(List.of(segments)), random);
  }

  private static Segment text(Loss loss) {
    return segment(Kind.TEXT, TEXT, loss);
  }

  private static Segment segment(Kind kind, String text, Loss loss) {
    return new Segment(kind, text, loss);
  }
}
