package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.llamacpp.LlamaOptions.Attention;
import criticalwindows.llamacpp.Part.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The forward pass of our own says what llama.cpp says, whatever was forked, kept, moved and
/// forgotten before.
class SharedContextTest {
  /// Between log-probabilities: both round keys to 16 bits.
  private static final double MOST_APART = .05;

  private static final Cells.Shape SHAPE = new Cells.Shape(10, 256);

  private final Weights weights = BuiltIn.weights();
  private final Context shared = open(Attention.SHARED);
  private final Context stream = open(Attention.PLAIN);
  private final int vocabulary = shared.vocabulary();
  // Which sequence each was last forked from.
  private final int[] sources = IntStream.range(0, SHAPE.sequences()).toArray();

  private Context open(Attention attention) {
    return Context.open(weights, SHAPE, BuiltIn.OPTIONS.withAttention(attention));
  }

  @AfterEach
  void close() {
    shared.close();
    stream.close();
    weights.free();
  }

  private void both(Consumer<Context> change) {
    change.accept(shared);
    change.accept(stream);
  }

  /// Adds tokens to both batches, the last of which is asked.
  private int ask(int sequence, int... tokens) {
    for (int i = 0; i < tokens.length - 1; i++) {
      int token = tokens[i];
      both(context -> context.read(token, sequence));
    }
    int last = tokens[tokens.length - 1];
    int row = shared.ask(last, sequence);
    assertThat(stream.ask(last, sequence)).isEqualTo(row);
    return row;
  }

  private int[] text(Random random, int length) {
    return random.ints(length, 0, vocabulary).toArray();
  }

  private static float[] row(Context context, int row) {
    float[] into = new float[context.vocabulary()];
    context.row(row, into);
    return into;
  }

  /// Computes both batches, and compares that many rows.
  private void decode(int rows) throws InterruptedException {
    assertThat(shared.decode()).isEqualTo(stream.decode());
    for (int i = 0; i < rows; i++) {
      assertThat(apart(row(shared, i), row(stream, i))).as("row %d", i).isLessThan(MOST_APART);
    }
  }

  private static double apart(float[] a, float[] b) {
    double shift = logSum(a) - logSum(b);
    return IntStream.range(0, a.length)
        .mapToDouble(i -> Math.abs(a[i] - b[i] - shift))
        .reduce(0, Math::max);
  }

