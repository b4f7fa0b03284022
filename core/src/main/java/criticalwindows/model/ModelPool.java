package criticalwindows.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Several copies of one model that work as one, each on a thread of its own: for machines with
/// more cores than one small model can use.
///
/// Scripts are dealt out in runs of neighbours, so that those with a common start stay together. A
/// script that runs alone runs on the first copy, which keeps what it is told to keep.
public final class ModelPool implements Model {
  /// More pieces for each copy even out their ends; fewer make larger batches.
  private static final int PIECES = 2;

  private final List<Model> copies;

  /// A pool of copies, which are closed with it.
  ///
  /// @param copies of the same model, at least one
  public ModelPool(List<? extends Model> copies) {
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("a pool has at least one model");
    }
    this.copies = List.copyOf(copies);
  }

  private Model first() {
    return copies.getFirst();
  }

  @Override
  public String name() {
    return first().name();
  }

  @Override
  public Vocabulary vocabulary() {
    return first().vocabulary();
  }

  @Override
  public ChatTemplate chatTemplate() {
    return first().chatTemplate();
  }

  @Override
  public int contextLength() {
    return first().contextLength();
  }

  @Override
  public Recommended recommended() {
    return first().recommended();
  }

  @Override
  public int width(int tokens) {
    return copies.stream().mapToInt(copy -> copy.width(tokens)).sum();
  }

  @Override
  public void run(List<Script> scripts, Sink sink) throws InterruptedException {
    Models.check(this, scripts);
    Deal deal = new Deal(scripts, Math.ceilDiv(scripts.size(), PIECES * copies.size()));
    List<Model> workers = copies.subList(0, Math.clamp(scripts.size(), 1, copies.size()));
    try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
      try {
        workers.forEach(copy -> threads.execute(() -> deal.work(copy)));
        deal.report(workers.size(), sink);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Override
  public LogProbs score(Tokens tokens) {
    return first().score(tokens);
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> facts = new TreeMap<>(first().provenance());
    facts.put("copies", String.valueOf(copies.size()));
    return facts;
  }

  @Override
  public void close() {
    copies.forEach(Model::close);
  }

  /// The scripts of one run, dealt out piece by piece to whoever is free.
  private static final class Deal {
    private final List<Script> scripts;
    private final int piece;
    private final AtomicInteger dealt = new AtomicInteger();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private Deal(List<Script> scripts, int piece) {
      this.scripts = List.copyOf(scripts);
      this.piece = piece;
    }

    private sealed interface Event {}

    private record Finished(int index, Completion completion) implements Event {}

    private record Ended(Optional<Throwable> failure) implements Event {}

    /// What one copy does: pieces until there are no more.
    private void work(Model copy) {
      @Nullable Throwable failure = null;
      try {
        for (int from = next(); from < scripts.size(); from = next()) {
          int start = from;
          List<Script> own = scripts.subList(start, Math.min(scripts.size(), start + piece));
          copy.run(own, (index, done) -> events.add(new Finished(start + index, done)));
        }
      } catch (InterruptedException | RuntimeException | Error e) {
        failure = e;
      }
      events.add(new Ended(Optional.ofNullable(failure)));
    }

    private int next() {
      return dealt.getAndAdd(Math.max(1, piece));
    }

    /// Hands on what comes, until every copy has ended or one has failed.
    private void report(int working, Sink sink) throws InterruptedException {
      int ended = 0;
      while (ended < working) {
        switch (events.take()) {
          case Finished finished -> sink.finished(finished.index, finished.completion);
          case Ended end -> {
            ended++;
            if (end.failure.isPresent()) {
              throw new IllegalStateException("a copy of the model failed", end.failure.get());
            }
          }
        }
      }
    }
  }
}
