package criticalwindows.vectors;

import criticalwindows.activation.ActivationReader;
import criticalwindows.activation.Extraction;
import criticalwindows.activation.WantedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// Reads the parts of a folder that are missing, with one reader or several side by side. A reader
/// computes no token twice; two of them both compute what their texts have in common.
public final class PartedExtraction {
  private final ActivationsFolder folder;
  private final Supplier<Source> sources;
  private final IntConsumer heard;

  /// What reads texts.
  public interface Source extends AutoCloseable {
    /// Reads texts in their order, and gives the vectors of each.
    ///
    /// @return tokens that were computed
    long read(List<WantedText> texts, Extraction.Sink sink) throws InterruptedException;

    @Override
    void close();

    /// A model that is read; it is closed with it.
    static Source of(ActivationReader reader) {
      return new Source() {
        @Override
        public long read(List<WantedText> texts, Extraction.Sink sink) throws InterruptedException {
          reader.trim(0, 0);
          Extraction extraction = new Extraction(reader);
          extraction.read(texts, sink);
          return extraction.computed();
        }

        @Override
        public void close() {
          reader.close();
        }
      };
    }
  }

  /// @param sources opens one; each is used by one thread
  /// @param heard how many more texts were written
  public PartedExtraction(ActivationsFolder folder, Supplier<Source> sources, IntConsumer heard) {
    this.folder = folder;
    this.sources = sources;
    this.heard = heard;
  }

  /// Reads what is missing.
  ///
  /// @param count readers side by side, at least 1
  /// @return tokens that were computed
  /// @throws InterruptedException if the thread is interrupted; the parts that were written stay
  public long run(int count) throws InterruptedException {
    List<List<Integer>> shares = shares(folder.missing(), count);
    if (shares.size() == 1) {
      return read(shares.getFirst());
    }
    long computed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, shares.size()))) {
      try {
        List<Future<Long>> all =
            shares.stream().map(share -> threads.submit(() -> read(share))).toList();
        for (Future<Long> each : all) {
          computed += each.get();
        }
      } catch (ExecutionException e) {
        throw unchecked(e);
      } finally {
        threads.shutdownNow();
      }
    }
    return computed;
  }

  private static RuntimeException unchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("a reader stopped", e);
    };
  }

  /// Neighbours stay together, and each share has about as many tokens.
  private List<List<Integer>> shares(List<Integer> parts, int count) {
    long all = parts.stream().mapToLong(this::tokens).sum();
    List<List<Integer>> shares = new ArrayList<>();
    long before = 0;
    for (int part : parts) {
      if (before >= all * shares.size() / count) {
        shares.add(new ArrayList<>());
      }
      shares.getLast().add(part);
      before += tokens(part);
    }
    return shares;
  }

  private long tokens(int part) {
    return texts(part).stream().mapToLong(text -> text.read().size()).sum();
  }

  private List<WantedText> texts(int part) {
    ExtractionPlan plan = folder.plan();
    int first = plan.first(part);
    return plan.texts().subList(first, first + plan.parts().get(part));
  }

  private long read(List<Integer> parts) throws InterruptedException {
    List<WantedText> texts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int part : parts) {
      texts.addAll(texts(part));
      ends.add(texts.size());
    }
    List<float[]> vectors = new ArrayList<>();
    List<Integer> open = new ArrayList<>(parts);
    try (Source source = sources.get()) {
      return source.read(
          texts,
          (text, found) -> {
            vectors.addAll(Arrays.asList(found));
            if (text + 1 == ends.getFirst()) {
              int part = open.removeFirst();
              ends.removeFirst();
              folder.write(part, vectors);
              vectors.clear();
              heard.accept(folder.plan().parts().get(part));
            }
          });
    }
  }
}
