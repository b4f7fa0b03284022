package criticalwindows.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySetTest {
  @Test
  void isASetOfKeysLikeAnyOther() {
    Random random = new Random(3);
    KeySet keys = new KeySet();
    Set<Key> expected = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      Key key = key(random);
      assertThat(keys.add(key)).isEqualTo(expected.add(key));
      Key other = key(random);
      assertThat(keys.contains(other)).isEqualTo(expected.contains(other));
    }
    assertThat(keys).isEqualTo(expected);
    assertThat(new KeySet(keys)).isEqualTo(expected);
    assertThat(new KeySet(expected)).isEqualTo(keys);
    assertThat(keys.count("b"))
        .isEqualTo((int) expected.stream().filter(key -> key.item().equals("b")).count());
    assertThat(keys.count("none")).isZero();
  }

  @Test
  void aCopyGrowsAlone() {
    KeySet keys = new KeySet(List.of(Key.direct("a")));
    KeySet copy = new KeySet(keys);
    copy.add(Key.early("a", 3));
    assertThat(keys).containsExactly(Key.direct("a"));
    assertThat(copy).hasSize(2);
  }

  @Test
  void keysInARowAreAddedTogether() {
    KeySet keys = new KeySet();
    keys.add(Key.resample("a", 7, 2));
    keys.addFrom(Key.resample("a", 7, 1), 3);
    keys.addFrom(Key.resample("a", 7, 9), 0);
    List<Key> expected = new ArrayList<>();
    IntStream.of(1, 2, 3).forEach(index -> expected.add(Key.resample("a", 7, index)));
    assertThat(keys).containsExactlyElementsOf(expected).hasSize(3);
  }

  private static Key key(Random random) {
    Arm arm =
        List.of(Arm.ORIGINAL, Arm.RESAMPLE, Arm.EARLY, new Arm("judge")).get(random.nextInt(4));
    return new Key(
        List.of("a", "b", "c").get(random.nextInt(3)), arm, random.nextInt(4), random.nextInt(70));
  }
}
