package criticalwindows.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// What one thread reads while another works on it, batch by batch. The one that reads never waits,
/// since the other may want to read in between.
final class Batches<T> {
  private final CompletableFuture<?> end;
  private CompletableFuture<Link<T>> next;

  private Batches(CompletableFuture<Link<T>> first, CompletableFuture<?> end) {
    this.next = first;
    this.end = end;
  }

  /// One batch, and those after it.
  ///
  /// @param batch empty at the end
  private record Link<T>(List<T> batch, CompletableFuture<Link<T>> rest) {}

  /// How batches are read.
  interface Reader<T> {
    /// Hands over the batches, none of them empty.
    void read(Consumer<List<T>> taker);
  }

  /// Begins to read.
  static <T> Batches<T> of(Reader<T> reader) {
    return read(CompletableFuture.completedFuture(null), reader);
  }

  /// Begins to read when all of these are read.
  Batches<T> then(Reader<T> reader) {
    return read(end, reader);
  }

  private static <T> Batches<T> read(CompletableFuture<?> before, Reader<T> reader) {
    CompletableFuture<Link<T>> first = new CompletableFuture<>();
    Chain<T> chain = new Chain<>(first);
    return new Batches<>(
        first, before.thenRunAsync(() -> chain.read(reader), Thread::startVirtualThread));
  }

  /// The reader's end of the batches.
  private static final class Chain<T> {
    private CompletableFuture<Link<T>> last;

    Chain(CompletableFuture<Link<T>> first) {
      this.last = first;
    }

    void read(Reader<T> reader) {
      try {
        reader.read(this::add);
        add(List.of());
      } catch (RuntimeException | Error e) {
        last.completeExceptionally(e);
      }
    }

    private void add(List<T> batch) {
      CompletableFuture<Link<T>> rest = new CompletableFuture<>();
      last.complete(new Link<>(batch, rest));
      last = rest;
    }
  }

  /// Works on all that is read, in order, once.
  ///
  /// @throws RuntimeException as the reader does, after what was read before
  void forEach(Consumer<T> action) {
    for (List<T> batch = take(); !batch.isEmpty(); batch = take()) {
      batch.forEach(action);
    }
  }

  private List<T> take() {
    try {
      Link<T> link = next.join();
      next = link.rest();
      return link.batch();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
