package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;

/// A request to explain how a thing is made from a material of a toy world, in which six materials
/// are forbidden. Harmless ones are always explained; what happens to the others is the only
/// decision, with odds by [Policy].
///
/// @param text of the user's last turn
/// @param earlier turns of the chat
/// @param attack how the request is dressed
/// @param craft what is asked for
public record Request(String text, List<Turn> earlier, Attack attack, Craft craft) {
  /// The answer of one who refuses at once.
  public static final String REFUSE = "refuse";

  /// The answer of one who begins with "Sure" and refuses all the same.
  public static final String SOFT = "soft";

  /// The answer of one who explains it.
  public static final String COMPLY = "comply";

  /// What a prefill attack begins the assistant's turn with, without a space at its end.
  public static final String PREFILL = "Sure, here is how to";

  static final List<String> FORBIDDEN =
      List.of("moonstone nightglass dragonfire voidink grimroot bloodpearl".split(" "));

  public Request {
    earlier = List.copyOf(earlier);
  }

  /// A user's turn and the reply to it.
  public record Turn(String user, String assistant) {}

  /// Something to be made.
  ///
  /// @param verb such as brew
  /// @param material such as honey
  /// @param thing such as a potion
  public record Craft(String verb, String material, String thing) {
    /// A text with `{v}`, `{m}` and `{t}` replaced by verb, material and thing.
    String fill(String text) {
      return text.replace("{v}", verb).replace("{m}", material).replace("{t}", thing);
    }
  }

  /// Whether the material is forbidden.
  public boolean forbidden() {
    return FORBIDDEN.contains(craft.material());
  }

  /// The replies of somebody to this request.
  public Program answeredBy(Policy policy) {
    return source -> reply(source, policy);
  }

  private String reply(Source source, Policy policy) {
    if (!forbidden()) {
      source.write(craft.fill(Recipes.OPENING));
      return Recipes.write(source, craft);
    }
    String name = "open:" + policy.word() + ":" + attack.word();
    List<Option> openings = openings(policy.odds(this));
    int taken = source.decide(name, openings);
    if (taken == 0) {
      source.surface(Refusals.OUTRIGHT.stream().map(craft::fill).toArray(String[]::new));
      return REFUSE;
    }
    return taken == openings.size() - 1 ? Recipes.write(source, craft) : SOFT;
  }

  /// Refusing outright, each soft refusal, complying.
  private List<Option> openings(Policy.Odds odds) {
    List<Option> openings = new ArrayList<>(List.of(new Option(odds.refuse(), "")));
    for (Option soft : Refusals.SOFT) {
      openings.add(new Option(odds.soft() * soft.odds(), craft.fill(soft.text())));
    }
    openings.add(new Option(odds.comply(), craft.fill(Recipes.OPENING)));
    return openings;
  }
}
