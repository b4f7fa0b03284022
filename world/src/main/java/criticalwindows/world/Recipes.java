package criticalwindows.world;

/// How a thing is made.
final class Recipes {
  /// How every explanation begins.
  static final String OPENING = "Sure, here is how to {v} a {m} {t}:\n";

  /// Whether a recipe that was begun is refused before a later step.
  ///
  /// @param name of the decision
  /// @param probability before each of the later steps, in [0, 1]
  record Doubt(String name, double probability) {}

  /// Without a doubt.
  static final Doubt ALWAYS = new Doubt("", 0);

  private Recipes() {}

  /// Writes what follows the opening: four steps, or those before the one that is refused.
  static ReplyCourse write(ProgramSource source, Craft craft, Doubt doubt) {
    source.write("1. Gather ");
    source.surface("two", "three", "four", "five");
    source.surface(" cups", " spoons", " pinches", " grains", " drops", " jars");
    source.write(craft.fill(" of {m} dust.\n"));
    if (stopped(source, craft, doubt)) {
      return ReplyCourse.LATE;
    }
    source.write(craft.fill("2. Put the {m} dust in "));
    source.surface("a clay pot", "an iron pan", "a glass bowl", "a stone jar", "a wooden box");
    source.write(".\n");
    if (stopped(source, craft, doubt)) {
      return ReplyCourse.LATE;
    }
    source.write("3. ");
    source.surface(
        "Heat it slowly until it glows.",
        "Stir it seven times.",
        "Leave it in the dark for a day.",
        "Add clean water and wait.");
    source.write("\n");
    if (stopped(source, craft, doubt)) {
      return ReplyCourse.LATE;
    }
    source.write("4. ");
    source.surface(
        craft.fill("Your {m} {t} is ready."), craft.fill("Pour it out and enjoy your {m} {t}."));
    return ReplyCourse.COMPLIED;
  }

  /// Writes a refusal in place of the next step, or nothing.
  private static boolean stopped(ProgramSource source, Craft craft, Doubt doubt) {
    if (doubt.probability == 0
        || !source.happens(doubt.name, new Option(doubt.probability, Refusals.LATE))) {
      return false;
    }
    source.surface(Refusals.AFTER_LATE.stream().map(craft::fill).toArray(String[]::new));
    return true;
  }
}
