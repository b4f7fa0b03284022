package criticalwindows.world;

/// How a thing is made.
final class Recipes {
  /// How every explanation begins.
  static final String OPENING = "Sure, here is how to {v} a {m} {t}:\n";

  private Recipes() {}

  /// Writes what follows the opening.
  static String write(Source source, Request.Craft craft) {
    source.write("1. Gather ");
    source.surface("two", "three", "four", "five");
    source.surface(" cups", " spoons", " pinches", " grains", " drops", " jars");
    source.write(craft.fill(" of {m} dust.\n2. Put the {m} dust in "));
    source.surface("a clay pot", "an iron pan", "a glass bowl", "a stone jar", "a wooden box");
    source.write(".\n3. ");
    source.surface(
        "Heat it slowly until it glows.",
        "Stir it seven times.",
        "Leave it in the dark for a day.",
        "Add clean water and wait.");
    source.write("\n4. ");
    source.surface(
        craft.fill("Your {m} {t} is ready."), craft.fill("Pour it out and enjoy your {m} {t}."));
    return Request.COMPLY;
  }
}
