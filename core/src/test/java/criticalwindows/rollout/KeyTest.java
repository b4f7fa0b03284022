package criticalwindows.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
  private static final Arm JUDGE = new Arm("judge");

  @Test
  void aSeedHashesEveryPartOfItsKey() {
    Key key = new Key("ab", JUDGE, 1, 2);
    Set<Long> seeds = new HashSet<>();
    List<Key> others =
        List.of(
            key,
            new Key("ac", JUDGE, 1, 2),
            new Key("ab", new Arm("judgement"), 1, 2),
            new Key("ab", new Arm("jury"), 1, 2),
            new Key("abj", new Arm("udge"), 1, 2),
            new Key("a", new Arm("bjudge"), 1, 2),
            new Key("ab", JUDGE, 2, 2),
            new Key("ab", JUDGE, 1, 3),
            new Key("ab", JUDGE, 2, 1));
    others.forEach(other -> seeds.add(other.seed(7)));
    seeds.add(key.seed(8));
    assertThat(seeds).hasSize(others.size() + 1);
    assertThat(new Key("ab", JUDGE, 1, 2).seed(7)).isEqualTo(key.seed(7));
  }

  @Test
  void keysAreOrderedByItemArmTokensKeptAndIndex() {
    assertThat(Key.early("a", 3)).isGreaterThan(Key.original("a"));
    assertThat(Key.early("a", 3)).isLessThan(Key.resample("a", 2, 0));
    assertThat(Key.resample("a", 2, 9)).isLessThan(Key.resample("a", 10, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Judge", "a b", "-a", "a-", "a--b", "2"})
  void anArmHasAPlainName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Arm(name))
        .withMessageContaining(name);
  }
}
