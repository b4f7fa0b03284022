package criticalwindows.llamacpp;

import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The contexts of one model that work side by side, each on a thread of its own.
///
/// llama.cpp's own threads wait for each other, spinning, after every operation. In a small model
/// an operation is so short that much of the time is waiting, and where another program computes
/// too, nearly all of it is. Contexts wait for nobody (decision 9).
///
/// Scripts are dealt out before any runs, so that the same scripts are computed together whenever
/// the same run is made.
final class ParallelContexts implements AutoCloseable {
  private final List<Scheduler.Engine> engines;

  /// @param engines at least one, of the same model and the same shape
  ParallelContexts(List<Scheduler.Engine> engines) {
    this.engines = List.copyOf(engines);
  }

  Scheduler.Engine first() {
    return engines.getFirst();
  }

  int count() {
    return engines.size();
  }

  /// Sequences of all workers.
  int sequences() {
    return count() * first().context().shape().sequences();
  }

  void takeMemory() {
    engines.forEach(engine -> engine.context().takeMemory());
  }

  @Override
  public void close() {
    engines.forEach(engine -> engine.context().close());
  }

  /// Runs all scripts to their ends, and reports each on the calling thread.
  void run(List<Script> scripts, Model.Sink sink) throws InterruptedException {
    if (count() == 1) {
      new Scheduler(first(), scripts, sink).run();
      return;
    }
    List<Share> shares = deal(scripts);
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(shares.size())) {
      try {
        shares.forEach(share -> threads.execute(() -> share.run(scripts, events)));
        report(shares.size(), events, sink);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static void report(int workers, BlockingQueue<Event> events, Model.Sink sink)
      throws InterruptedException {
    for (int working = workers; working > 0; ) {
      switch (events.take()) {
        case Event.Finished script -> sink.finished(script.index, script.completion);
        case Event.Ended worker -> {
          working--;
          worker.rethrow();
        }
      }
    }
  }

  /// What a worker tells.
  private sealed interface Event {
    record Finished(int index, Completion completion) implements Event {}

    record Ended(Optional<Throwable> failure) implements Event {
      void rethrow() {
        switch (failure.orElse(null)) {
          case null -> {}
          case RuntimeException exception -> throw exception;
          case Error error -> throw error;
          case Throwable other -> throw new IllegalStateException("a worker stopped", other);
        }
      }
    }
  }

  /// The scripts of one worker, by their places among all.
  private record Share(Scheduler.Engine engine, List<Integer> indices) {
    void run(List<Script> all, BlockingQueue<Event> events) {
      @Nullable Throwable failure = null;
      try {
        List<Script> own = indices.stream().map(all::get).toList();
        Model.Sink sink =
            (index, completion) -> events.add(new Event.Finished(indices.get(index), completion));
        new Scheduler(engine, own, sink).run();
      } catch (InterruptedException | RuntimeException | Error e) {
        failure = e;
      }
      events.add(new Event.Ended(Optional.ofNullable(failure)));
    }
  }

  /// Every worker gets as many scripts as any other. Those with a common start stay together, on
  /// the worker that holds most of it, as far as that goes.
  ///
  /// @return those workers that have something to do
  private List<Share> deal(List<Script> scripts) {
    Map<Tokens, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < scripts.size(); i++) {
      groups.computeIfAbsent(scripts.get(i).start(), start -> new ArrayList<>()).add(i);
    }
    int most = Math.ceilDiv(scripts.size(), count());
    List<Hand> hands = engines.stream().map(engine -> new Hand(engine, most)).toList();
    groups.forEach(
        (start, indices) -> {
          int from = 0;
          while (from < indices.size()) {
            Hand hand = Hand.best(hands, start);
            from += hand.take(start, indices.subList(from, indices.size()));
          }
        });
    return hands.stream()
        .filter(hand -> !hand.indices.isEmpty())
        .map(hand -> new Share(hand.engine, List.copyOf(hand.indices)))
        .toList();
  }

  /// A worker while scripts are dealt out.
  private static final class Hand {
    private final Scheduler.Engine engine;
    private final int most;
    private final List<Integer> indices = new ArrayList<>();
    private Tokens last = Tokens.none();

    private Hand(Scheduler.Engine engine, int most) {
      this.engine = engine;
      this.most = most;
    }

    /// Of those with room, the one that will hold most of a text; the emptiest among equals.
    static Hand best(List<Hand> hands, Tokens start) {
      Hand best = hands.getFirst();
      int held = -1;
      for (Hand hand : hands) {
        int covers = hand.indices.size() < hand.most ? hand.covers(start) : -2;
        boolean emptier = hand.indices.size() < best.indices.size();
        if (covers > held || (covers == held && emptier)) {
          best = hand;
          held = covers;
        }
      }
      return best;
    }

    /// How much of a text is there already, or comes with the text before it; less than half of it
    /// is nothing.
    private int covers(Tokens start) {
      int kept =
          engine
              .sharedPrefixes()
              .best(start)
              .map(sharedPrefix -> sharedPrefix.covers(start))
              .orElse(0);
      int near = Math.min(last.size(), last.commonPrefix(start));
      return Math.max(kept, 2 * near >= start.size() ? near : 0);
    }

    private int take(Tokens start, List<Integer> offered) {
      int taken = Math.min(offered.size(), most - indices.size());
      indices.addAll(offered.subList(0, taken));
      last = start;
      return taken;
    }
  }
}
