package criticalwindows.serve;

import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// The one thread that a model belongs to. Scripts that wait while a wave runs are the next wave,
/// so that requests which come together are computed together.
final class EngineThread implements AutoCloseable {
  private static final int MOST_WAITING = 65_536;
  private static final long GATHER_MILLISECONDS = 2;

  private final Model model;
  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>(MOST_WAITING);
  private final LongAdder waves = new LongAdder();
  private final LongAdder scripts = new LongAdder();
  private final Thread thread;
  private volatile boolean closed;

  EngineThread(Model model) {
    this.model = model;
    thread = Thread.ofPlatform().name("engine").start(this::work);
  }

  private sealed interface Job {
    void fail(Throwable cause);

    record Run(Script script, CompletableFuture<Completion> result) implements Job {
      @Override
      public void fail(Throwable cause) {
        result.completeExceptionally(cause);
      }
    }

    record Ask<T>(Function<Model, T> question, CompletableFuture<T> result) implements Job {
      void answer(Model model) {
        try {
          result.complete(question.apply(model));
        } catch (RuntimeException e) {
          result.completeExceptionally(e);
        }
      }

      @Override
      public void fail(Throwable cause) {
        result.completeExceptionally(cause);
      }
    }
  }

  /// What comes of some scripts, in their order.
  List<Completion> run(List<Script> wanted) throws InterruptedException {
    List<CompletableFuture<Completion>> results = new ArrayList<>();
    for (Script script : wanted) {
      results.add(new CompletableFuture<>());
      enqueue(new Job.Run(script, results.getLast()));
    }
    List<Completion> completions = new ArrayList<>();
    for (CompletableFuture<Completion> result : results) {
      completions.add(await(result));
    }
    return completions;
  }

  /// What the model says to a question, between two waves.
  <T> T ask(Function<Model, T> question) throws InterruptedException {
    CompletableFuture<T> result = new CompletableFuture<>();
    enqueue(new Job.Ask<>(question, result));
    return await(result);
  }

  private void enqueue(Job job) {
    if (closed) {
      throw new Refusal(503, "the server is stopping");
    }
    if (!jobs.offer(job)) {
      throw new Refusal(429, "too many requests are waiting");
    }
  }

  private static <T> T await(CompletableFuture<T> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Refusal refusal -> throw refusal;
        case IllegalArgumentException bad -> throw Refusal.bad(String.valueOf(bad.getMessage()));
        case null, default -> throw new IllegalStateException("the engine failed", e);
      }
    }
  }

  private void work() {
    try {
      while (!closed) {
        wave(jobs.take());
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
      job.fail(new Refusal(503, "the server is stopping"));
    }
  }

  private void wave(Job first) throws InterruptedException {
    List<Job.Run> runs = new ArrayList<>();
    sort(first, runs);
    Job next = jobs.poll(runs.isEmpty() ? 0 : GATHER_MILLISECONDS, TimeUnit.MILLISECONDS);
    while (next != null) {
      sort(next, runs);
      next = jobs.poll(runs.isEmpty() ? 0 : GATHER_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
    if (!runs.isEmpty()) {
      run(runs, List.copyOf(runs));
    }
  }

  private void sort(Job job, List<Job.Run> runs) {
    switch (job) {
      case Job.Run run -> runs.add(run);
      case Job.Ask<?> ask -> ask.answer(model);
    }
  }

  private void run(List<Job.Run> open, List<Job.Run> wave) throws InterruptedException {
    waves.increment();
    scripts.add(wave.size());
    try {
      model.run(
          wave.stream().map(Job.Run::script).toList(),
          (index, completion) -> wave.get(index).result.complete(completion));
    } catch (InterruptedException e) {
      open.forEach(run -> run.fail(new Refusal(503, "the server is stopping")));
      throw e;
    } catch (RuntimeException e) {
      open.forEach(run -> run.fail(e));
    }
  }

  int waiting() {
    return jobs.size();
  }

  long waves() {
    return waves.sum();
  }

  long scripts() {
    return scripts.sum();
  }

  /// Stops between two steps; whoever waits is told so.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
