package criticalwindows.experiment;

import criticalwindows.experiment.CotScripts.Task;
import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Sampled;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Turns completions into a ledger's rows, and commits them: at the end of a wave, and on the way
/// where a wave takes long.
final class WaveWriter {
  private static final Duration LONG = Duration.ofSeconds(5);

  private final Model model;
  private final Ledger ledger;
  private final InstantSource clock;
  private final String engine;
  private final List<Sample> pending = new ArrayList<>();
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
  /// @return how many tokens were sampled for it
  int add(Task task, Completion completion) {
    List<Sample.Turn> turns = turns(task.key().role(), completion.samples().size());
    int tokens = 0;
    for (int i = 0; i < turns.size(); i++) {
      Sampled sampled = completion.samples().get(i);
      pending.add(row(task, turns.get(i), sampled, completion.elapsed()));
      tokens += sampled.logProbs().size();
    }
    if (Duration.between(committed, clock.instant()).compareTo(LONG) > 0) {
      commit();
    }
    return tokens;
  }

  /// Takes a text that was given and scored.
  void given(Key key, Tokens tokens, LogProbs scores) {
    String text = model.vocabulary().decode(tokens);
    pending.add(
        new Sample(
            key,
            Sample.Turn.RESPONSE,
            tokens,
            text,
            Written.of(model.vocabulary(), tokens).ends(),
            FinishReason.STOP,
            scores,
            0,
            engine,
            wave,
            Duration.ZERO));
  }

  /// Commits what is pending.
  void commit() {
    if (!pending.isEmpty()) {
      ledger.append(List.copyOf(pending));
      pending.clear();
      wave++;
    }
    committed = clock.instant();
  }

  /// @param sampled turns: where nothing was asked for after a response, there is no answer
  private static List<Sample.Turn> turns(Key.Role role, int sampled) {
    return switch (role) {
      case ORIGINAL, RESAMPLE, HINTED ->
          List.of(Sample.Turn.RESPONSE, Sample.Turn.ANSWER).subList(0, sampled);
      case STUMP, DIRECT -> List.of(Sample.Turn.ANSWER);
      case GIVEN -> List.of();
    };
  }

  private Sample row(Task task, Sample.Turn turn, Sampled sampled, Duration elapsed) {
    Tokens tokens = sampled.tokens();
    String text = model.vocabulary().decode(tokens);
    boolean cut = task.key().role() == Key.Role.ORIGINAL && turn == Sample.Turn.RESPONSE;
    return new Sample(
        task.key(),
        turn,
        tokens,
        text,
        cut ? Written.of(model.vocabulary(), tokens).ends() : List.of(),
        sampled.finish(),
        sampled.logProbs(),
        sampled.odds(),
        sampled.entropies(),
        task.script().seed(),
        engine,
        wave,
        elapsed);
  }
}
