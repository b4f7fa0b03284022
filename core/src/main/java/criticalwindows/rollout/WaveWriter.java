package criticalwindows.rollout;

import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Sampled;
import criticalwindows.model.Scored;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.noise.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Turns completions into a ledger's rows, and commits them: at the end of a wave, and on the way
/// where a wave takes long. Waves come into the ledger one by one, in their order: of what a later
/// one goes on from, nothing can be missing.
final class WaveWriter {
  private static final Duration LONG = Duration.ofSeconds(5);

  private final Model model;
  private final Ledger ledger;
  private final InstantSource clock;
  private final String engine;
  private final List<Sample> pending = new ArrayList<>();
  private CompletableFuture<Void> underWay = CompletableFuture.allOf();
  private Instant committed;
  private int wave;

  WaveWriter(Model model, Ledger ledger, InstantSource clock) {
    this.model = model;
    this.ledger = ledger;
    this.clock = clock;
    this.engine = model.provenance().getOrDefault("engine", model.name());
    this.committed = clock.instant();
    this.wave = ledger.lastWave() + 1;
  }

  /// Takes what came of a task.
  ///
  /// @return its rows
  List<Sample> add(Task task, Completion written) {
    boolean scored = task.score().isPresent() || written.scores().isEmpty();
    Completion completion = scored ? written : InParts.whole(task.script(), written);
    List<Sample> rows = new ArrayList<>();
    for (int i = 0; i < completion.samples().size(); i++) {
      rows.add(row(task, task.turn(i), completion.samples().get(i), completion.elapsed()));
    }
    for (List<Scored> scores : completion.scores()) {
      rows.add(given(task, scores.getFirst()));
    }
    return add(rows);
  }

  /// A text that was given and scored.
  private Sample given(Task task, Scored scored) {
    Tokens tokens = task.scored().orElseThrow();
    String text = model.vocabulary().decode(tokens);
    return new Sample(
        task.key(),
        Sample.Turn.RESPONSE,
        tokens,
        text,
        Written.of(model.vocabulary(), tokens).ends(),
        task.finish(),
        scored.logProbs(),
        WatchedLogProbs.NONE,
        Predicted.of(scored.predictions(), model.vocabulary()),
        task.script().seed(),
        engine,
        wave,
        Duration.ZERO);
  }

  private List<Sample> add(List<Sample> rows) {
    if (underWay.isCompletedExceptionally()) {
      settle(); // What comes after a wave that cannot be kept is worth nothing.
    }
    pending.addAll(rows);
    if (Duration.between(committed, clock.instant()).compareTo(LONG) > 0) {
      begin();
    }
    return rows;
  }

  /// Commits what is pending: it is in the ledger when this returns.
  void commit() {
    begin();
    settle();
  }

  /// Begins to commit what is pending, once all before it is in the ledger. A failure shows with
  /// the next sample or commit.
  void begin() {
    settle();
    if (!pending.isEmpty()) {
      List<Sample> rows = List.copyOf(pending);
      pending.clear();
      wave++;
      underWay = CompletableFuture.runAsync(() -> ledger.append(rows), Thread::startVirtualThread);
    }
    committed = clock.instant();
  }

  /// Waits until what was begun is in the ledger, out of an interrupt's reach.
  private void settle() {
    try {
      underWay.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case null, default -> throw e;
      }
    }
  }

  private Sample row(Task task, Sample.Turn turn, Sampled sampled, Duration elapsed) {
    Tokens tokens = sampled.tokens();
    String text = model.vocabulary().decode(tokens);
    boolean cut = task.key().is(Arm.ORIGINAL) && turn == Sample.Turn.RESPONSE;
    return new Sample(
        task.key(),
        turn,
        tokens,
        text,
        cut ? Written.of(model.vocabulary(), tokens).ends() : List.of(),
        sampled.finish(),
        sampled.logProbs(),
        sampled.probs(),
        Predicted.of(sampled.predictions(), model.vocabulary()),
        task.script().seed(),
        engine,
        wave,
        elapsed);
  }
}
