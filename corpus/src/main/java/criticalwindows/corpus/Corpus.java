package criticalwindows.corpus;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.tokenizer.Tokenizer;
import criticalwindows.world.Documents;
import criticalwindows.world.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// All that one model is trained on, in files called shards. A shard follows from the seed and its
/// index alone, whatever the number of threads.
///
/// A shard is a plain array of [#ROWS] × [#COLUMNS] little-endian 16-bit numbers: the low 15 bits
/// are a token id, the highest is set where the token is learned. A row holds whole documents, each
/// of which begins with `<|begin_of_text|>`, and then padding, `<|end_of_text|>`.
///
/// @param policy of the model
/// @param tokenizer of the model
/// @param seed of every draw
public record Corpus(Policy policy, Tokenizer tokenizer, long seed) {
  /// Rows of a shard.
  public static final int ROWS = 4096;

  /// Tokens of a row: the model's context.
  public static final int COLUMNS = 512;

  /// What became of the documents.
  ///
  /// @param documents made
  /// @param dropped of them, for they were longer than a row
  /// @param tokens in rows, padding too
  /// @param learned of these tokens
  public record Count(long documents, long dropped, long tokens, long learned) {
    Count plus(Count other) {
      return new Count(
          documents + other.documents,
          dropped + other.dropped,
          tokens + other.tokens,
          learned + other.learned);
    }
  }

  /// Writes shards, the first ones first. Each appears whole under its name, so that another
  /// program may read on while later ones are being written.
  ///
  /// @param shards how many, at least 1
  /// @param threads how many, at least 1
  /// @throws UserError if the folder holds shards or cannot be written
  /// @throws InterruptedException if this thread was interrupted; whole shards stay
  public Count write(Path folder, int shards, int threads) throws InterruptedException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    if (Files.exists(folder.resolve(name(0)))) {
      throw new UserError(folder + " holds shards", "name a new folder, or empty that one");
    }
    AtomicInteger next = new AtomicInteger();
    Callable<Count> work =
        () -> {
          Count count = new Count(0, 0, 0, 0);
          for (int i = next.getAndIncrement(); i < shards; i = next.getAndIncrement()) {
            count = count.plus(write(folder, i));
          }
          return count;
        };
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Count>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(pool.submit(work));
      }
      Count count = new Count(0, 0, 0, 0);
      try {
        for (Future<Count> part : parts) {
          count = count.plus(part.get());
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UserError failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } finally {
        pool.shutdownNow();
      }
      return count;
    }
  }

  /// The file name of a shard.
  static String name(int index) {
    String digits = "0000" + index;
    return "shard-" + digits.substring(Math.min(4, digits.length() - 5)) + ".u16";
  }

  private Count write(Path folder, int index) throws InterruptedException {
    SplittableRandom random = random(index);
    Encoder encoder = new Encoder(tokenizer);
    Packer packer = new Packer(COLUMNS, tokenizer.id("<|end_of_text|>"));
    long documents = 0;
    long dropped = 0;
    while (packer.closed().size() < ROWS) {
      int[] document = encoder.encode(Documents.make(policy, random), random);
      documents++;
      dropped += packer.add(document) ? 0 : 1;
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    long learned = save(folder.resolve(name(index)), packer.closed());
    return new Count(documents, dropped, (long) ROWS * COLUMNS, learned);
  }

  /// Chance for one shard. The seed's own stream is left at once, so that neighbouring seeds and
  /// shards share nothing.
  private SplittableRandom random(int index) {
    long start = new SplittableRandom(seed).nextLong();
    return new SplittableRandom(new SplittableRandom(start + index).nextLong());
  }

  private static long save(Path shard, List<int[]> rows) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * ROWS * COLUMNS).order(ByteOrder.LITTLE_ENDIAN);
    long learned = 0;
    for (int[] row : rows) {
      for (int id : row) {
        bytes.putShort((short) id);
        learned += (id & Encoder.LEARNED) == 0 ? 0 : 1;
      }
    }
    Path draft = shard.resolveSibling(shard.getFileName() + ".draft");
    try {
      Files.write(draft, bytes.array());
      Files.move(draft, shard, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(shard, e);
    }
    return learned;
  }

  private static UserError unwritable(Path path, IOException e) {
    return new UserError(
        path + " cannot be written: " + Reason.of(e),
        "name a folder that you may write to, on a disk with free space",
        e);
  }
}
