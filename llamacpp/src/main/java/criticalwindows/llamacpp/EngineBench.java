package criticalwindows.llamacpp;

import criticalwindows.model.Models;
import criticalwindows.model.Sampler;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The scheduler and what it is measured against: the same work by a bare loop, and by hand, one
/// text after another. All three draw plainly to a fixed length, whatever tokens come, with the
/// same native calls and the same sampler. Each starts from an empty memory and leaves one.
public final class EngineBench {
  /// No id, so that no text ends early.
  private static final Set<Integer> NEVER = Set.of(Integer.MAX_VALUE);

  private EngineBench() {}

  /// How long something took.
  ///
  /// @param sampled tokens
  /// @param first until every sequence could draw its first token; zero where the two cannot be
  ///   told apart
  /// @param rest from then on
  public record Timing(long sampled, Duration first, Duration rest) {
    /// Sampled tokens per second of `rest`.
    public double tokensPerSecond() {
      return sampled / (rest.toNanos() / 1e9);
    }

    /// All of it.
    public Duration total() {
      return first.plus(rest);
    }
  }

  /// A bare loop: one text is read, so many sequences are forked from it, and each draws one token
  /// at every step; no scripts, no stops, nothing kept or reported.
  ///
  /// @param sequences less than the model's memory holds
  /// @param steps tokens of each
  public static Timing bare(LlamaModel model, Tokens start, int sequences, int steps)
      throws InterruptedException {
    return model.withFreshContext(
        start.size() + steps, context -> new Loop(model, context).run(start, sequences, steps));
  }

  /// The same through [LlamaModel#run]: so many scripts from each start. Its memory is made before
  /// the clock starts, as it is for the others.
  ///
  /// @param starts different texts, which may be prefixes of each other
  /// @param each scripts from every start
  /// @param steps tokens of each
  public static Timing scheduled(LlamaModel model, List<Tokens> starts, int each, int steps)
      throws InterruptedException {
    List<Step> write = List.of(new Step.Sample(Sampling.PLAIN, steps, NEVER));
    List<Script> scripts = new ArrayList<>();
    for (Tokens start : starts) {
      IntStream.range(0, each).forEach(i -> scripts.add(new Script(start, write, scripts.size())));
    }
    model.forget(scripts.stream().mapToInt(Script::mostTokens).max().orElse(1));
    long began = System.nanoTime();
    Models.run(model, scripts);
    Duration rest = Duration.ofNanos(System.nanoTime() - began);
    return new Timing((long) scripts.size() * steps, Duration.ZERO, rest);
  }

  /// The same by hand: every text is read and gone on from alone, one after another, by llama.cpp's
  /// own forward pass.
  ///
  /// @param starts one for each text to write
  /// @param steps tokens of each
  public static Timing naive(LlamaModel model, List<Tokens> starts, int steps)
      throws InterruptedException {
    int longest = starts.stream().mapToInt(Tokens::size).max().orElse(1);
    return model.withPlainContext(
        longest + steps,
        context -> {
          Timing sum = new Timing(0, Duration.ZERO, Duration.ZERO);
          for (Tokens start : starts) {
            Timing one = new Loop(model, context).run(start, 1, steps);
            sum =
                new Timing(
                    sum.sampled + one.sampled, sum.first.plus(one.first), sum.rest.plus(one.rest));
          }
          return sum;
        });
  }

  private static final class Loop {
    private final Context context;
    private final Sampler sampler;
    private final float[] row;
    private final SplittableRandom random = new SplittableRandom(0);

    private Loop(LlamaModel model, Context context) {
      this.context = context;
      sampler = new Sampler(model.vocabulary().size());
      row = new float[model.vocabulary().size()];
    }

    private Timing run(Tokens start, int sequences, int steps) throws InterruptedException {
      long began = System.nanoTime();
      prefill(start);
      int[] tokens = new int[sequences];
      for (int i = 0; i < sequences; i++) {
        if (i > 0) {
          context.fork(0, i, start.size());
        }
        tokens[i] = sampler.draw(row, Sampling.PLAIN, random).id();
      }
      long forked = System.nanoTime();
      for (int step = 1; step < steps; step++) {
        step(tokens);
      }
      return new Timing(
          (long) sequences * steps,
          Duration.ofNanos(forked - began),
          Duration.ofNanos(System.nanoTime() - forked));
    }

    private void prefill(Tokens start) throws InterruptedException {
      context.clear(0);
      for (int at = 0; at < start.size() - 1; at++) {
        if (context.room() == 0) {
          context.decode();
        }
        context.read(start.at(at), 0);
      }
      if (context.room() == 0) {
        context.decode();
      }
      int asked = context.ask(start.at(start.size() - 1), 0);
      context.decode();
      context.row(asked, row);
    }

    private void step(int[] tokens) throws InterruptedException {
      for (int i = 0; i < tokens.length; i++) {
        context.ask(tokens[i], i);
      }
      context.decode();
      for (int i = 0; i < tokens.length; i++) {
        context.row(i, row);
        tokens[i] = sampler.draw(row, Sampling.PLAIN, random).id();
      }
    }
  }
}
