package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.llamacpp.Part.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How a batch is divided. No numbers are computed here: cells are only counted.
class PartTest {
  private static final Limits WIDE = new Limits(512, 100_000);
  private static final Cells.Shape SHAPE = new Cells.Shape(12, 256);

  private final Weights weights = BuiltIn.weights();
  private final Cells cells = new Cells(weights.requireDecoder(), SHAPE);

  @AfterEach
  void close() {
    cells.close();
    weights.free();
  }

  private void hold(int sequence, int tokens) {
    cells.grow(sequence, tokens);
  }

  /// The next tokens of a sequence, the last of which is asked.
  private static List<Entry> next(int sequence, int held, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Entry(i, sequence, held + i, i == count - 1))
        .toList();
  }

  private static List<Entry> one(List<Integer> sequences, int at) {
    return sequences.stream().map(sequence -> new Entry(1, sequence, at, true)).toList();
  }

  private static List<AttentionGroup> readings(List<Part> parts) {
    return parts.stream().flatMap(part -> part.readings().stream()).toList();
  }

  /// Two shared prefixes, 0 and 1, with neighbours that read them, and two sequences of their own.
  private void twoSharedPrefixes() {
    hold(0, 100);
    hold(1, 100);
    for (int sequence = 2; sequence < 10; sequence++) {
      cells.fork(sequence < 6 ? 0 : 1, sequence, 90);
    }
    hold(10, 90);
    hold(11, 90);
  }

  @Test
  void neighboursGoTogetherIfTheyReadTheSameSharedPrefixOrNone() {
    twoSharedPrefixes();
    List<Entry> batch = one(List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11), 90);
    assertThat(readings(Part.of(batch, cells, WIDE)))
        .containsExactly(
            new AttentionGroup(0, 4, 2, false, 0, 96, 16),
            new AttentionGroup(4, 4, 6, false, 1, 96, 16),
            new AttentionGroup(8, 2, 10, false, 10, 0, 96));
  }

  @Test
  void aHoleOrTheTrunkItselfKeepsReadersApart() {
    twoSharedPrefixes();
    assertThat(readings(Part.of(one(List.of(2, 4, 3), 90), cells, WIDE))).hasSize(3);
    List<Entry> withSharedPrefix = new ArrayList<>(next(1, 100, 1));
    withSharedPrefix.addAll(next(2, 90, 1));
    cells.clear(2);
    cells.fork(1, 2, 90);
    assertThat(readings(Part.of(withSharedPrefix, cells, WIDE)))
        .containsExactly(
            new AttentionGroup(0, 1, 1, false, 1, 0, 112),
            new AttentionGroup(1, 1, 2, false, 1, 96, 16));
  }

  @Test
  void aLongTextIsReadInPiecesWherePairsAreFew() {
    hold(0, 100);
    Limits limits = new Limits(512, 2_048);
    List<Part> parts = Part.of(next(0, 100, 120), cells, limits);
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(readings(parts)).anyMatch(AttentionGroup::together);
    assertSound(next(0, 100, 120), parts, limits);
  }

  @Test
  void aPartHasNoMoreTokensThanItMay() {
    List<Entry> batch = new ArrayList<>(next(0, 0, 200));
    batch.addAll(next(1, 0, 200));
    Limits limits = new Limits(64, 100_000);
    List<Part> parts = Part.of(batch, cells, limits);
    assertThat(parts.subList(0, parts.size() - 1)).allMatch(part -> part.entries().size() == 64);
    assertSound(batch, parts, limits);
  }

  @Test
  void theRowsAskedForAreInTheirPlaces() {
    List<Entry> batch = new ArrayList<>(next(0, 0, 3));
    batch.addAll(next(1, 0, 1));
    batch.addAll(next(2, 0, 2));
    assertThat(Part.of(batch, cells, WIDE))
        .singleElement()
        .satisfies(part -> assertThat(part.asked()).containsExactly(2, 3, 5));
  }

  @Test
  void everyBatchIsDividedSoundly() {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      IntStream.range(0, SHAPE.sequences()).forEach(cells::clear);
      List<Entry> batch = anyBatch(random);
      Limits limits = new Limits(1 + random.nextInt(128), 2_048 + random.nextInt(20_000));
      assertSound(batch, Part.of(batch, cells, limits), limits);
    }
  }

  private List<Entry> anyBatch(Random random) {
    hold(0, 40 + random.nextInt(100));
    hold(1, 40 + random.nextInt(100));
    List<Entry> batch = new ArrayList<>();
    for (int sequence = 2; sequence < SHAPE.sequences(); sequence++) {
      int held = random.nextInt(41);
      cells.fork(random.nextInt(2), sequence, held);
      int count = random.nextInt(3) == 0 ? random.nextInt(60) : random.nextInt(2);
      batch.addAll(next(sequence, held, count));
    }
    return batch;
  }

  /// Every token once and in order, within the limits, and nothing that it reads is left out.
  private void assertSound(List<Entry> batch, List<Part> parts, Limits limits) {
    assertThat(parts.stream().flatMap(part -> part.entries().stream())).isEqualTo(batch);
    for (Part part : parts) {
      assertThat(part.entries()).hasSizeBetween(1, limits.tokens());
      assertThat(part.readings().stream().mapToLong(AttentionGroup::pairs).sum())
          .isLessThanOrEqualTo(limits.pairs());
      int next = 0;
      for (AttentionGroup reading : part.readings()) {
        assertThat(reading.first()).isEqualTo(next);
        next += reading.count();
        assertCovers(part, reading);
      }
      assertThat(next).isEqualTo(part.entries().size());
    }
  }

  private void assertCovers(Part part, AttentionGroup reading) {
    for (int i = 0; i < reading.count(); i++) {
      Entry entry = part.entries().get(reading.first() + i);
      int shared = cells.shared(entry.sequence());
      assertThat(entry.sequence()).isEqualTo(reading.sequence() + (reading.together() ? 0 : i));
      assertThat(reading.shared() == 0).isEqualTo(shared == 0);
      assertThat(shared == 0 || reading.sharedPrefix() == cells.sharedPrefix(entry.sequence()))
          .isTrue();
      assertThat(reading.shared()).isBetween(shared, SHAPE.cells());
      assertThat(reading.own()).isBetween(entry.at() + 1 - shared, SHAPE.cells());
    }
  }
}
