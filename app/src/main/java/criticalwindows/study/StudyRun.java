package criticalwindows.study;

import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.hub.ModelFiles;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.study.TrainingStudy.Repetition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Computes what a study's folder does not hold yet: repetitions side by side, the arms of each one
/// after another. A cell is kept when it has come to its end, so whatever stops the program costs
/// the cells that were under way, and what the arms of their repetitions share.
///
/// @param threads repetitions that are computed side by side, at least 1
public record StudyRun(StudyFolder folder, Tools tools, int threads, Watch watch) {
  /// @param boxes opens models to be trained
  /// @param fitter fits probes
  /// @param files of the built-in models
  /// @param clock nothing that is measured depends on it
  public record Tools(
      WhiteBoxes boxes, ProbeFitter fitter, ModelFiles files, InstantSource clock) {}

  /// Hears of each cell that has come to its end.
  @FunctionalInterface
  public interface Watch {
    /// @param done cells of the whole study
    /// @param all cells of the whole study
    void at(StudyCell cell, int done, int all);
  }

  /// Works until all cells are there.
  ///
  /// @throws InterruptedException if the thread is interrupted
  public void run() throws InterruptedException {
    List<Long> seeds =
        folder.design().seeds().stream().filter(seed -> !missing(seed).isEmpty()).toList();
    if (seeds.isEmpty()) {
      return;
    }
    Path scratch = scratch();
    Lab lab =
        new Lab(
            new Lab.Fits(tools.boxes(), tools.fitter()),
            tools.files(),
            scratch,
            tools.clock(),
            new HashMap<>());
    ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    try {
      ExecutorCompletionService<Boolean> work = new ExecutorCompletionService<>(pool);
      seeds.forEach(seed -> work.submit(() -> repeat(lab, seed)));
      for (int i = 0; i < seeds.size(); i++) {
        work.take().get();
      }
    } catch (ExecutionException e) {
      throw thrown(Objects.requireNonNull(e.getCause()));
    } finally {
      stop(pool);
      Lab.delete(scratch);
    }
  }

  /// Returns when nothing runs any more: an arm that is under way ends at its next step.
  private static void stop(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Path scratch() {
    try {
      return folder.scratch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What failed in a thread of the pool fails here.
  private static RuntimeException thrown(Throwable cause) throws InterruptedException {
    return switch (cause) {
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException failure -> failure;
      case Error error -> throw error;
      default -> new IllegalStateException(cause);
    };
  }

  private boolean repeat(Lab lab, long seed) throws InterruptedException {
    List<String> arms = missing(seed);
    try (Repetition repetition = folder.study().repeat(lab, folder.size(), seed)) {
      for (String arm : arms) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        StudyCell cell = new StudyCell(seed, arm, repetition.arm(arm));
        synchronized (folder) {
          folder.add(cell);
          watch.at(cell, folder.cells().size(), folder.all());
        }
      }
    }
    return true;
  }

  private List<String> missing(long seed) {
    Set<String> done =
        folder.cells().stream()
            .filter(cell -> cell.seed() == seed)
            .map(StudyCell::arm)
            .collect(Collectors.toSet());
    return folder.design().arms().stream().filter(arm -> !done.contains(arm)).toList();
  }
}