  private static double logSum(float[] logits) {
    return Math.log(IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i])).sum());
  }

  @Test
  void whateverIsDoneToSequencesTheyReadTheSame() throws InterruptedException {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      IntStream.range(0, SHAPE.sequences()).forEach(i -> both(context -> context.clear(i)));
      ask(0, text(random, 60 + random.nextInt(61)));
      decode(1);
      for (int i = 0; i < 120; i++) {
        change(random);
        sameHeld();
        if (random.nextInt(4) == 0) {
          decodeSome(random);
        }
      }
    }
  }

  private void change(Random random) {
    int from = random.nextInt(SHAPE.sequences());
    int to = (from + 1 + random.nextInt(SHAPE.sequences() - 1)) % SHAPE.sequences();
    int held = shared.held(from);
    int kept = random.nextBoolean() ? held : random.nextInt(held + 1);
    switch (random.nextInt(16)) {
      case 0, 1 -> both(context -> context.trim(from, Math.max(kept, held / 2)));
      case 2 -> both(context -> context.move(from, to));
      case 3 -> both(context -> context.clear(from));
      case 4 -> both(context -> context.keep(from, to, kept));
      case 5, 6 -> keepInSource(random.nextBoolean() ? from : longest());
      default -> forkSome(random, random.nextBoolean() ? from : longest());
    }
  }

  private int longest() {
    return IntStream.range(0, SHAPE.sequences())
        .boxed()
        .max(Comparator.comparingInt(shared::held))
        .orElseThrow();
  }

  /// Forks to one or several that follow each other, so that texts are read by many.
  private void forkSome(Random random, int from) {
    int held = shared.held(from);
    int first = random.nextInt(SHAPE.sequences());
    int count = 1 + random.nextInt(4);
    for (int to = first; to < Math.min(first + count, SHAPE.sequences()); to++) {
      if (to != from) {
        fork(from, to, held - random.nextInt(1 + held / 2));
      }
    }
  }

  private void fork(int from, int to, int kept) {
    both(context -> context.fork(from, to, kept));
    sources[to] = from;
  }

  /// Keeps a text where it was forked from, as one that goes on from a kept text is.
  private void keepInSource(int from) {
    int to = sources[from];
    if (to != from) {
      both(context -> context.keep(from, to, context.held(from)));
    }
  }

  private void sameHeld() {
    for (int i = 0; i < SHAPE.sequences(); i++) {
      assertThat(shared.held(i)).as("sequence %d", i).isEqualTo(stream.held(i));
    }
  }

  /// One or several tokens of some sequences.
  private void decodeSome(Random random) throws InterruptedException {
    int rows = 0;
    for (int sequence = 0; sequence < SHAPE.sequences(); sequence++) {
      int most = random.nextInt(3) == 0 ? random.nextInt(20) : random.nextInt(4) == 0 ? 0 : 1;
      int count = Math.min(most, SHAPE.cells() - shared.held(sequence));
      if (count > 0) {
        ask(sequence, text(random, count));
        rows++;
      }
    }
    if (rows > 0) {
      decode(rows);
    }
  }

  @Test
  void aKeptTextThatLeftItsTrunkIsTheNewOne() throws InterruptedException {
    Random random = new Random(3);
    ask(0, text(random, 80));
    decode(1);
    both(context -> context.fork(0, 1, 40));
    both(context -> context.fork(0, 2, 70));
    ask(1, text(random, 60));
    ask(2, text(random, 1));
    decode(2);
    // Sequence 1 went on in another way after 40 tokens, and sequence 2 needs 70 of the old ones.
    both(context -> context.keep(1, 0, 100));
    both(context -> context.fork(0, 3, 100));
    for (int sequence = 0; sequence < 4; sequence++) {
      ask(sequence, 17);
    }
    decode(4);
  }

  @Test
  void aLoneContinuationIsTheOriginalToTheLastBit() throws InterruptedException {
    int[] text = text(new Random(4), 90);
    ask(0, text);
    decode(1);
    shared.fork(0, 1, 90);
    for (int step = 0; step < 20; step++) {
      float[] original = alone(shared, 0, text[step]);
      assertThat(alone(shared, 1, text[step])).isEqualTo(original);
    }
  }

  private static float[] alone(Context context, int sequence, int token)
      throws InterruptedException {
    int row = context.ask(token, sequence);
    context.decode();
    return row(context, row);
  }

  @Test
  void aBatchLongerThanAPartReadsTheSame() throws InterruptedException {
    Random random = new Random(5);
    ask(0, text(random, 100));
    decode(1);
    for (int sequence = 1; sequence < SHAPE.sequences(); sequence++) {
      int kept = 20 + 8 * sequence;
      int to = sequence;
      both(context -> context.fork(0, to, kept));
    }
    for (int sequence = 1; sequence < SHAPE.sequences(); sequence++) {
      ask(sequence, text(random, 90 + 7 * sequence));
    }
    assertThat(shared.shape().batch() - shared.room()).isGreaterThan(2 * Limits.MICRO_BATCH);
    decode(SHAPE.sequences() - 1);
  }

  @Test
  void anInterruptEmptiesTheBatchsSequencesAndNoOthers() throws InterruptedException {
    Random random = new Random(6);
    ask(0, text(random, 80));
    decode(1);
    for (int sequence = 1; sequence < SHAPE.sequences(); sequence++) {
      int to = sequence;
      both(context -> context.fork(0, to, 60));
    }
    for (int sequence = 2; sequence < SHAPE.sequences(); sequence++) {
      for (int token : text(random, 190)) {
        shared.read(token, sequence);
      }
    }
    interruptWhileItComputes();
    assertThat(IntStream.range(0, SHAPE.sequences()).map(shared::held))
        .containsExactly(80, 60, 0, 0, 0, 0, 0, 0, 0, 0);
    IntStream.range(2, SHAPE.sequences()).forEach(stream::clear);
    both(context -> context.fork(1, 2, 50));
    both(context -> context.fork(0, 3, 80));
    for (int sequence = 0; sequence < 5; sequence++) {
      ask(sequence, text(random, 1 + sequence));
    }
    decode(5);
  }

  /// Waits until the other thread is inside the forward pass.
  private void interruptWhileItComputes() throws InterruptedException {
    CompletableFuture<Integer> computed = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    computed.complete(shared.decode());
                  } catch (InterruptedException | RuntimeException e) {
                    computed.completeExceptionally(e);
                  }
                });
    while (!computed.isDone() && !computing(thread)) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();
    assertThatThrownBy(computed::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  private static boolean computing(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(Forward.class.getName()));
  }

  @Test
  void theLibraryItselfStopsAtAnInterrupt() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      entries.add(new Entry(i, 0, i, false));
    }
    Thread.currentThread().interrupt();
    int code = shared.compute(entries);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(code).isEqualTo(Context.ABORTED);
  }

  @Test
  void whatWouldNotBeRightIsRefused() throws InterruptedException {
    ask(0, text(new Random(8), 40));
    assertThatThrownBy(() -> shared.keep(0, 1, 40)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> shared.move(0, 1)).isInstanceOf(IllegalStateException.class);
    decode(1);
    assertThatThrownBy(() -> shared.keep(0, 1, 41)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> shared.keep(0, 0, 40)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> shared.move(0, 0)).isInstanceOf(IllegalStateException.class);
    assertThat(shared.held(0)).isEqualTo(40);
  }
}
