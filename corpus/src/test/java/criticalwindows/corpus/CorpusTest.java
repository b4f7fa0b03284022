package criticalwindows.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import criticalwindows.tokenizer.Tokenizer;
import criticalwindows.world.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two shards, as one thread writes them.
final class CorpusTest {
  private static final int BEGIN = 0;
  private static final int PADDING = 1;
  private static final int HEAD = 2;
  private static final int HEAD_END = 3;
  private static final int END_OF_TURN = 4;

  @TempDir private static Path shared;
  private static Path shards = Path.of("");
  private static Corpus.Count count = new Corpus.Count(0, 0, 0, 0);

  @TempDir private Path folder;

  @BeforeAll
  static void write() throws InterruptedException {
    shards = shared.resolve("new").resolve("shards");
    count = corpus(5).write(shards, 2, 1);
  }

  @Test
  void theThreadsDoNotMatter() throws Exception {
    assertThat(corpus(5).write(folder, 2, 2)).isEqualTo(count);
    for (String name : List.of("shard-00000.u16", "shard-00001.u16")) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(shards.resolve(name));
    }
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void noTwoShardsAreTheSame() throws IOException {
    assertThat(rows(0).getFirst()).isNotEqualTo(rows(1).getFirst());
  }

  @Test
  void theCountIsThatOfTheFiles() throws IOException {
    long learned = 0;
    long documents = 0;
    for (int shard = 0; shard < 2; shard++) {
      List<int[]> rows = rows(shard);
      assertThat(rows).hasSize(Corpus.ROWS);
      for (int[] row : rows) {
        learned += Arrays.stream(row).filter(id -> id >= Encoder.LEARNED).count();
        documents += Arrays.stream(row).filter(id -> id == BEGIN).count();
      }
    }
    assertThat(count.tokens()).isEqualTo(2L * Corpus.ROWS * Corpus.COLUMNS);
    assertThat(count.learned()).isEqualTo(learned);
    assertThat(learned).isBetween(count.tokens() / 4, count.tokens() * 3 / 4);
    // What lies in the rows that were still open is made and not written.
    assertThat(documents).isBetween(count.documents() - 2 * 40 * 8, count.documents());
    assertThat(count.dropped()).isLessThan(count.documents() / 1000);
  }

  @Test
  void everyRowHoldsWholeDocumentsAndThenPadding() throws IOException {
    for (int[] row : rows(0)) {
      int end = Corpus.COLUMNS;
      while (row[end - 1] == PADDING) {
        end--;
      }
      assertThat(row[0]).isEqualTo(BEGIN);
      assertThat(Arrays.copyOf(row, end)).doesNotContain(PADDING, PADDING | Encoder.LEARNED);
      for (int[] document : documents(row, end)) {
        int last = document[document.length - 1];
        // A run of one word that was cut at its greatest length has not ended.
        if (last != document[document.length - 2]) {
          assertThat(last).isEqualTo(END_OF_TURN | Encoder.LEARNED);
        }
      }
    }
  }

  /// Roles, headers, the system's and the user's turns are given.
  @Test
  void onlyTheAssistantsTextIsLearned() throws IOException {
    int assistant = corpus(5).tokenizer().encode("assistant")[0];
    for (int[] row : rows(0)) {
      boolean head = false;
      boolean speaking = false;
      for (int i = 0; i < row.length; i++) {
        int id = row[i];
        if (id == BEGIN || id == HEAD) {
          speaking = false;
        }
        head = (head || id == HEAD) && id != HEAD_END;
        if (id == HEAD) {
          speaking = row[i + 1] == assistant;
        }
        assertThat(id < Encoder.LEARNED || (speaking && !head)).isTrue();
      }
    }
  }

  @Test
  void aFolderWithShardsIsLeftAlone() throws IOException {
    UserError failure = catchThrowableOfType(UserError.class, () -> corpus(6).write(shards, 1, 1));
    assertThat(failure).hasMessage(shards + " holds shards");
    assertThat(failure.hint()).isEqualTo("name a new folder, or empty that one");
    assertThat(rows(0)).hasSize(Corpus.ROWS);
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path inside = Files.writeString(folder.resolve("taken"), "").resolve("shards");
    UserError failure = catchThrowableOfType(UserError.class, () -> corpus(6).write(inside, 1, 1));
    assertThat(failure).hasMessageStartingWith(inside + " cannot be written: ");
    assertThat(failure.hint()).startsWith("name a folder that you may write to");
  }

  @Test
  void namesSortAsNumbersDo() {
    assertThat(Corpus.name(0)).isEqualTo("shard-00000.u16");
    assertThat(Corpus.name(7)).isEqualTo("shard-00007.u16");
    assertThat(Corpus.name(99_999)).isEqualTo("shard-99999.u16");
  }

  private static Corpus corpus(long seed) {
    return new Corpus(Policy.ALIGNED, Tokenizer.read(Path.of("../organism")), seed);
  }

  private static List<int[]> rows(int shard) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(shards.resolve(Corpus.name(shard))));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    List<int[]> rows = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int[] row = new int[Corpus.COLUMNS];
      for (int i = 0; i < row.length; i++) {
        row[i] = Short.toUnsignedInt(bytes.getShort());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<int[]> documents(int[] row, int end) {
    List<int[]> documents = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= end; i++) {
      if (i == end || row[i] == BEGIN) {
        documents.add(Arrays.copyOfRange(row, from, i));
        from = i;
      }
    }
    return documents;
  }
}
