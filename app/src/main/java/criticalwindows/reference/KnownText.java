package criticalwindows.reference;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Model;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.testbed.Organism;
import criticalwindows.world.Posterior;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A text that a model has written and ended, whose class is known.
///
/// @param item its name
/// @param asked what it replies to
/// @param prompt what stands before it
/// @param response without the stop token
/// @param text of the response
/// @param stop the token that ended it
/// @param inClass whether it came to the class that was wanted
record KnownText(
    String item,
    Topic.Asked asked,
    Tokens prompt,
    Tokens response,
    String text,
    int stop,
    boolean inClass) {
  /// No text of the world is longer.
  private static final int LONGEST = 320;

  /// One text for each thing that is asked, sampled at temperature 1. Those are left out that were
  /// cut off, or that the world's programs never write: their class is not known.
  ///
  /// @param name what items are called, with a number behind
  static List<KnownText> write(Model model, String name, List<Topic.Asked> asked, long seed)
      throws InterruptedException {
    Organism organism = new Organism(model, seed, (what, done, all) -> {});
    List<Tokens> prompts =
        asked.stream()
            .map(
                each ->
                    organism.encode(each.prompt()).plus(model.vocabulary().encode(each.begun())))
            .toList();
    List<Completion> written = sample(model, prompts, seed);
    List<KnownText> texts = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      of(model, name + "-" + i, asked.get(i), prompts.get(i), written.get(i).last())
          .ifPresent(texts::add);
    }
    return texts;
  }

  /// Continues each start to its end.
  static List<Completion> sample(Model model, List<Tokens> starts, long seed)
      throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Script> scripts = new ArrayList<>();
    for (Tokens start : starts) {
      int most = Math.min(LONGEST, model.contextLength() - start.size());
      scripts.add(new Script(start, List.of(Step.sample(Sampling.PLAIN, most)), seeds.nextLong()));
    }
    Completion[] all = new Completion[starts.size()];
    model.run(scripts, (index, completion) -> all[index] = completion);
    return Arrays.asList(all);
  }

  private static Optional<KnownText> of(
      Model model, String item, Topic.Asked asked, Tokens prompt, Sampled written) {
    String text = model.vocabulary().decode(written.tokens());
    boolean ended = written.finish() == FinishReason.STOP;
    Optional<String> came = ended ? came(asked, text) : Optional.empty();
    return came.map(
        answer ->
            new KnownText(
                item,
                asked,
                prompt,
                written.tokens(),
                text,
                model.vocabulary().control("<|eot_id|>"),
                answer.equals(asked.wanted())));
  }

  /// What a text came to; absent where the program never writes it.
  static Optional<String> came(Topic.Asked asked, String text) {
    return WrittenReply.read(asked.program(), text).map(WrittenReply::answer);
  }

  /// P(the class | the first tokens), exact, for 0 tokens, 1 and so on to all of them.
  List<Double> values(Model model) {
    List<Double> values = new ArrayList<>();
    for (int kept = 0; kept <= response.size(); kept++) {
      String begun = model.vocabulary().decode(response.prefix(kept));
      values.add(Posterior.of(asked.program(), begun).probability(asked.wanted()));
    }
    return values;
  }

  /// To learn from: every token of the response and the one that ends it, each counting 1.
  Example example() {
    int[] places = new int[response.size() + 1];
    int[] tokens = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = prompt.size() - 1 + i;
      tokens[i] = i < response.size() ? response.at(i) : stop;
    }
    Tokens ids = prompt.plus(response);
    Passage passage = new Passage(ids, new Targets(places, tokens));
    return new Example(item, item, Example.Kind.WEIGHTED, List.of(passage));
  }
}
