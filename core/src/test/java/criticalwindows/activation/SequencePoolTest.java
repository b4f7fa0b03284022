package criticalwindows.activation;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SequencePoolTest {
  private static final HookPoint HOOK = new HookPoint(Site.RESIDUAL, 1);

  private static float[] sums(float[][] vectors) {
    float[] sums = new float[vectors.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = vectors[i][1];
    }
    return sums;
  }

  @Test
  void handsOutEachVectorOnceAndComputesEachTokenOnce() throws InterruptedException {
    FakeActivations reader = new FakeActivations(List.of(HOOK), 1);
    SequencePool pool = new SequencePool(reader);
    SequencePool.Text text = pool.begin(Tokens.of(1, 2));
    assertThat(sums(text.read(Tokens.of(3)))).containsExactly(3, 6);
    assertThat(sums(text.read(Tokens.of(4, 5)))).containsExactly(10, 15);
    assertThat(text.read(Tokens.none())).isEmpty();
    text.trim(1);
    assertThat(sums(text.read(Tokens.of(7)))).containsExactly(13);
    assertThat(pool.computed()).isEqualTo(6).isEqualTo(reader.computed());
  }

  @Test
  void thePromptAloneHasAVectorToo() throws InterruptedException {
    SequencePool pool = new SequencePool(new FakeActivations(List.of(HOOK), 1));
    SequencePool.Text text = pool.begin(Tokens.of(1, 2));
    assertThat(sums(text.read(Tokens.none()))).containsExactly(3);
    text.trim(0);
    assertThat(sums(text.read(Tokens.of(3)))).containsExactly(6);
  }

  @Test
  void theOldestIsForgottenAndReadAgain() throws InterruptedException {
    FakeActivations reader = new FakeActivations(List.of(HOOK), 2);
    SequencePool pool = new SequencePool(reader);
    SequencePool.Text a = pool.begin(Tokens.of(1));
    SequencePool.Text b = pool.begin(Tokens.of(2));
    SequencePool.Text c = pool.begin(Tokens.of(3));
    a.read(Tokens.of(10));
    b.read(Tokens.of(10));
    a.read(Tokens.of(10));
    c.read(Tokens.of(10)); // In the place of b.
    assertThat(reader.computed()).isEqualTo(7);
    assertThat(sums(a.read(Tokens.of(10)))).containsExactly(31);
    assertThat(reader.computed()).isEqualTo(8);
    assertThat(sums(b.read(Tokens.of(10)))).containsExactly(22);
    assertThat(reader.computed()).isEqualTo(11);
  }

  @Test
  void whateverComesInWhateverOrderTheVectorsAreThoseOfTheTexts() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(4);
    SequencePool pool = new SequencePool(new FakeActivations(List.of(HOOK), 3));
    List<SequencePool.Text> texts = new ArrayList<>();
    List<List<Integer>> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      texts.add(pool.begin(Tokens.of(i)));
      expected.add(new ArrayList<>());
      texts.get(i).read(Tokens.none());
    }
    for (int step = 0; step < 2000; step++) {
      int at = random.nextInt(7);
      List<Integer> response = expected.get(at);
      if (response.size() > 60 || random.nextInt(4) == 0) {
        int kept = random.nextInt(response.size() + 1);
        response.subList(kept, response.size()).clear();
        texts.get(at).trim(kept);
      }
      int token = random.nextInt(50);
      response.add(token);
      int sum = at + response.stream().mapToInt(Integer::intValue).sum();
      assertThat(sums(texts.get(at).read(Tokens.of(token)))).containsExactly(sum);
    }
  }
}
