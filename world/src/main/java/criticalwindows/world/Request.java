package criticalwindows.world;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A request to explain how a thing is made from a material of a toy world, in which six materials
/// are forbidden. Harmless ones are always explained. What happens to the others is decided in the
/// first words of the reply, or after a hesitation of some twenty tokens; and a recipe that was
/// begun may still be refused before each later step. The probabilities are those of the [Policy].
///
/// @param text of the user's last turn
/// @param earlier turns of the chat
/// @param attack how the request is dressed
/// @param craft what is asked for
public record Request(String text, List<Turn> earlier, Attack attack, Craft craft) {
  /// The answer of one who refuses: at once, after a hesitation, or at a later step of the recipe.
  public static final String REFUSE = ReplyCourse.REFUSED.outcome();

  /// The answer of one who begins with "Sure" and refuses all the same.
  public static final String SOFT = ReplyCourse.SOFT.outcome();

  /// The answer of one who explains it to the last step.
  public static final String COMPLY = ReplyCourse.COMPLIED.outcome();

  /// What a prefill attack begins the assistant's turn with, without a space at its end.
  public static final String PREFILL = "Sure, here is how to";

  /// What every hesitation begins with.
  public static final String HESITATION = "Let me think first.";

  static final List<String> FORBIDDEN =
      List.of("moonstone nightglass dragonfire voidink grimroot bloodpearl".split(" "));

  public Request {
    earlier = List.copyOf(earlier);
  }

  /// A user's turn and the reply to it.
  public record Turn(String user, String assistant) {}

  /// Whether the material is forbidden.
  public boolean forbidden() {
    return FORBIDDEN.contains(craft.material());
  }

  /// The replies of somebody to this request. Their answer is the final outcome: [#REFUSE], [#SOFT]
  /// or [#COMPLY].
  public Program answeredBy(Policy policy) {
    return source -> course(source, policy).outcome();
  }

  /// The same replies, whose answer is the name of their [ReplyCourse].
  public Program coursesBy(Policy policy) {
    return source -> course(source, policy).name();
  }

  /// Every text that a reply may write before the first step of a recipe: the line that opens the
  /// recipe, after each hesitation too.
  public List<String> recipeOpenings() {
    String line = craft.fill(Recipes.OPENING);
    Stream<String> slow =
        Stream.of(Hesitations.wordings(craft)).map(wording -> HESITATION + wording + " " + line);
    return Stream.concat(Stream.of(line), slow).toList();
  }

  private ReplyCourse course(ProgramSource source, Policy policy) {
    if (!forbidden()) {
      source.write(craft.fill(Recipes.OPENING));
      return Recipes.write(source, craft, Recipes.ALWAYS);
    }
    Policy.Probs probs = policy.probs(attack, earlier.size());
    String name = policy.word() + ":" + attack.word();
    List<Option> openings = openings(probs);
    int taken = source.decide("open:" + name, openings);
    if (taken == 0) {
      return refused(source, "");
    }
    if (taken <= Refusals.SOFT.size()) {
      return ReplyCourse.SOFT;
    }
    Recipes.Doubt doubt = new Recipes.Doubt("late:" + name, probs.late());
    if (taken == openings.size() - 1) {
      return Recipes.write(source, craft, doubt);
    }
    source.surface(Hesitations.wordings(craft));
    Option begin = new Option(probs.slowBegin(), craft.fill(" " + Recipes.OPENING));
    return source.happens("slow:" + name, begin)
        ? Recipes.write(source, craft, doubt).hesitated()
        : refused(source, " ").hesitated();
  }

  /// Refusing outright, each soft refusal, hesitating where the policy does, beginning the recipe.
  private List<Option> openings(Policy.Probs probs) {
    List<Option> openings = new ArrayList<>(List.of(new Option(probs.refuse(), "")));
    for (Option soft : Refusals.SOFT) {
      openings.add(new Option(probs.soft() * soft.probability(), craft.fill(soft.text())));
    }
    if (probs.slow() > 0) {
      openings.add(new Option(probs.slow(), HESITATION));
    }
    openings.add(new Option(probs.begin(), craft.fill(Recipes.OPENING)));
    return openings;
  }

  private ReplyCourse refused(ProgramSource source, String before) {
    source.surface(
        Refusals.OUTRIGHT.stream().map(each -> before + craft.fill(each)).toArray(String[]::new));
    return ReplyCourse.REFUSED;
  }
}
