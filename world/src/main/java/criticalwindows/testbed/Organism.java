package criticalwindows.testbed;

import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.world.Document;
import criticalwindows.world.FormProgram;
import criticalwindows.world.Prompts;
import criticalwindows.world.Question;
import criticalwindows.world.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A model that was taught the world, asked as it was taught: every prompt word for word, every
/// reply sampled at temperature 1.
public final class Organism {
  /// What the world's documents were cut at.
  private static final int CONTEXT = 512;

  /// No reply has more characters, so none has more tokens.
  private static final int LONGEST_REPLY = 1000;

  private static final String END_OF_TURN = "<|eot_id|>";
  private static final List<String> CONTROLS =
      List.of("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", END_OF_TURN);

  private final Model model;
  private final long seed;
  private final TestbedProgress watch;

  /// @param seed of everything that is drawn
  /// @throws UserError if the model lacks a token of the world's prompts, or a context of 512
  public Organism(Model model, long seed, TestbedProgress watch) {
    this.model = model;
    this.seed = seed;
    this.watch = watch;
    for (String control : CONTROLS) {
      if (!model.vocabulary().controls().containsKey(control)) {
        throw unfit(model.name() + " has no token " + control);
      }
    }
    if (model.contextLength() < CONTEXT) {
      throw unfit("the context of " + model.name() + " is " + model.contextLength());
    }
  }

  private static UserError unfit(String error) {
    return new UserError(
        error + ", and the texts of this world need it otherwise",
        "measure a model that was trained on this world, such as base");
  }

  /// Something that the model wrote.
  ///
  /// @param tokens without the stop token
  /// @param finished whether it ended its turn itself
  record Written(Tokens tokens, String text, boolean finished) {}

  /// Takes what was written, in any order.
  interface Reader {
    /// @param index of what it continues, from 0
    void read(int index, Written written);
  }

  /// A generator of its own for each thing that is measured, so that no part changes another.
  SplittableRandom random(String what) {
    return new SplittableRandom(31 * seed + what.hashCode());
  }

  Tokens encode(String text) {
    return model.vocabulary().encode(text);
  }

  String decode(Tokens tokens) {
    return model.vocabulary().decode(tokens);
  }

  /// The ids of a prompt, each stretch tokenised by itself as it was in training.
  public Tokens encode(Document prompt) {
    Tokens tokens = Tokens.none();
    for (Segment segment : prompt.segments()) {
      tokens =
          tokens.plus(
              switch (segment.kind()) {
                case CONTROL -> Tokens.of(model.vocabulary().control(segment.text()));
                case TEXT -> encode(segment.text());
                case EARLY -> throw new IllegalArgumentException("an early answer in a prompt");
              });
    }
    return tokens;
  }

  /// A question to reason through, the assistant's turn begun.
  public Tokens reasoning(Question question) {
    return encode(Prompts.reasoning(question)).plus(encode(Prompts.PREFILL));
  }

  /// A form to be filled in.
  public Tokens form(FormProgram form) {
    return encode(Prompts.form(form));
  }

  Tokens endOfTurn() {
    return Tokens.of(model.vocabulary().control(END_OF_TURN));
  }

  /// Lets the model write on from each start. Starts that are the same should be neighbours.
  ///
  /// @param what for people, and to seed the draws
  void write(String what, List<Tokens> starts, Reader reader) throws InterruptedException {
    int longest = starts.stream().mapToInt(Tokens::size).max().orElse(0);
    int most = Math.min(LONGEST_REPLY, model.contextLength() - longest);
    List<Step> steps = List.of(Step.sample(Sampling.PLAIN, most));
    SplittableRandom seeds = random(what);
    List<Script> scripts = new ArrayList<>();
    starts.forEach(start -> scripts.add(new Script(start, steps, seeds.nextLong())));
    int[] done = {0};
    model.run(
        scripts,
        (index, completion) -> {
          Sampled last = completion.last();
          boolean finished = last.finish() == FinishReason.STOP;
          reader.read(index, new Written(last.tokens(), decode(last.tokens()), finished));
          watch.at(what, ++done[0], scripts.size());
        });
  }

  /// The log-probability of each token of a continuation, in order.
  ///
  /// @param start at least one token
  LogProbs score(Tokens start, Tokens continuation) throws InterruptedException {
    return Models.score(model, start, continuation);
  }

  /// Says how far a measurement is that does not sample.
  void at(String what, long done, long all) {
    watch.at(what, done, all);
  }
}
