package criticalwindows.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PackerTest {
  private static final int COLUMNS = 10;
  private static final int PADDING = 1;

  private final Packer packer = new Packer(COLUMNS, PADDING);

  @Test
  void documentsShareTheFirstRowThatTheyFitAndTheFullestRowIsClosed() {
    add(6);
    add(7);
    add(3); // goes to the 6
    add(2); // goes to the 7
    add(4);
    add(2); // goes to the 4
    for (int i = 0; i < 38; i++) {
      assertThat(packer.closed()).isEmpty();
      add(8);
    }
    assertThat(packer.closed()).hasSize(1);
    assertThat(packer.closed().getFirst()).containsExactly(6, 6, 6, 6, 6, 6, 3, 3, 3, PADDING);
  }

  @Test
  void aDocumentAsLongAsARowIsKeptAndALongerOneLeftOut() {
    assertThat(packer.add(document(COLUMNS + 1))).isFalse();
    assertThat(packer.add(document(COLUMNS))).isTrue();
    for (int i = 0; i < 40; i++) {
      add(6);
    }
    assertThat(packer.closed()).hasSize(1);
    assertThat(packer.closed().getFirst()).containsOnly(COLUMNS);
  }

  @Test
  void noDocumentIsLostOrCut() {
    SplittableRandom random = new SplittableRandom(3);
    int[] added = new int[COLUMNS + 1];
    while (packer.closed().size() < 1000) {
      int length = 2 + random.nextInt(COLUMNS - 1);
      add(length);
      added[length]++;
    }
    int[] found = new int[COLUMNS + 1];
    for (int[] row : packer.closed()) {
      int at = 0;
      while (at < COLUMNS && row[at] != PADDING) {
        int length = row[at];
        assertThat(Arrays.copyOfRange(row, at, at + length)).containsOnly(length);
        found[length]++;
        at += length;
      }
      assertThat(Arrays.stream(row, at, COLUMNS).allMatch(id -> id == PADDING)).isTrue();
    }
    // All but what lies in the rows that are still open, 40 at most.
    int left = 0;
    for (int length = 2; length <= COLUMNS; length++) {
      assertThat(found[length]).isLessThanOrEqualTo(added[length]);
      left += (added[length] - found[length]) * length;
    }
    assertThat(left).isLessThanOrEqualTo(40 * COLUMNS);
  }

  private void add(int length) {
    assertThat(packer.add(document(length))).isTrue();
  }

  /// A document whose every id is its length.
  private static int[] document(int length) {
    int[] ids = new int[length];
    Arrays.fill(ids, length);
    return ids;
  }
}
