package criticalwindows.world;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A finished text of a program, its answer, and the decisions that led there.
///
/// @param decisions in the order in which they were taken
public record WrittenReply(String text, String answer, List<ProgramDecision> decisions) {
  public WrittenReply {
    decisions = List.copyOf(decisions);
  }

  /// A text drawn from all that the program may write.
  public static WrittenReply sample(Program program, RandomGenerator random) {
    return follow(program, Path.FREE, random);
  }

  /// A text drawn from those that start with `prefix`, with exactly the probabilities that the
  /// program gives them; empty where it never writes such a text.
  public static Optional<WrittenReply> sample(
      Program program, String prefix, RandomGenerator random) {
    Replay replay = new Replay(prefix);
    Optional<Path> drawn = Optional.empty();
    double mass = 0;
    do {
      program.run(replay);
      if (replay.matches()) {
        mass += replay.weight();
        if (random.nextDouble() * mass < replay.weight()) {
          drawn = Optional.of(replay.path());
        }
      }
    } while (replay.advance());
    return drawn.map(path -> follow(program, path, random));
  }

  /// Reads a text back: the decisions that were taken to write it. Empty where the program never
  /// writes this text, or where the text stops too early.
  public static Optional<WrittenReply> read(Program program, String text) {
    Replay replay = new Replay(text);
    do {
      program.run(replay);
      if (replay.matches() && replay.written() == text.length()) {
        // The path covers the whole text, so nothing is left to chance.
        return Optional.of(follow(program, replay.path().whole(), new SplittableRandom(0)));
      }
    } while (replay.advance());
    return Optional.empty();
  }

  private static WrittenReply follow(Program program, Path path, RandomGenerator random) {
    ProgramSampler sampler = new ProgramSampler(random, path);
    String answer = program.run(sampler);
    return new WrittenReply(sampler.text(), answer, sampler.decisions());
  }
}
