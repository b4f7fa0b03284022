package criticalwindows.hub;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.error.UserError;
import criticalwindows.model.Message;
import criticalwindows.prompt.PromptSet;
import criticalwindows.world.Attack;
import criticalwindows.world.FormProgram;
import criticalwindows.world.Forms;
import criticalwindows.world.RepeatedWord;
import criticalwindows.world.RepeatedWords;
import criticalwindows.world.Request;
import criticalwindows.world.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What the world's models were taught besides questions. Such a text has no right answer, so it is
/// no problem to reason through: each kind is for an experiment of its own.
///
/// @param experiment that it is for
record WorldPrompts(Card card, String experiment, Maker maker) implements DatasetSource {
  /// Makes one of them.
  interface Maker {
    Example make(RandomGenerator random);
  }

  static List<DatasetSource> all() {
    return List.of(
        of("world:forms", "sentences with choices that depend on each other", "form", r -> form(r)),
        of(
            "world:requests",
            "allowed and forbidden wishes, some in disguise",
            "prefill",
            r -> request(r)),
        of("world:words", "one word over and over", "repeat", r -> word(r)));
  }

  private static DatasetSource of(String name, String about, String experiment, Maker maker) {
    String size = "any number";
    Card card = new Card(name, about, size, "this project", "Apache-2.0");
    return new WorldPrompts(card, experiment, maker);
  }

  @Override
  public boolean takes(String argument) {
    return WorldSeed.is(argument);
  }

  @Override
  public Dataset draw(Wish wish) {
    throw new UserError(
        card.name()
            + " holds no problems: it is for the experiment "
            + experiment
            + (experiment.equals("form") ? ", cw run form" : ", still to come"),
        "read some with cw datasets show "
            + card.name()
            + ", or name a data set of questions: world");
  }

  @Override
  public Examples examples(Wish wish, PromptSet prompts) {
    SplittableRandom random = new SplittableRandom(WorldSeed.of(wish));
    List<Example> made = Stream.generate(() -> maker.make(random)).limit(wish.count()).toList();
    return new Examples(made, Map.of(), List.of());
  }

  private static Example form(RandomGenerator random) {
    FormProgram form = Forms.make(random);
    return new Example(form.blanks().size() + " blanks", List.of(Message.user(form.request())));
  }

  private static Example request(RandomGenerator random) {
    List<Attack> attacks = List.of(Attack.values());
    Attack attack = attacks.get(random.nextInt(attacks.size()));
    Request request =
        random.nextBoolean()
            ? Requests.forbidden(attack, random)
            : Requests.harmless(attack, random);
    List<Message> messages = new ArrayList<>();
    for (Request.Turn turn : request.earlier()) {
      messages.add(Message.user(turn.user()));
      messages.add(Message.assistant(turn.assistant()));
    }
    messages.add(Message.user(request.text()));
    return new Example(request.forbidden() ? "forbidden" : "allowed", messages);
  }

  private static Example word(RandomGenerator random) {
    RepeatedWord word = RepeatedWords.make(random);
    return new Example(
        word.word() + ", " + word.given() + " given",
        List.of(Message.user(word.request()), Message.assistant(word.prefill())));
  }
}
