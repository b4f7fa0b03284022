package criticalwindows.serve;

import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The one thread that a model belongs to. What waits while a wave runs is the next wave, so that
/// requests which come together are computed together; each request has at most [#SLICE] scripts in
/// a wave, so that a long one does not keep the others waiting. A request whose client is gone is
/// dropped, and a wave that nobody waits for is stopped.
final class EngineThread implements AutoCloseable {
  /// The most scripts of one request in one wave.
  static final int SLICE = 32;

  private static final int MOST_WAITING = 65_536;
  private static final long GATHER_NANOSECONDS = 2_000_000;
  private static final long LOOK_MILLISECONDS = 500;

  private final Model model;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final LongAdder waves = new LongAdder();
  private final LongAdder scripts = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;

  // All of these are guarded by the lock.
  private final Deque<Job> jobs = new ArrayDeque<>();
  private List<Turn> wave = List.of();
  private int waiting;
  private boolean closed;
  private String failure = "";

  EngineThread(Model model) {
    this.model = model;
    thread = Thread.ofPlatform().name("engine").start(this::work);
  }

  /// Whoever waits for an answer.
  @FunctionalInterface
  interface Caller {
    /// For those that cannot go away.
    Caller STAYS = () -> true;

    /// Whether they are still there.
    boolean there();
  }

  /// The scripts of one request.
  private static final class Job {
    private final List<Script> wanted;
    private final List<Optional<Completion>> done;
    private final CompletableFuture<List<Completion>> result = new CompletableFuture<>();
    private int next;
    private int left;

    Job(List<Script> wanted) {
      this.wanted = List.copyOf(wanted);
      done = new ArrayList<>(Collections.nCopies(wanted.size(), Optional.empty()));
      left = wanted.size();
    }

    void finish(int index, Completion completion) {
      if (done.set(index, Optional.of(completion)).isEmpty() && --left == 0) {
        result.complete(done.stream().flatMap(Optional::stream).toList());
      }
    }
  }

  /// A script of a request in a wave.
  private record Turn(Job job, int index) {
    boolean over() {
      return job.result.isDone() || job.done.get(index).isPresent();
    }
  }

  /// What comes of some scripts, in their order.
  ///
  /// @throws Refusal if the caller has gone
  List<Completion> run(List<Script> wanted, Caller caller) throws InterruptedException {
    Job job = new Job(wanted);
    enqueue(job);
    try {
      while (true) {
        try {
          return job.result.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (!caller.there()) {
            throw new Refusal(499, "nobody waits for this any more");
          }
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Refusal refusal -> throw refusal;
        case IllegalArgumentException bad -> throw Refusal.bad(String.valueOf(bad.getMessage()));
        case null, default -> throw new IllegalStateException("the engine failed", e);
      }
    } finally {
      drop(job);
    }
  }

  private void enqueue(Job job) {
    lock.lock();
    try {
      requireRunning();
      if (waiting + job.wanted.size() > MOST_WAITING) {
        throw new Refusal(429, "too many requests are waiting");
      }
      waiting += job.wanted.size();
      jobs.add(job);
      more.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Nobody waits for this one any more, be it because it has its answer.
  private void drop(Job job) {
    lock.lock();
    try {
      if (jobs.remove(job)) {
        waiting -= job.wanted.size() - job.next;
      }
      if (!job.result.isDone()) {
        dropped.increment();
        job.result.cancel(false);
        if (!wave.isEmpty() && wave.stream().allMatch(Turn::over)) {
          thread.interrupt();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether it still works.
  ///
  /// @throws Refusal with the reason, if not
  void requireRunning() {
    lock.lock();
    try {
      if (closed) {
        throw refusal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      while (goesOn()) {
        turn();
      }
    } catch (Throwable e) {
      // Whoever waits must hear of it, whatever it was, and so must everybody who comes later.
      lock.lock();
      try {
        failure = String.valueOf(e);
      } finally {
        lock.unlock();
      }
    }
    end();
  }

  private Refusal refusal() {
    return new Refusal(
        503,
        failure.isEmpty()
            ? "the server is stopping"
            : "the engine has failed and must be started again: " + failure);
  }

  private boolean goesOn() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      closed = true;
      wave.forEach(turn -> turn.job.result.completeExceptionally(refusal()));
      jobs.forEach(job -> job.result.completeExceptionally(refusal()));
      jobs.clear();
      waiting = 0;
    } finally {
      lock.unlock();
    }
  }

  /// One wave.
  private void turn() {
    try {
      run(next());
    } catch (InterruptedException e) {
      // Closed, or nobody waits for the wave any more; what is left of it is looked at again.
    } finally {
      again();
    }
  }

  private void run(List<Turn> turns) throws InterruptedException {
    waves.increment();
    scripts.add(turns.size());
    try {
      model.run(
          turns.stream().map(turn -> turn.job.wanted.get(turn.index)).toList(),
          (index, completion) -> {
            lock.lock();
            try {
              turns.get(index).job.finish(turns.get(index).index, completion);
            } finally {
              lock.unlock();
            }
          });
    } catch (RuntimeException e) {
      turns.forEach(turn -> turn.job.result.completeExceptionally(e));
    }
  }

  /// A share of each request that waits: whoever comes within two milliseconds is in it.
  private List<Turn> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (jobs.isEmpty()) {
        more.await();
      }
      long left = GATHER_NANOSECONDS;
      while (left > 0) {
        left = more.awaitNanos(left);
      }
      List<Turn> all = new ArrayList<>();
      for (Job job : List.copyOf(jobs)) {
        slice(job, all);
      }
      wave = List.copyOf(all);
      return wave;
    } finally {
      lock.unlock();
    }
  }

  private void slice(Job job, List<Turn> all) {
    int end = Math.min(job.wanted.size(), job.next + SLICE);
    for (int i = job.next; i < end; i++) {
      if (job.done.get(i).isEmpty()) {
        all.add(new Turn(job, i));
      }
    }
    waiting -= end - job.next;
    job.next = end;
    if (end == job.wanted.size()) {
      jobs.remove(job);
    }
  }

  /// What a wave that was stopped has left undone and somebody waits for is done in the next.
  private void again() {
    lock.lock();
    try {
      List<Job> open = new ArrayList<>();
      for (Turn turn : wave) {
        Job job = turn.job;
        if (!turn.over()) {
          if (!open.contains(job)) {
            open.add(job);
          }
          if (turn.index < job.next) {
            waiting += job.next - turn.index;
            job.next = turn.index;
          }
        }
      }
      for (Job job : open.reversed()) {
        jobs.remove(job);
        jobs.addFirst(job);
      }
      wave = List.of();
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  long waves() {
    return waves.sum();
  }

  long scripts() {
    return scripts.sum();
  }

  long dropped() {
    return dropped.sum();
  }

  /// Stops between two steps; whoever waits is told so.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
